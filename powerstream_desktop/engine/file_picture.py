"""The picture of a media file as a source: decoded a little ahead, shown by the program's schedule, without an end."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Final

import av

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.av_errors import file_error
from powerstream_desktop.engine.canvas import Canvas
from powerstream_desktop.engine.media_file import LoopedReader, MediaFile
from powerstream_desktop.engine.picture import Picture

AHEAD: Final = 12
"""Pictures decoded before they are due; 16 MB at 1280x720."""

_EARLY_S: Final = 1e-3
"""Rounding of a file's time stamps must not delay its pictures by a slot."""


class FilePicture:
    """Plays the video of a file in a loop at the program's rate: pictures are repeated or left out as the rates ask.

    Args:
        media: the probed file.
        width: of the program in pixels, even.
        height: of the program in pixels, even.
        on_loss: told when the file cannot be read any more, and when it can again.
    """

    def __init__(
        self, media: MediaFile, width: int, height: int, on_loss: Callable[[str | None], None]
    ) -> None:
        self._media = media
        self._canvas = Canvas(width, height)
        self._reader: LoopedReader[av.VideoFrame] = LoopedReader(
            media, "video", deliver=self._deliver, on_pass_end=lambda _next_start_s: None, on_loss=on_loss
        )
        self._changed = threading.Condition()
        self._closed = False  # guarded by _changed, as are the two below
        self._ahead: deque[tuple[float, Picture]] = deque()
        self._serial = 0

    @property
    def label(self) -> str:
        """The file, for people."""
        return f"file {self._media.path.name}"

    @property
    def delivered(self) -> int:
        """Pictures decoded so far."""
        return self._serial

    def open(self) -> None:
        """Decode the first picture.

        Raises:
            PowerStreamError: nothing in the file can be decoded.
        """
        first = self._reader.check()
        self._ahead.append((0.0, self._convert(first)))

    def start(self, _epoch_s: float) -> None:
        """Start decoding ahead."""
        self._reader.start()

    def picture_at(self, time_s: float) -> Picture:
        """Return the last picture that is due; when decoding is late, that of the slot before."""
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
        picture = self._convert(frame)
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self._ahead) < AHEAD)
            self._ahead.append((time_s, picture))
            return not self._closed

    def _convert(self, frame: av.VideoFrame) -> Picture:
        self._serial += 1
        try:
            composed = self._canvas.compose(frame, pixel_aspect=self._media.pixel_aspect)
        except av.FFmpegError as error:
            raise file_error(error, self._media.path) from error
        return Picture(composed, self._serial)
