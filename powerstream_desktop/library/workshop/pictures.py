"""The pictures of a replay: one that tells what it is about, and a strip of twelve for scrubbing.

A film of three hours has to give them in two seconds. So only key frames are decoded, a dozen and a few, and all else is jumped over.
A short film has too few of these: it is decoded as it comes, if it is not too large for that. Pictures are made small as soon as they
come: seventeen large ones would not fit into the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import av
import numpy as np

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.library.workshop.safe_input import length_ms, opened_media, picture_of
from powerstream_desktop.library.workshop.still import Pixels, fitted, jpeg, telling

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

THUMBNAIL_NAME: Final = "thumbnail.jpg"
THUMBNAIL_SIZE: Final = (480, 270)
STRIP_NAME: Final = "strip.jpg"
TILES: Final = 12
TILE_SIZE: Final = (160, 90)

_SHORT_MS: Final = 24_000
"""Up to here some of twelve moments would share a key frame, which comes every two seconds."""
_MOST_DECODED_PX: Final = 600_000_000
"""Of a short film: 20 s of 1280x720 at 30 pictures a second, which take some seconds."""
_USUAL_FPS: Final = 30
_TELLING_PLACES: Final = (0.12, 0.18, 0.25, 0.32, 0.38)
"""Where a telling picture is looked for, besides in the strip: behind the beginning, before the end is given away."""
_TELLING_SPAN: Final = (0.08, 0.45)
_PACKETS_TO_A_KEY: Final = 2000


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture of the film in both sizes."""

    large: Pixels
    tile: Pixels

    @classmethod
    def of(cls, frame: av.VideoFrame, pixel_aspect: Fraction) -> _Drawn:
        return cls(fitted(frame, *THUMBNAIL_SIZE, pixel_aspect), fitted(frame, *TILE_SIZE, pixel_aspect))


def draw_pictures(task: MediaTask) -> Mapping[str, Any]:
    """Write both pictures into the task's folder; return nothing more. UserError if nothing can be decoded."""
    if task.folder is None:
        raise BugError("There is no folder for pictures.")
    with opened_media(task.file) as (container, _):
        video = picture_of(container, task.file)
        aspect = video.sample_aspect_ratio or Fraction(1)
        places = sorted({*((tile + 0.5) / TILES for tile in range(TILES)), *_TELLING_PLACES})
        duration_ms = length_ms(container)
        codec, fps = video.codec_context, video.average_rate or Fraction(_USUAL_FPS)
        is_decoded = is_small(codec.width, codec.height, fps, duration_ms)
        seek = _by_decoding if is_decoded else _by_key_frames
        found: dict[float, _Drawn] = {}
        for place, frame in seek(container, video, places, duration_ms):
            found[place] = _Drawn.of(frame, aspect)
            task.report(len(found) / len(places))
        if not found:
            raise UserError(
                f"Nothing in {task.file.name} can be decoded.", hint="Try to play it in a player."
            )
    _write_strip(task.folder, found)
    _write_thumbnail(task.folder, found)
    return {}


def is_small(width: int, height: int, fps: Fraction, duration_ms: int) -> bool:
    """Return whether a film is short, and small enough to be decoded whole."""
    return duration_ms <= _SHORT_MS and width * height * fps * duration_ms / 1000 <= _MOST_DECODED_PX


def _by_key_frames(
    container: InputContainer, video: VideoStream, places: Sequence[float], duration_ms: int
) -> Iterator[tuple[float, av.VideoFrame]]:
    """Yield the key frames at or before the places, of which some may be damaged."""
    video.codec_context.skip_frame = "NONKEY"
    for place in places:
        try:
            container.seek(_moment(video, place, duration_ms), stream=video)
            frame = _next_key_frame(container, video)
        except av.FFmpegError:
            continue
        if frame is not None:
            yield place, frame


def _next_key_frame(container: InputContainer, video: VideoStream) -> av.VideoFrame | None:
    """Decode the next key frame and nothing else; None if there is none near."""
    for number, packet in enumerate(container.demux(video)):
        if packet.is_keyframe and packet.size:
            frames = [*video.codec_context.decode(packet), *video.codec_context.decode(None)]
            video.codec_context.flush_buffers()
            return frames[0] if frames else None
        if number >= _PACKETS_TO_A_KEY:
            break
    return None


def _by_decoding(
    container: InputContainer, video: VideoStream, places: Sequence[float], duration_ms: int
) -> Iterator[tuple[float, av.VideoFrame]]:
    """Yield the pictures at the places of a short film; where it breaks off, the last one that there is."""
    moments = [(place, _moment(video, place, duration_ms)) for place in places]
    frame = None
    for frame in _decoded(container, video):
        while moments and frame.pts is not None and frame.pts >= moments[0][1]:
            yield moments.pop(0)[0], frame
    if frame is not None:
        yield from ((place, frame) for place, _ in moments)


def _decoded(container: InputContainer, video: VideoStream) -> Iterator[av.VideoFrame]:
    pixels = 0
    for packet in container.demux(video):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            yield frame
            pixels += frame.width * frame.height
            if pixels > 2 * _MOST_DECODED_PX:
                return  # it is not what it says of itself


def _moment(video: VideoStream, place: float, duration_ms: int) -> int:
    """Return a place of the film, 0 to 1, as a time stamp of its pictures."""
    ticks_per_ms = 1 / (1000 * (video.time_base or Fraction(1, 1000)))
    return (video.start_time or 0) + round(place * duration_ms * ticks_per_ms)


def _write_strip(folder: Path, found: Mapping[float, _Drawn]) -> None:
    """Write twelve tiles side by side; where a moment was not found, the nearest one stands."""
    tiles = []
    for tile in range(TILES):
        wanted = (tile + 0.5) / TILES
        nearest = min(found, key=lambda place: abs(place - wanted))
        tiles.append(found[nearest].tile)
    (folder / STRIP_NAME).write_bytes(jpeg(np.concatenate(tiles, axis=1)))


def _write_thumbnail(folder: Path, found: Mapping[float, _Drawn]) -> None:
    first, last = _TELLING_SPAN
    worth = {place: telling(drawn.large) for place, drawn in found.items()}
    best = max(worth, key=lambda place: (first <= place <= last) * worth[place])
    if not (first <= best <= last and worth[best]):
        best = max(worth, key=lambda place: worth[place])
    (folder / THUMBNAIL_NAME).write_bytes(jpeg(found[best].large))
