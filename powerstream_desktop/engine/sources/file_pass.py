"""One playing of a media file's pictures: decoded a little ahead, in their own size, handed out by the time they are due."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.media_file import LoopedReader, MediaFile
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.port import LossListener

if TYPE_CHECKING:
    import av

AHEAD: Final = 8
"""Pictures decoded before they are due; 25 MB at 1920x1080."""

_EARLY_S: Final = 1e-3
"""Rounding of a file's time stamps must not delay its pictures by a slot."""


class FilePass:
    """Pictures of a file from its beginning.

    Args:
        media: the probed file.
        loop: begin again at the end, without a gap; otherwise the last picture stays.
        first_serial: of its first picture.
        on_loss: told when the file cannot be read any more, and when it can again.
    """

    def __init__(self, media: MediaFile, *, loop: bool, first_serial: int, on_loss: LossListener) -> None:
        self._media = media
        self._loop = loop
        self._reader: LoopedReader[av.VideoFrame] = LoopedReader(
            media, "video", deliver=self._deliver, on_pass_end=lambda _next_start_s: None, on_loss=on_loss
        )
        self._changed = threading.Condition()
        self._closed = False  # guarded by _changed, as are the two below
        self._ahead: deque[tuple[float, Picture]] = deque()
        self._next_serial = first_serial

    @property
    def next_serial(self) -> int:
        """Serial of the picture that will be decoded next."""
        return self._next_serial

    def open(self) -> None:
        """Decode the first picture.

        Raises:
            PowerStreamError: nothing in the file can be decoded.
        """
        self._append(self._reader.check(), 0.0)

    def start(self) -> None:
        """Start decoding ahead."""
        self._reader.start()

    def picture_at(self, time_s: float) -> Picture:
        """Return the last picture due at a time since the beginning; when decoding is late, the one before."""
        with self._changed:
            if not self._ahead:
                raise BugError("A picture was asked of a file that was not opened.")
            while len(self._ahead) > 1 and self._ahead[1][0] <= time_s + _EARLY_S:
                self._ahead.popleft()
                self._changed.notify()
            return self._ahead[0][1]

    def close(self) -> None:
        """Stop decoding and wait for it."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._reader.close()

    def _deliver(self, frame: av.VideoFrame, time_s: float) -> bool:
        if not self._loop and time_s >= self._media.length_s:
            return False
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self._ahead) < AHEAD)
            if not self._closed:
                self._append(frame, time_s)
            return not self._closed

    def _append(self, frame: av.VideoFrame, time_s: float) -> None:
        self._ahead.append((time_s, Picture(frame, self._next_serial)))
        self._next_serial += 1
