"""A thread that waits for a connection and for wishes at once: what the backends of X11 and of the portal run on."""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections import deque
from collections.abc import Callable
from typing import Final, Generic, TypeVar

END_S: Final = 3.0

WishT = TypeVar("WishT")


class WishingThread(Generic[WishT]):
    """The thread, and the newest wish for it; started once, and closed by who started it."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        # Written by the window's thread, read by ours: the newest wish, and whether it is over. A byte in the pipe says "look".
        self._wishes: deque[WishT] = deque(maxlen=1)
        self._is_over = threading.Event()
        self._woken, self._waking = os.pipe()
        os.set_blocking(self._waking, False)

    @property
    def is_over(self) -> bool:
        """It is to end; asked by the thread itself."""
        return self._is_over.is_set()

    def start(self, run: Callable[[], None]) -> None:
        """Run something that looks at ``is_over`` whenever it was woken."""
        self._thread = threading.Thread(target=run, name="hotkeys", daemon=True)
        self._thread.start()

    def wish(self, wish: WishT) -> None:
        """Have the thread take this wish, and forget one that it has not taken yet."""
        self._wishes.append(wish)
        self._wake()

    def taken(self) -> WishT | None:
        """Return the newest wish if it was not taken yet; called by the thread itself."""
        return self._wishes.popleft() if self._wishes else None

    def wait(self, connection: int, timeout_s: float | None = None) -> None:
        """Wait until a connection has something to read, or somebody wakes the thread, which calls this itself."""
        ready, _, _ = select.select([connection, self._woken], [], [], timeout_s)
        if self._woken in ready:
            os.read(self._woken, 4096)

    def close(self) -> None:
        """End the thread and wait for it, for three seconds at most; harmless when repeated."""
        if self.is_over:
            return
        self._is_over.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(END_S)
            if self._thread.is_alive():
                return  # it still reads the pipe; both end with the process
        os.close(self._woken)
        os.close(self._waking)

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it is about to look anyway
            os.write(self._waking, b"!")
