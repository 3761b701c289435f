"""Sound beside its pictures: a stream whose tracks are far apart makes players and ingests wait or give up. Pure."""

from __future__ import annotations

from collections import deque
from typing import Final

from powerstream_desktop.rtmp.flv.file import FLVTag

_SLOTS_AHEAD: Final = 30
"""More than any encoder looks ahead."""
_PATIENCE_MS: Final = 500


class Interleaver:
    """Lets pictures through at once and sound once the pictures have reached it.

    Sound that has waited for much longer than an encoder looks ahead goes on alone: the encoder of pictures stands still, and the
    broadcast must be heard.

    Args:
        fps: slots a second.
    """

    def __init__(self, *, fps: int) -> None:
        self.max_wait_ms = _SLOTS_AHEAD * 1000 // fps + _PATIENCE_MS
        self._waiting: deque[FLVTag] = deque()
        self._pictures_to_ms = -1

    def before_picture(self, dts_ms: int) -> list[FLVTag]:
        """Return the sound that goes in front of a picture; what comes later and stands before it follows at once."""
        self._pictures_to_ms = dts_ms
        return self._due()

    def sound(self, tag: FLVTag) -> list[FLVTag]:
        """Take the next sound; return what may go now."""
        self._waiting.append(tag)
        return self._due()

    def finish(self) -> list[FLVTag]:
        """Return what still waits."""
        rest = list(self._waiting)
        self._waiting.clear()
        return rest

    def _due(self) -> list[FLVTag]:
        if not self._waiting:
            return []
        latest_ms = max(self._pictures_to_ms, self._waiting[-1].timestamp - self.max_wait_ms)
        due: list[FLVTag] = []
        while self._waiting and self._waiting[0].timestamp <= latest_ms:
            due.append(self._waiting.popleft())
        return due
