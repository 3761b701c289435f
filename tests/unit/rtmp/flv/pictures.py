"""Real pictures for tests: tiny moving ones, encoded by libavcodec into FLV tag bodies, and decoded again."""

from __future__ import annotations

import io
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import av
import numpy as np

from powerstream_desktop.common.ordinary_threads import ordinary_threads
from powerstream_desktop.rtmp.flv.config import codec_extradata
from powerstream_desktop.rtmp.flv.file import FLVReader
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video, frame_body

WIDTH, HEIGHT = 96, 64
VIDEO = 9


@ordinary_threads()
def encoded(
    codec: str, options: dict[str, str], *, frames: int = 12, gop: int = 100, pix_fmt: str = "yuv420p"
) -> tuple[bytes, list[bytes]]:
    """Return the tag bodies of a header and of ``frames`` pictures of noise and something that moves."""
    target = io.BytesIO()
    noise = np.random.default_rng(7).integers(90, 160, (HEIGHT * 3 // 2, WIDTH), np.uint8)
    with av.open(target, "w", format="flv") as container:
        stream: Any = container.add_stream(codec, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, pix_fmt
        stream.codec_context.gop_size = gop
        packets = []
        for number in range(frames):
            planes = noise.copy()
            planes[number : number + 20, number * 4 : number * 4 + 20] = 235
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p").reformat(format=pix_fmt)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            packets += stream.encode(frame)
        container.mux(packets + stream.encode())
    bodies = [tag.payload for tag in FLVReader().feed(target.getvalue()) if tag.type == VIDEO]
    header = next(body for body in bodies if classify_video(body).kind is TagKind.HEADER)
    return header, [body for body in bodies if classify_video(body).kind is TagKind.FRAME]


def decoded(decoder: str, header: bytes, frames: Iterable[bytes]) -> list[bytes]:
    """Return the pictures of tag bodies as bytes; whatever a decoder complains about fails the test."""
    context: Any = av.CodecContext.create(decoder, "r")
    context.extradata = codec_extradata(header, classify_video(header))
    context.thread_count = 1
    shown = []
    with av.logging.Capture() as complaints:
        for number, payload in enumerate(frames):
            packet = av.Packet(bytes(frame_body(payload, classify_video(payload))))
            packet.pts = packet.dts = number
            shown += context.decode(packet)
        shown += context.decode(None)
    assert [text for level, _, text in complaints if level <= av.logging.WARNING] == []
    return [picture.to_ndarray().tobytes() for picture in shown]
