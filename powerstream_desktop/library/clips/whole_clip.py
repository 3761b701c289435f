"""A clip whose whole picture is encoded anew: an upright one, or one of a film beside whose frames no others may stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from av.filter import Graph

from powerstream_desktop.library.clips.clip_file import ClipFile
from powerstream_desktop.library.clips.crop import Crop, upright_crop
from powerstream_desktop.library.clips.edges import take_over_looks
from powerstream_desktop.library.clips.film import Film
from powerstream_desktop.library.clips.media_faults import translated_writing
from powerstream_desktop.library.clips.plan import ClipPlan

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_QUALITY: Final = "19"
_HEADROOM: Final = 1.5
"""Of the film's own bitrate, for what is encoded a second time."""
_BEHIND_END_S: Final = 2


def encode_whole(
    film: Film, draft: Path, plan: ClipPlan, *, centre_x: float | None, on_frame: Callable[[int], None]
) -> None:
    """Write a clip, its picture encoded and its sound copied.

    Args:
        film: open.
        draft: where it is written.
        plan: of a single piece.
        centre_x: middle of what an upright clip keeps of the picture, 0 to 1; ``None`` for the whole picture.
        on_frame: called with the time of each frame that is done.
    """
    source = film.video.codec_context
    crop = Crop(x=0, y=0, width=source.width - source.width % 2, height=source.height - source.height % 2)
    if centre_x is not None:
        crop = upright_crop(source.width, source.height, centre_x, Fraction(source.sample_aspect_ratio or 1))
    with ClipFile(draft, film, start=plan.start, end=plan.end) as clip:
        stream = clip.encode_picture(crop.width, crop.height, _options(film, crop))
        take_over_looks(source, stream.codec_context)
        for frame in _cropped(film, _frames(film, clip, plan), crop):
            pts = frame.pts or 0
            frame.pts = max(pts - plan.start, 0)
            frame.time_base = film.tick_s
            frame.pict_type = 0
            with translated_writing():
                packets = stream.encode(frame)
            clip.write_encoded(packets)
            on_frame(pts)
        with translated_writing():
            packets = stream.encode(None)
        clip.write_encoded(packets)


def _options(film: Film, crop: Crop) -> dict[str, str]:
    options = {"preset": "veryfast", "crf": _QUALITY}
    if film.bitrate:
        source = film.video.codec_context
        share = crop.width * crop.height / (source.width * source.height)
        most = max(1_000_000, round(film.bitrate * share * _HEADROOM))
        options |= {"maxrate": str(most), "bufsize": str(2 * most)}
    return options


def _frames(film: Film, clip: ClipFile, plan: ClipPlan) -> Iterator[VideoFrame]:
    """Yield the frames of the clip, and write its sound on the way."""
    piece = plan.pieces[0]
    has_begun = False
    stop_s = plan.end * film.tick_s + _BEHIND_END_S
    for packet in film.packets_from(piece.entry, with_sound=True):
        if packet.stream.index != film.video.index:
            clip.write_sound(packet)
        elif has_begun or packet.pts == piece.entry:
            has_begun = True
            yield from filter(lambda frame: piece.holds(frame.pts), film.frames_of(packet))
        at = packet.dts if packet.dts is not None else packet.pts
        if at is not None and at * packet.time_base > stop_s:
            break
    yield from filter(lambda frame: piece.holds(frame.pts), film.frames_of(None))


def _cropped(film: Film, frames: Iterator[VideoFrame], crop: Crop) -> Iterator[VideoFrame]:
    """Yield a part of each frame, in the colours that every player knows."""
    graph: Graph | None = None
    for frame in frames:
        if graph is None:
            graph = Graph()
            source = graph.add_buffer(template=film.video)
            cut_out = graph.add("crop", f"{crop.width}:{crop.height}:{crop.x}:{crop.y}:exact=1")
            colours = graph.add("format", "pix_fmts=yuv420p")
            sink = graph.add("buffersink")
            for before, behind in ((source, cut_out), (cut_out, colours), (colours, sink)):
                before.link_to(behind)
            graph.configure()
        graph.vpush(frame)
        shown = graph.vpull()
        shown.pts = frame.pts
        yield shown
