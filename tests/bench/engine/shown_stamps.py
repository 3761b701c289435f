"""From compressed pictures back to the stamps in them: decoded when the measurement is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av
import numpy as np

from tests.bench.engine.sink import Arrival
from tests.bench.engine.stamp import read_number
from tests.e2e.support.chunk_tap import VIDEO

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAG_HEADER_SIZE: Final = 5
"""FLV: frame type and codec, packet type, composition time."""
CONFIGURATION, PICTURE = 0, 1


def first_shown_at_s(arrivals: Sequence[Arrival]) -> dict[int, float]:
    """Return for each stamp when the first picture with it had arrived, for H.264 without pictures out of order."""
    videos = [each for each in arrivals if each.type == VIDEO and len(each.payload) > TAG_HEADER_SIZE]
    shown: dict[int, float] = {}
    for arrival, number in _numbers(videos):
        if number is not None:
            shown.setdefault(number, arrival.at_s)
    return shown


def different_stamps(recording: Path) -> int:
    """Return how many different stamps a recording shows: pictures that repeat the one before count once."""
    with av.open(str(recording)) as container:
        return len({read_number(luma_of(frame)) for frame in container.decode(video=0)} - {None})


def luma_of(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """Return a view of a planar picture's luma."""
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    luma: NDArray[np.uint8] = rows[: frame.height, : frame.width]
    return luma


def _numbers(videos: Iterable[Arrival]) -> Iterator[tuple[Arrival, int | None]]:
    decoder = av.CodecContext.create("h264", "r")
    assert isinstance(decoder, av.VideoCodecContext)
    decoder.thread_count = 1
    sent: list[Arrival] = []
    for arrival in videos:
        kind, body = arrival.payload[1], arrival.payload[TAG_HEADER_SIZE:]
        if kind == CONFIGURATION:
            decoder.extradata = body
        if kind != PICTURE:
            continue
        packet = av.Packet(body)
        packet.pts = packet.dts = len(sent)
        sent.append(arrival)
        for frame in decoder.decode(packet):
            if frame.pts is not None:
                yield sent[frame.pts], read_number(luma_of(frame))
