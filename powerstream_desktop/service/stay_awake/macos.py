"""macOS: ``caffeinate`` holds the computer awake until we end, or end it. Untried: written from its manual."""

from __future__ import annotations

import os
import subprocess
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.stay_awake.wakefulness import WakeHold

_PROGRAM: Final = "/usr/bin/caffeinate"
_END_S: Final = 3.0


class CaffeinateHold:
    """The program that runs for us; it watches our process and ends with it.

    Args:
        process: of ``caffeinate``.
    """

    way = "caffeinate"

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def release(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def take_hold(program: str = _PROGRAM) -> WakeHold:
    """Hold this computer awake.

    Args:
        program: the system's own.

    Raises:
        SystemFault: it is not there.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the system's own program
            [program, "-i", "-s", "-w", str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise SystemFault("caffeinate cannot be started.", detail=repr(error)) from error
    return CaffeinateHold(process)
