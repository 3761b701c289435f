"""A stream for the tests of HLS: headers that describe something real, and frames as the stream numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from powerstream_desktop.relay.hls.segment import Segment
from powerstream_desktop.relay.hls.segmenter import Segmenter
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import PacketMaker

FRAME_MS = 40
SOUND_MS = 20
OTHER_PICTURE_HEADER = bytes.fromhex(
    "17000000000142c00dffe100166742c00dda05067e7840000003004000000f03c50aa801000468ce0fc8"
)
OTHER_SOUND_HEADER = bytes.fromhex("af001210")


def headers(make: PacketMaker) -> list[MediaPacket]:
    """Return the headers of both tracks."""
    return [make.picture_header(), make.sound_header()]


def stream(
    make: PacketMaker, start_ms: int, end_ms: int, *, gop_ms: int = 2_000, sound: bool = True
) -> Iterator[MediaPacket]:
    """Yield frames of both tracks; key frames stand at multiples of ``gop_ms`` from ``start_ms``, none if that is 0."""
    for at_ms in range(start_ms, end_ms, SOUND_MS):
        elapsed_ms = at_ms - start_ms
        if elapsed_ms % FRAME_MS == 0:
            is_key = gop_ms and elapsed_ms % gop_ms == 0
            yield make.key(at_ms) if is_key else make.inter(at_ms)
        if sound:
            yield make.sound(at_ms)


def segments_of(
    segmenter: Segmenter, packets: Iterable[MediaPacket], *, to_the_end: bool = True
) -> list[Segment]:
    """Return the segments that packets make."""
    found = [segment for packet in packets if (segment := segmenter.receive(packet)) is not None]
    last = segmenter.break_off() if to_the_end else None
    return [*found, last] if last is not None else found


def frames_of(segments: Iterable[Segment]) -> tuple[list[MediaPacket], list[MediaPacket]]:
    """Return the pictures and the sounds in segments, in order."""
    listed = list(segments)
    return (
        [sample.packet for segment in listed for sample in segment.pictures],
        [sample.packet for segment in listed for sample in segment.sounds],
    )
