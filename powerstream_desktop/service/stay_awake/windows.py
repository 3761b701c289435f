"""Windows: a thread that says so holds the computer awake for as long as it lives. Untried: written from the documentation."""

from __future__ import annotations

import sys
import threading
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.stay_awake.wakefulness import WakeHold

_CONTINUOUS: Final = 0x8000_0000
_SYSTEM_REQUIRED: Final = 0x0000_0001
_ANSWER_S: Final = 3.0


class ThreadHold:
    """A thread that has asked Windows to stay awake, and waits to take it back: the wish belongs to the thread."""

    way = "SetThreadExecutionState"

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._released = threading.Event()
        # Written by the thread before ``_asked`` is set, read after it.
        self._was_taken = False
        self._thread = threading.Thread(target=self._hold, name="stay-awake", daemon=True)

    def take(self) -> None:
        """Ask for it; ``SystemFault`` when Windows refuses."""
        self._thread.start()
        if not self._asked.wait(_ANSWER_S) or not self._was_taken:
            self.release()
            raise SystemFault("Windows does not promise to stay awake.")

    def release(self) -> None:
        """Take it back."""
        self._released.set()
        self._thread.join(_ANSWER_S)

    def _hold(self) -> None:
        self._was_taken = _set_state(_CONTINUOUS | _SYSTEM_REQUIRED)
        self._asked.set()
        self._released.wait()
        _set_state(_CONTINUOUS)


def take_hold() -> WakeHold:
    """Hold this computer awake; ``SystemFault`` when Windows refuses."""
    hold = ThreadHold()
    hold.take()
    return hold


if sys.platform == "win32":
    import ctypes

    def _set_state(flags: int) -> bool:
        return bool(ctypes.windll.kernel32.SetThreadExecutionState(flags))

else:

    def _set_state(flags: int) -> bool:  # noqa: ARG001 - there is nobody to tell
        return False
