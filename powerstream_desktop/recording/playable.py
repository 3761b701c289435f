"""Whether a file plays: the proof before it gets its name."""

from __future__ import annotations

import contextlib
import io
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.recording.mkv_tail import last_cluster_s
from powerstream_desktop.recording.options import Container

if TYPE_CHECKING:
    from av.container import InputContainer

_TRIED_PACKETS: Final = 300
"""From a key frame on; as many as the longest sensible group of pictures holds."""
_END: Final = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class Playable:
    """A file that plays.

    Attributes:
        duration_s: its length.
        frame_counts: how many frames of each track its index names, in the order of the tracks; 0 where it names none.
    """

    duration_s: float
    frame_counts: tuple[int, ...]


def played(source: Path | io.RawIOBase) -> Playable | None:
    """Open a file, and decode a picture, or a sound where there is none, at its beginning and near its end.

    Returns:
        what it is; ``None`` if it does not play.
    """
    # mypy knows of a file by its path; PyAV takes whatever reads and seeks.
    opened: str = source if not isinstance(source, Path) else str(source.absolute())  # type: ignore[assignment]
    is_mkv = isinstance(source, Path) and source.suffix == f".{Container.MKV}"
    try:
        with av.open(opened, "r", format="matroska" if is_mkv else "mp4") as container:
            duration_us = container.duration or (
                _unclosed_us(source) if isinstance(source, Path) and is_mkv else 0
            )
            if duration_us <= 0 or not _decodes(container):
                return None
            with contextlib.suppress(av.FFmpegError):
                container.seek(int(duration_us * _END))
            if not _decodes(container):
                return None
            counts = tuple(stream.frames for stream in container.streams)
    except (av.FFmpegError, ValueError, OverflowError):
        return None
    return Playable(duration_s=duration_us / av.time_base, frame_counts=counts)


def _unclosed_us(path: Path) -> int:
    """Return the length of a Matroska file that nobody closed, up to the half second of its last cluster."""
    try:
        last_s = last_cluster_s(path)
    except OSError:
        return 0
    return 0 if last_s is None else max(1, round(last_s * av.time_base))


def _decodes(container: InputContainer) -> bool:
    """Whether anything decodes from here on."""
    streams = [*container.streams.video, *container.streams.audio]
    for packet in itertools.islice(container.demux(streams[:1]), _TRIED_PACKETS) if streams else ():
        with contextlib.suppress(av.FFmpegError):  # a damaged frame among sound ones
            if packet.decode():
                return True
    return False
