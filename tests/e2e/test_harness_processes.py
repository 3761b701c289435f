"""The harness judges everything else, so it is judged first: processes and waits."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.support.processes import ProcessEndedError
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError, wait_until

PRINT_TWO_OBJECTS = """
import sys
from pathlib import Path
print('{"state": "connecting"}', flush=True)
print('not JSON', flush=True)
sys.stdin.readline()
print('{"state": "live"}', flush=True)
sys.stdin.readline()
"""
PARENT_OF_A_STUBBORN_CHILD = """
import signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('child', flush=True); signal.pause()"])
print("child pid", child.pid, flush=True)
signal.pause()
"""


def test_a_json_object_is_waited_for(stage: Stage) -> None:
    program = stage.process([sys.executable, "-c", PRINT_TWO_OBJECTS], name="program", stdin=subprocess.PIPE)

    first = program.wait_for_json(lambda line: "state" in line, what="a state", timeout_s=10)
    program.write_line("go on")
    second = program.wait_for_json(lambda line: line["state"] == "live", what="live", timeout_s=10)

    assert (first["state"], second["state"]) == ("connecting", "live")


def test_waiting_for_a_program_that_ends_fails_at_once_and_shows_its_words(stage: Stage) -> None:
    program = stage.process([sys.executable, "-c", "raise SystemExit('no display')"], name="program")

    with pytest.raises(ProcessEndedError, match="no display"):
        program.wait_for_line("ready", timeout_s=30)


def test_a_wait_that_runs_out_says_what_was_waited_for(stage: Stage) -> None:
    program = stage.process([sys.executable, "-c", "import signal; signal.pause()"], name="program")

    with pytest.raises(TimedOutError, match="a line like 'ready' from program"):
        program.wait_for_line("ready", timeout_s=0.1)


def test_the_children_of_a_stopped_program_are_gone_too(stage: Stage) -> None:
    parent = stage.process([sys.executable, "-c", PARENT_OF_A_STUBBORN_CHILD], name="parent")
    child = int(parent.wait_for_line(r"child pid (\d+)", timeout_s=10)[1])
    parent.wait_for_line("^child$", timeout_s=10)

    parent.stop()

    wait_until(lambda: not _runs(child), what="the child to be gone", timeout_s=5)


def test_ctrl_c_reaches_the_whole_group(stage: Stage) -> None:
    # Not one long wait: Python may note the signal just before it begins, and would look at it when it is over.
    program = "import time; print('ready', flush=True)\nwhile True: time.sleep(0.01)"
    parent = stage.process([sys.executable, "-c", program], name="parent")
    parent.wait_for_line("ready", timeout_s=10)

    parent.interrupt()

    parent.wait_for_exit(timeout_s=5)
    assert "KeyboardInterrupt" in parent.err


def test_a_frozen_program_can_be_stopped(stage: Stage) -> None:
    program = stage.process(
        [sys.executable, "-c", "import signal; print('ready', flush=True); signal.pause()"], name="program"
    )
    program.wait_for_line("ready", timeout_s=10)

    program.suspend()

    assert program.stop() == -signal.SIGTERM


def _runs(pid: int) -> bool:
    """Say whether a process is there and not merely a zombie that nobody has waited for."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
