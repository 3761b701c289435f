"""Frames of a film encoded anew, so that they fit between those that are copied, or stand for themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import av
from av.codec.context import Flags

from powerstream_desktop.library.clips.film import Film
from powerstream_desktop.library.clips.media_faults import translated_writing
from powerstream_desktop.library.clips.plan import Piece
from powerstream_desktop.rtmp.flv.config import AVCConfig

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame

_ENCODER: Final = "libx264"
_PROFILES: Final = {66: "baseline", 77: "main", 100: "high", 110: "high10", 122: "high422", 244: "high444"}
_EDGE_QUALITY: Final = "17"
"""No eye finds the seam, and it is a second or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedFrame:
    """A frame of an edge.

    Attributes:
        data: Annex B.
        pts: in the film's ticks.
    """

    data: bytes
    pts: int
    is_key: bool


def decoded(film: Film, piece: Piece) -> Iterator[VideoFrame]:
    """Yield the frames of a piece, in the order in which they are shown."""
    for packet in film.packets_from(piece.entry, with_sound=False):
        for frame in film.frames_of(packet):
            if frame.pts is not None and frame.pts > piece.last:
                return
            if piece.holds(frame.pts):
                yield frame
    yield from (frame for frame in film.frames_of(None) if piece.holds(frame.pts))


class EdgeEncoder:
    """Encodes edges the way the film itself is encoded, with parameter sets under a number of their own.

    Args:
        film: open.
        number: of the parameter sets.
    """

    def __init__(self, film: Film, number: int) -> None:
        self._film = film
        self._number = number
        self.parameter_sets = bytes(self._opened().extradata or b"")

    def encode(self, piece: Piece, start: int, on_frame: Callable[[int], None]) -> list[EncodedFrame]:
        """Return the frames of a piece, each shown as it was; the first begins with everything that a decoder needs.

        Args:
            piece: which.
            start: no frame is shown before: the first one is held until then.
            on_frame: called with the time of each frame that is done.
        """
        encoder = self._opened()
        found: list[EncodedFrame] = []
        with translated_writing():
            for frame in decoded(self._film, piece):
                frame.pts = max(frame.pts or 0, start)
                frame.time_base = self._film.tick_s
                frame.pict_type = 0
                found += map(_encoded, encoder.encode(frame))
                on_frame(frame.pts)
            found += map(_encoded, encoder.encode(None))
        return found

    def _opened(self) -> VideoCodecContext:
        source = self._film.video.codec_context
        config = AVCConfig.parse(self._film.avc_record or b"")
        with translated_writing():
            encoder = av.CodecContext.create(_ENCODER, "w")
            encoder.width, encoder.height = source.width, source.height
            encoder.pix_fmt = source.pix_fmt
            encoder.time_base = self._film.tick_s
            encoder.framerate = self._film.rate
            take_over_looks(source, encoder)
            encoder.flags |= Flags.global_header
            encoder.options = {
                "preset": "veryfast",
                "crf": _EDGE_QUALITY,
                "profile": _PROFILES.get(config.profile, "high"),
                # No B-frames: frames come out in the order in which they are shown, and the last one needs none behind it.
                "x264-params": f"sps-id={self._number}:bframes=0:keyint=infinite:scenecut=0",
            }
            encoder.open()
        return encoder


def take_over_looks(source: VideoCodecContext, encoder: VideoCodecContext) -> None:
    """Have a picture look as its source does: the shape of its pixels and the meaning of its colours."""
    if source.sample_aspect_ratio:
        encoder.sample_aspect_ratio = source.sample_aspect_ratio
    encoder.color_range = source.color_range
    encoder.color_primaries = source.color_primaries
    encoder.color_trc = source.color_trc
    encoder.colorspace = source.colorspace


def _encoded(packet: Packet[Stream]) -> EncodedFrame:
    return EncodedFrame(data=bytes(packet), pts=packet.pts or 0, is_key=packet.is_keyframe)
