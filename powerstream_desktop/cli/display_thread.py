"""Shows a broadcast on a thread of its own, because writing may block for as long as somebody likes.

A terminal stops taking output on Ctrl+S or while text is selected in a Windows console, a pipe when its reader pages. Whoever
writes then waits, and that must not be the loop that carries the broadcast.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections import deque
from types import TracebackType
from typing import Self

from powerstream_desktop.cli.displays import Display
from powerstream_desktop.platforms.findings import Finding
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot

logger = logging.getLogger(__name__)

EXIT_INTERRUPTED = 128 + signal.SIGINT
MAX_NOTICES = 100
"""What nobody has read by then is forgotten, the oldest first."""
_LOOK_S = 0.2
"""Waiting in pieces lets Ctrl+C through."""


class DisplayThread:
    """Hands snapshots to a display; what could not be shown in time is replaced by what is newer.

    A context: on leaving it, the newest snapshot is shown and the terminal given back, however long that takes.

    Args:
        display: used by this thread alone.
    """

    def __init__(self, display: Display) -> None:
        self._display = display
        self._changed = threading.Condition()
        # All are guarded by the condition: set by the owner, taken by the thread.
        self._newest: BroadcastSnapshot | None = None
        self._notices: deque[Finding] = deque(maxlen=MAX_NOTICES)
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="display", daemon=True)

    @property
    def every_s(self) -> float:
        """Seconds from one snapshot to the next."""
        return self._display.every_s

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Have a snapshot shown; never waits, never fails."""
        with self._changed:
            self._newest = snapshot
            self._changed.notify()

    def tell(self, notice: Finding) -> None:
        """Have a notice told, in its turn; never waits, never fails."""
        with self._changed:
            self._notices.append(notice)
            self._changed.notify()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify()
        try:
            while self._thread.is_alive():
                self._thread.join(_LOOK_S)
        except KeyboardInterrupt:
            # The thread is stuck inside stdout, and an orderly exit of the interpreter would wait for the same lock.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            for handler in tuple(logging.getLogger().handlers):
                handler.close()
            os._exit(EXIT_INTERRUPTED)

    def _run(self) -> None:
        try:
            with self._display.opened():
                while (news := self._next()) is not None:
                    notices, snapshot = news
                    for notice in notices:
                        self._display.tell(notice)
                    if snapshot is not None:
                        self._display.show(snapshot)
        except OSError as error:
            logger.info("Nobody reads our output any more: %s", error)
        except Exception:
            logger.exception("The broadcast cannot be shown")

    def _next(self) -> tuple[tuple[Finding, ...], BroadcastSnapshot | None] | None:
        """Wait for what was not shown yet, notices and the newest snapshot; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._notices or self._ending)
            snapshot, self._newest = self._newest, None
            notices = tuple(self._notices)
            self._notices.clear()
            return (notices, snapshot) if notices or snapshot is not None else None
