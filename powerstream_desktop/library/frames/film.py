"""A film as the frame server reads it: the one place of the frame server that knows PyAV."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.frame_protocol import FilmFault
from powerstream_desktop.library.frames.frame_finder import Shot

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_US: Final = 1_000_000
_FALLBACK_BASE: Final = Fraction(1, _US)
_HD_HEIGHT: Final = 720
_COLOUR_UNKNOWN: Final = 2
_MAX_BAD_PACKETS: Final = 2_000
"""A film of which so many packets in a row cannot be decoded is not worth reading to its end."""


class FilmError(UserError):
    """A film cannot be shown.

    Args:
        why: the window's words are chosen by it.
        detail: technical text.
    """

    def __init__(self, why: FilmFault, detail: str) -> None:
        super().__init__("This film cannot be shown.", detail=f"{why.value}: {detail}")
        self.why = why


class Film:
    """An open film; reads its pictures.

    Args:
        file: where it lies.

    Raises:
        FilmError: there is none, it is no film, or it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._container: InputContainer = av.open(
                str(file), options={"protocol_whitelist": "file"}, metadata_errors="ignore"
            )
        except (av.error.FFmpegError, OSError) as error:
            raise _refusal(error, file) from error
        if not self._container.streams.video:
            self._container.close()
            raise FilmError(FilmFault.NO_PICTURE, file.name)
        self._stream: VideoStream = self._container.streams.video[0]
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
        """See ``ShotReader``."""
        base = self._stream.time_base or _FALLBACK_BASE
        try:
            self._container.seek(int(at_us / (base * _US)), stream=self._stream, backward=True)
        except (av.error.FFmpegError, OSError):
            # Before the first key frame, or a container that cannot: it is read from its beginning.
            self._container.seek(0)
        self._shots = self._decode()

    def read(self) -> Shot[VideoFrame] | None:
        """See ``ShotReader``.

        Raises:
            FilmError: the disk gives no more.
        """
        try:
            return next(self._shots, None)
        except (av.error.FFmpegError, OSError) as error:
            raise _refusal(error, self._file) from error

    def close(self) -> None:
        """Close the file."""
        self._shots.close()
        self._container.close()

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


def _refusal(error: Exception, file: Path) -> FilmError:
    """Say in our words why a film cannot be read."""
    detail = f"{file.name}: {type(error).__name__}: {error}"
    if isinstance(error, FileNotFoundError):
        return FilmError(FilmFault.MISSING, detail)
    if isinstance(error, PermissionError):
        return FilmError(FilmFault.FORBIDDEN, detail)
    if isinstance(error, av.error.InvalidDataError | av.error.DecoderNotFoundError | ValueError):
        return FilmError(FilmFault.NO_FILM, detail)
    return FilmError(FilmFault.UNREADABLE, detail)
