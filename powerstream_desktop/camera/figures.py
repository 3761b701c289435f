"""What a camera delivered: how many pictures, how fast, how long ago, and whether anything in them moves."""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

from powerstream_desktop.common.camera_protocol import CameraBeat

WINDOW_S: Final = 2.0
"""The rate is measured over this time."""
_MAX_PICTURES: Final = 1024


class CameraFigures:
    """Counts pictures on the capturing thread and tells about them on another.

    Args:
        now: monotonic seconds.
    """

    def __init__(self, now: float) -> None:
        self._lock = threading.Lock()  # guards everything below
        self._times_s: deque[float] = deque(maxlen=_MAX_PICTURES)
        self._frames = 0
        self._size = (0, 0)
        self._idle_since_s = now
        self._unchanged_since_s: float | None = None

    def opened(self, now: float) -> None:
        """The camera was opened, or lost: whatever comes is measured anew."""
        with self._lock:
            self._times_s.clear()
            self._idle_since_s = now
            self._unchanged_since_s = None

    def delivered(self, width: int, height: int, now: float, *, is_same: bool) -> None:
        """One picture was delivered.

        Args:
            width: in pixels.
            height: in pixels.
            now: monotonic seconds.
            is_same: it is the one before to the last bit.
        """
        with self._lock:
            self._frames += 1
            self._times_s.append(now)
            self._size = (width, height)
            self._idle_since_s = now
            if not is_same:
                self._unchanged_since_s = now

    def beat(self, now: float) -> CameraBeat:
        """Return the figures of this moment."""
        with self._lock:
            while self._times_s and now - self._times_s[0] > WINDOW_S:
                self._times_s.popleft()
            times = self._times_s
            span_s = times[-1] - times[0] if len(times) > 1 else 0.0
            unchanged_s = (
                now - self._unchanged_since_s if times and self._unchanged_since_s is not None else 0.0
            )
            return CameraBeat(
                frames=self._frames,
                fps=round((len(times) - 1) / span_s, 1) if span_s > 0 else 0.0,
                width=self._size[0],
                height=self._size[1],
                idle_ms=_ms(now - self._idle_since_s),
                unchanged_ms=_ms(unchanged_s),
            )


def _ms(seconds: float) -> int:
    return max(0, round(seconds * 1000))
