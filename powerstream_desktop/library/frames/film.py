"""A film as the frame server reads it: opened as the workshop opens what may come from anybody, and decoded picture by picture."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.library.frames.frame_finder import Shot
from powerstream_desktop.library.workshop.safe_input import opened_media, picture_of, translated

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_US: Final = 1_000_000
_FALLBACK_BASE: Final = Fraction(1, _US)
_HD_HEIGHT: Final = 720
_COLOUR_UNKNOWN: Final = 2
_MAX_BAD_PACKETS: Final = 2_000
"""A film of which so many packets in a row cannot be decoded is not worth reading to its end."""
_MAX_THREADS: Final = 4


class Film:
    """An open film; reads its pictures.

    Args:
        file: where it lies.

    Raises:
        UserError: there is none, or it is no film that is taken.
        SystemFault: it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        with ExitStack() as opening:
            self._container, _ = opening.enter_context(opened_media(file))
            self._stream = picture_of(self._container, file)
            self._close = opening.pop_all()
        # Somebody waits for the one picture; the workshop's jobs have time.
        self._stream.codec_context.thread_count = min(_MAX_THREADS, os.cpu_count() or 1)
        self._stream.thread_type = "AUTO"
        self._shots = self._decode()

    @property
    def length_us(self) -> int:
        """How long it says it lasts; 0 where it does not say."""
        return int(self._container.duration or 0)

    @property
    def width(self) -> int:
        """Of its pictures."""
        return self._stream.codec_context.width

    @property
    def height(self) -> int:
        """Of its pictures."""
        return self._stream.codec_context.height

    @property
    def frame_us(self) -> int:
        """How long a picture is seen on average; 0 where it does not say."""
        rate = self._stream.average_rate
        return round(_US / rate) if rate else 0

    def seek(self, at_us: int) -> None:
        """See ``ShotReader``.

        Raises:
            PowerStreamError: as ``read``.
        """
        base = self._stream.time_base or _FALLBACK_BASE
        try:
            self._container.seek(int(at_us / (base * _US)), stream=self._stream, backward=True)
        except (av.error.FFmpegError, OSError):
            # Before the first key frame, or a container that cannot: it is read from its beginning.
            with translated(self._file):
                self._container.seek(0)
        self._shots = self._decode()

    def read(self) -> Shot[VideoFrame] | None:
        """See ``ShotReader``.

        Raises:
            PowerStreamError: the disk gives no more, or the film is damaged beyond that.
        """
        with translated(self._file):
            return next(self._shots, None)

    def close(self) -> None:
        """Close the file."""
        self._shots.close()
        self._close.close()

    def _decode(self) -> Generator[Shot[VideoFrame], None, None]:
        bad_packets = 0
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                bad_packets += 1
                if bad_packets > _MAX_BAD_PACKETS:
                    return
                continue
            for frame in frames:
                bad_packets = 0
                if frame.pts is not None and frame.time_base is not None:
                    yield Shot(at_us=int(frame.pts * frame.time_base * _US), picture=frame)


def pixels_of(frame: VideoFrame, width: int, height: int) -> tuple[int, int, int, bytes]:
    """Return a picture as it fits into so many pixels, no larger than it is: width, height, bytes from row to row, and its rows."""
    scale = min(width / frame.width, height / frame.height, 1.0)
    across, down = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    # Files that do not say which colours they have mean those of their size.
    is_hd = frame.height >= _HD_HEIGHT and frame.colorspace == _COLOUR_UNKNOWN
    shown = frame.reformat(
        width=across,
        height=down,
        format="bgra",
        src_colorspace="ITU709" if is_hd else None,
        interpolation="BILINEAR",
    )
    plane = shown.planes[0]
    return across, down, plane.line_size, bytes(plane)
