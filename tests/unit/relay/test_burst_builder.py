"""What is said of a burst once, for everybody who asks, and what a stream's bursts weigh together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.burst_builder import SOUND_WAITS_S, BurstBuilder, Weight
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import PacketMaker


@pytest.fixture
def builder() -> BurstBuilder:
    return BurstBuilder()


@pytest.fixture
def make() -> PacketMaker:
    return PacketMaker()


def add(builder: BurstBuilder, packets: Sequence[MediaPacket], now: float = 0.0) -> None:
    for packet in packets:
        builder.add(packet.kind, packet.dts_ms, packet.payload, packet.info, now)


def taken(builder: BurstBuilder, packets: Sequence[MediaPacket]) -> Burst:
    add(builder, packets)
    burst = builder.take()
    assert burst is not None
    return burst


def test_a_burst_knows_its_pictures_and_its_newest_sound(builder: BurstBuilder, make: PacketMaker) -> None:
    packets = [make.sound(0), make.picture_header(), make.key(0), make.sound(20), make.inter(33)]
    burst = taken(builder, packets)
    assert [picture.dts_ms for picture in burst.pictures] == [0, 33]
    assert burst.video_frames == 2
    assert burst.newest_sound is burst.packets[3]
    assert burst.has_codec_header


def test_headers_are_neither_pictures_nor_sound_to_be_heard(builder: BurstBuilder, make: PacketMaker) -> None:
    burst = taken(builder, [make.picture_header(), make.sound_header()])
    assert burst.pictures == ()
    assert burst.newest_sound is None


def test_every_byte_of_a_burst_is_weighed_once(builder: BurstBuilder, make: PacketMaker) -> None:
    key, inter, piece = make.key(0, size=500), make.inter(33, size=100), make.sound(20, size=30)
    caption = make.caption(33)
    burst = taken(builder, [key, piece, inter, caption])
    assert burst.size_bytes == sum(len(each.payload) for each in (key, piece, inter, caption))
    assert burst.sound_bytes == len(piece.payload)
    assert burst.key_frame_bytes == len(key.payload)


def test_bursts_add_up_and_broadcasts_are_told_apart(builder: BurstBuilder, make: PacketMaker) -> None:
    first, second = taken(builder, [make.key(0), make.sound(10)]), taken(builder, [make.inter(33)])
    both = Weight(
        all_bytes=first.size_bytes + second.size_bytes,
        key_frame_bytes=first.key_frame_bytes,
        sound_bytes=first.sound_bytes,
    )
    assert builder.weight == both
    builder.start_broadcast()
    assert builder.weight == both._replace(broadcast=1)


def test_sound_alone_waits_for_a_picture_but_not_for_long(builder: BurstBuilder, make: PacketMaker) -> None:
    add(builder, [make.sound(0)])
    assert not builder.is_due(0.0)
    assert builder.is_due(SOUND_WAITS_S)
    add(builder, [make.inter(5)])
    assert builder.is_due(0.0)
    builder.take()
    assert not builder.is_due(SOUND_WAITS_S)
    add(builder, [make.sound(20)], now=1.0)
    assert not builder.is_due(1.0)


def test_a_header_of_sound_waits_for_nothing(builder: BurstBuilder, make: PacketMaker) -> None:
    add(builder, [make.sound_header()])
    assert builder.is_due(0.0)
