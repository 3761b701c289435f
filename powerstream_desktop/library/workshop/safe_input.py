"""How a media file is opened that may come from anybody: as what it is, with few demuxers, few decoders, no network, no big pictures.

Only for a media process. The one place where PyAV's exceptions about files become ours.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.library.containers import HEAD_BYTES, TAKEN, Container, container_of, foreign_kind
from powerstream_desktop.library.facts import MAX_SIDE_PX

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.stream import Stream
    from av.video.stream import VideoStream

_DECODERS: Final = (
    *("h264", "hevc", "libdav1d", "av1", "vp9", "libvpx-vp9"),
    *("aac", "aac_fixed", "opus", "libopus", "mp3", "mp3float", "flac"),
    *(
        "pcm_s16le",
        "pcm_s16be",
        "pcm_s24le",
        "pcm_s24be",
        "pcm_s32le",
        "pcm_s32be",
        "pcm_f32le",
        "pcm_f32be",
        "pcm_u8",
    ),
)
"""What libavcodec calls the decoders that are let at a file."""
_TAKEN_CODECS: Final = "H.264, HEVC, AV1 and VP9"
_PROBE_BYTES: Final = 10_000_000
_PROBE_US: Final = 5_000_000
_MAX_STREAMS: Final = 64
MICROSECONDS_PER_MS: Final = 1000


@contextlib.contextmanager
def opened_media(file: Path) -> Iterator[tuple[InputContainer, Container]]:
    """Give a file, opened, and what it is; close it in the end.

    Raises:
        UserError: it is not a video, or not one of those that are taken, or it is damaged.
        SystemFault: it cannot be read.
    """
    with translated(file):
        with file.open("rb") as beginning:
            head = beginning.read(HEAD_BYTES)
        kind = container_of(head)
        if kind is None:
            raise not_taken(file, head)
        with av.open(f"file:{file}", "r", format=kind.value, options=_options(kind)) as container:
            yield container, kind


@contextlib.contextmanager
def translated(file: Path) -> Iterator[None]:
    """Make ours of what PyAV and the system raise about a file."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError, IndexError, ArithmeticError) as error:
        raise _explained(error, file) from error


def picture_of(container: InputContainer, file: Path) -> VideoStream:
    """Return the first track of pictures that is no cover, ready to be decoded; UserError if it cannot be."""
    for stream in container.streams.video:
        if stream.disposition & av.stream.Disposition.attached_pic:
            continue
        name, codec = _decoder_of(stream), stream.codec_context
        if name not in _DECODERS:
            raise UserError(
                f"{file.name} holds pictures in {name or 'a codec without a name'}, which are not taken.",
                hint=f"Convert it first; {_TAKEN_CODECS} are taken.",
            )
        if not 0 < codec.width <= MAX_SIDE_PX or not 0 < codec.height <= MAX_SIDE_PX:
            raise UserError(
                f"{file.name} has pictures of {codec.width}x{codec.height}, which are not taken.",
                hint=f"{MAX_SIDE_PX}x{MAX_SIDE_PX} is the most.",
            )
        codec.options = {"max_pixels": str(MAX_SIDE_PX * MAX_SIDE_PX)}  # also where they change on the way
        codec.thread_count = 1
        return stream
    raise UserError(f"{file.name} has no pictures in it.", hint="Choose a video.")


def sound_of(container: InputContainer) -> AudioStream | None:
    """Return the first sound track, if there is one that can be decoded."""
    for stream in container.streams.audio:
        if _decoder_of(stream) in _DECODERS:
            return stream
    return None


def _decoder_of(stream: Stream) -> str:
    """Return what libavcodec calls what decodes a track; empty if nothing does."""
    return str(getattr(stream.codec_context, "name", ""))


def length_ms(container: InputContainer) -> int:
    """Return how long a file lasts by its own word; 0 if it does not say."""
    if container.duration is not None and container.duration > 0:
        return container.duration // MICROSECONDS_PER_MS
    ends = [
        float((stream.duration or 0) * (stream.time_base or Fraction(0)))
        for stream in (*container.streams.video, *container.streams.audio)
    ]
    return max(0, round(max(ends, default=0.0) * 1000))


def not_taken(file: Path, head: bytes) -> UserError:
    """Explain that a file is not a video that is taken."""
    if not head:
        return UserError(f"{file.name} is empty.", hint="Choose a video.")
    return UserError(f"{file.name} is {foreign_kind(head)}, not a video.", hint=f"{TAKEN} are taken.")


def _options(kind: Container) -> dict[str, str]:
    return {
        "protocol_whitelist": "file",
        "format_whitelist": kind.value,
        "codec_whitelist": ",".join(_DECODERS),
        "probesize": str(_PROBE_BYTES),
        "analyzeduration": str(_PROBE_US),
        "max_streams": str(_MAX_STREAMS),
    }


def _explained(error: Exception, file: Path) -> PowerStreamError:
    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, FileNotFoundError):
        return UserError(f"There is no file {file.name}.", hint="Look whether it was moved.", detail=detail)
    if isinstance(error, IsADirectoryError):
        return UserError(f"{file.name} is a folder.", hint="Choose a video.", detail=detail)
    if isinstance(error, PermissionError):
        return UserError(
            f"{file.name} may not be read.", hint="Change its permissions, or copy it.", detail=detail
        )
    if isinstance(error, OSError) and not isinstance(error, av.FFmpegError):
        return SystemFault(f"{file.name} cannot be read.", hint="Look at the disk.", detail=detail)
    return damaged(file, detail)


def damaged(file: Path, detail: str) -> UserError:
    """Explain that a file is a video no more."""
    return UserError(f"{file.name} is damaged.", hint="Try to play it in a player.", detail=detail)
