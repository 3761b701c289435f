"""Our program, but for one part that fails as nobody foresaw: the first engine's program raises in the middle of a broadcast.

failing_engine.py live …      the command; its engines are those below
failing_engine.py engine      an engine, which fails if it is the first of this home
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from powerstream_desktop.cli.main import main
from powerstream_desktop.service.studio import engine_process

FAILS_AT_S: Final = 4.0
"""Of the program."""


def fail_once(marker: Path) -> None:
    """Have the program of this process raise, unless an earlier one has."""
    from powerstream_desktop.engine.program import Program

    run_tick = Program.run_tick

    def run_or_raise(program: Program, now: float) -> float:
        if program.program_s >= FAILS_AT_S and not marker.exists():
            marker.touch()
            raise ZeroDivisionError("which nobody foresaw")
        return run_tick(program, now)

    Program.run_tick = run_or_raise  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    if sys.argv[1] == "engine":
        fail_once(Path(os.environ["POWERSTREAM_HOME"]) / "has-failed")
    else:
        engine_process.engine_command = lambda: (sys.executable, __file__, "engine")
    main()
