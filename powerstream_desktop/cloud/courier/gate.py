"""The gate: what all transfers together may send, changed at any time, down to nothing at once (reliability_security.md 4.8).

Bytes are asked for piece by piece before they are read, so a gate that closes lets no more through than what lies in the
system's own buffers. A part that stands before a closed gate is given up after a while: its connection would be cut by the store
anyway, at a worse moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.object_store.part_body import HeldUpError
from powerstream_desktop.common.clock import Clock, monotonic

HELD_UP_S: Final = 8.0
"""So long a piece waits, beyond the time that its rate asks for, before its part is given up."""
LEAST_KBPS: Final = 64
"""A limit below it is raised to it: pieces would come so slowly that stores take the connection for dead."""
_BURST_S: Final = 0.25
_LOOK_EVERY_S: Final = 0.25


class Gate:
    """Lets bytes through at a rate. For any thread.

    Args:
        clock: the time.
        kbps: as with ``allow``.
        pause: waits for a change, or some seconds.
    """

    def __init__(
        self,
        clock: Clock = monotonic,
        *,
        kbps: int | None = None,
        pause: Callable[[threading.Condition, float], object] = threading.Condition.wait,
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._changed = threading.Condition()
        self._bytes_per_s: float | None = None
        self._left = 0.0
        self._filled_at = clock()
        self.allow(kbps)

    @property
    def is_limited(self) -> bool:
        """Whether there is a limit: then one connection is enough, and reading of files gives way too."""
        return self._bytes_per_s is not None

    def allow(self, kbps: int | None) -> None:
        """Change the rate.

        Args:
            kbps: kilobits a second; 0 lets nothing through, None everything.
        """
        with self._changed:
            self._bytes_per_s = None if kbps is None else max(kbps, LEAST_KBPS) * 125.0 if kbps > 0 else 0.0
            self._left = min(self._left, 0.0)
            self._filled_at = self._clock()
            self._changed.notify_all()

    def take(self, size_bytes: int, errand: Errand) -> None:
        """Wait until a piece may go.

        Raises:
            HeldUpError: it was held up for too long.
            GivenUpError: the job is not wanted any more.
        """
        errand.check()
        with self._changed:
            came_at = self._clock()
            while not self._may_go(size_bytes):
                rate = self._bytes_per_s or 0.0
                patience_s = HELD_UP_S + (size_bytes / rate if rate else 0.0)
                if self._clock() - came_at >= patience_s:
                    raise HeldUpError
                errand.check()
                self._pause(self._changed, min(_LOOK_EVERY_S, -self._left / rate) if rate else _LOOK_EVERY_S)

    def wait_until_open(self, errand: Errand) -> None:
        """Wait until anything may go.

        Raises:
            GivenUpError: the job is not wanted any more.
        """
        errand.check()
        while self._bytes_per_s == 0.0:
            errand.wait(_LOOK_EVERY_S)

    def _may_go(self, size_bytes: int) -> bool:
        """Take the bytes if there is room; a piece may leave a debt, which the next one waits for."""
        rate = self._bytes_per_s
        if rate is None:
            return True
        now = self._clock()
        self._left = min(self._left + (now - self._filled_at) * rate, rate * _BURST_S)
        self._filled_at = now
        if self._left <= 0.0:
            return False
        self._left -= size_bytes
        return True
