"""The pictures of a replay: one that tells what it is about, and a strip of twelve for scrubbing.

A film of three hours has to give them in two seconds. So only key frames are decoded, a dozen and a few, and all else is jumped over.
A short film has too few of these: it is decoded as it comes, at most some thousand pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_MOST_DECODED: Final = 1500
"""Of a short film: 24 s at 60 pictures a second."""
_TELLING_PLACES: Final = (0.12, 0.18, 0.25, 0.32, 0.38)
"""Where a telling picture is looked for, besides in the strip: behind the beginning, before the end is given away."""
_TELLING_SPAN: Final = (0.08, 0.45)
_PACKETS_TO_A_KEY: Final = 2000


def draw_pictures(task: MediaTask) -> Mapping[str, Any]:
    """Write both pictures into the task's folder; return nothing more. UserError if nothing can be decoded."""
    if task.folder is None:
        raise BugError("There is no folder for pictures.")
    with opened_media(task.file) as (container, _):
        video = picture_of(container, task.file)
        aspect = video.sample_aspect_ratio or Fraction(1)
        places = sorted({*((tile + 0.5) / TILES for tile in range(TILES)), *_TELLING_PLACES})
        duration_ms = length_ms(container)
        seek = _by_decoding if duration_ms <= _SHORT_MS else _by_key_frames
        found: dict[float, av.VideoFrame] = {}
        for place, frame in seek(container, video, places, duration_ms):
            found[place] = frame
            task.report(len(found) / len(places))
        if not found:
            raise UserError(
                f"Nothing in {task.file.name} can be decoded.", hint="Try to play it in a player."
            )
        _write_strip(task.folder, found, aspect)
        _write_thumbnail(task.folder, found, aspect)
    return {}


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
    count = 0
    for packet in container.demux(video):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            yield frame
            count += 1
            if count >= _MOST_DECODED:
                return


def _moment(video: VideoStream, place: float, duration_ms: int) -> int:
    """Return a place of the film, 0 to 1, as a time stamp of its pictures."""
    ticks_per_ms = 1 / (1000 * (video.time_base or Fraction(1, 1000)))
    return (video.start_time or 0) + round(place * duration_ms * ticks_per_ms)


def _write_strip(folder: Path, found: Mapping[float, av.VideoFrame], aspect: Fraction) -> None:
    """Write twelve tiles side by side; where a moment was not found, the nearest one stands."""
    tiles = []
    for tile in range(TILES):
        wanted = (tile + 0.5) / TILES
        nearest = min(found, key=lambda place: abs(place - wanted))
        tiles.append(fitted(found[nearest], *TILE_SIZE, aspect))
    (folder / STRIP_NAME).write_bytes(jpeg(np.concatenate(tiles, axis=1)))


def _write_thumbnail(folder: Path, found: Mapping[float, av.VideoFrame], aspect: Fraction) -> None:
    first, last = _TELLING_SPAN
    drawn: dict[float, Pixels] = {
        place: fitted(frame, *THUMBNAIL_SIZE, aspect) for place, frame in found.items()
    }
    best = max(drawn, key=lambda place: (first <= place <= last) * telling(drawn[place]))
    if not telling(drawn[best]):
        best = max(drawn, key=lambda place: telling(drawn[place]))
    (folder / THUMBNAIL_NAME).write_bytes(jpeg(drawn[best]))
