"""``powerstream`` alone: the window."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.logs import configure_logging
from powerstream_desktop.common.paths import Paths

_X11_SOCKETS: Final = Path("/tmp/.X11-unix")  # noqa: S108 - where every X server of this computer has its own
_PROGRAM: Final = "powerstream_desktop.desktop.application"


def open_window() -> int:
    """Show the window until it is closed; return the exit code.

    Raises:
        UserError: there is no display to show it on.
        SystemFault: a folder of the home cannot be made.
    """
    require_display(os.environ, platform=sys.platform)
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    log = configure_logging(paths, "window")
    try:
        # Found by its name, as every command is: the window is a program beside this one, and neither is made of the other.
        run: Callable[..., int] = importlib.import_module(_PROGRAM).run_window
        return run(paths)
    finally:
        log.close()


def require_display(environ: Mapping[str, str], *, platform: str, x11_sockets: Path = _X11_SOCKETS) -> None:
    """Look for a display before Qt does, which would end the process with words for programmers.

    Args:
        environ: the process's environment.
        platform: as ``sys.platform``.
        x11_sockets: folder of the X servers of this computer.

    Raises:
        UserError: there is none.
    """
    if platform in {"win32", "darwin"} or environ.get("QT_QPA_PLATFORM") or environ.get("WAYLAND_DISPLAY"):
        return
    display = environ.get("DISPLAY", "")
    if not display:
        raise UserError("There is no display to show the window on.", hint=_instead("Log in to a desktop"))
    number = display.removeprefix("unix").removeprefix(":").split(".")[0]
    is_of_this_computer = display.startswith((":", "unix:")) and number.isdecimal()
    if is_of_this_computer and x11_sockets.is_dir() and not (x11_sockets / f"X{number}").exists():
        raise UserError(
            f"There is no display {display} on this computer.",
            hint=_instead("Set DISPLAY to one that there is"),
        )


def _instead(what: str) -> str:
    return f"{what}, or prove this installation without one: powerstream rehearse."
