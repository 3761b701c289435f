"""What a stream asks of a line."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.burst_builder import BurstBuilder, Weight
from powerstream_desktop.relay.uplink.demand import Demand, DemandMeter
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import PacketMaker


class Scale:
    """Stands in for a stream: weighs what it is given."""

    def __init__(self) -> None:
        self.builder = BurstBuilder()

    def __call__(self) -> Weight:
        return self.builder.weight

    def put(self, packets: Iterable[MediaPacket]) -> None:
        for packet in packets:
            self.builder.add(packet.kind, packet.dts_ms, packet.payload, packet.info, packet.arrived_s)
        self.builder.take()


@pytest.fixture
def scale() -> Scale:
    return Scale()


@pytest.fixture
def meter(scale: Scale) -> DemandMeter:
    return DemandMeter(scale)


def feed(scale: Scale, meter: DemandMeter, make: PacketMaker, seconds: range) -> None:
    """A second of stream each: 10 pictures of 1,000 bytes, every 20th a key frame of 5,000, and 2,000 bytes of sound."""
    for second in seconds:
        packets = [make.sound(1000 * second, size=1000), make.sound(1000 * second + 500, size=1000)]
        for number in range(10):
            ms = 1000 * second + 100 * number
            is_key = number == 0 and second % 2 == 0
            packets.append(make.key(ms, size=5000) if is_key else make.inter(ms, size=1000))
        scale.put(packets)
        meter.demand(float(second + 1))


def test_a_stream_is_weighed_over_two_groups_of_pictures(scale: Scale, meter: DemandMeter) -> None:
    make = PacketMaker()
    meter.demand(0.0)
    feed(scale, meter, make, range(20))
    demand = meter.demand(20.0)
    assert demand.full_kbps == pytest.approx(8 * (2.0 + 12.0), rel=0.01)
    assert demand.key_frames_kbps == pytest.approx(8 * (2.0 + 2.5), rel=0.01)
    assert demand.sound_kbps == pytest.approx(8 * 2.0, rel=0.01)


def test_nothing_is_known_before_something_has_come(meter: DemandMeter) -> None:
    assert meter.demand(5.0) == Demand(full_kbps=0, key_frames_kbps=0, sound_kbps=0)


def test_a_new_publisher_is_weighed_anew(scale: Scale, meter: DemandMeter) -> None:
    make = PacketMaker()
    meter.demand(0.0)
    feed(scale, meter, make, range(4))
    scale.builder.start_broadcast()
    meter.demand(10.0)
    assert meter.demand(14.0).full_kbps == 0


def test_each_room_asks_for_its_part() -> None:
    demand = Demand(full_kbps=1500, key_frames_kbps=300, sound_kbps=100)
    assert [demand.of(room) for room in Room] == [1500, 300, 100]


def test_a_lower_bitrate_asks_for_less_of_the_pictures_only() -> None:
    demand = Demand(full_kbps=1500, key_frames_kbps=380, sound_kbps=100)
    assert demand.at(700) == Demand(full_kbps=800, key_frames_kbps=240, sound_kbps=100)
    assert demand.at(2000) == demand
