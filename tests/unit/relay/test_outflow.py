"""What leaves through a lane, with connections that only write down what they get."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import cast

from powerstream_desktop.relay.destination.outflow import Outflow
from powerstream_desktop.relay.push.push_link import PushLink
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import PICTURE_HEADER, PacketMaker
from tests.unit.relay.push_links import looped


class FakeLink:
    """Takes whatever it is given."""

    def __init__(self) -> None:
        self.got: list[int] = []
        self.rooms: list[Room] = []
        self.feed = self
        self.queue = SimpleNamespace(dropped_frames=0)
        self.frames_sent = 0
        self.is_over = False

    def push(self, packets: list[MediaPacket]) -> None:
        self.got += [packet.dts_ms for packet in packets]

    take_over = push

    def offer(self, burst: Burst) -> None:
        self.push(list(burst.packets))

    def shed(self, room: Room) -> None:
        self.rooms.append(room)

    async def finish(self) -> None:
        self.is_over = True


def stream_with_pictures() -> Stream:
    stream = Stream("program", lambda: 0.0)
    stream.start_publish()
    stream.take_video(0, PICTURE_HEADER, 0.0)
    stream.flush(0.0)
    return stream


def burst_of(*packets: MediaPacket) -> Burst:
    return cast("Burst", SimpleNamespace(packets=packets))


def on_track(packet: MediaPacket, track: int) -> MediaPacket:
    return dataclasses.replace(packet, info=dataclasses.replace(packet.info, track=track))


@looped
async def test_a_change_of_connections_happens_just_before_a_key_frame() -> None:
    make, old, new = PacketMaker(), FakeLink(), FakeLink()
    outflow = Outflow(stream_with_pictures(), lambda: 0.0)
    outflow.carry(cast("PushLink", old))
    outflow.cut_at_key_frame(lambda: cast("PushLink", new))
    outflow.offer(burst_of(make.inter(0), make.sound(10)))
    outflow.offer(burst_of(make.inter(40), make.key(80), make.inter(120)))
    await outflow.wait_for_farewells()
    assert (old.got, new.got) == ([0, 10, 40], [80, 120])
    assert old.is_over
    assert not new.is_over


@looped
async def test_a_key_frame_of_a_track_beside_the_first_is_no_place_for_a_change() -> None:
    make, old, new = PacketMaker(), FakeLink(), FakeLink()
    outflow = Outflow(stream_with_pictures(), lambda: 0.0)
    outflow.carry(cast("PushLink", old))
    outflow.cut_at_key_frame(lambda: cast("PushLink", new))
    outflow.offer(burst_of(on_track(make.key(0), 1), make.inter(0)))
    assert outflow.is_to_be_cut
    assert (old.got, new.got) == ([0, 0], [])


@looped
async def test_a_connection_that_takes_over_makes_the_same_room() -> None:
    make, old, new = PacketMaker(), FakeLink(), FakeLink()
    outflow = Outflow(stream_with_pictures(), lambda: 0.0)
    outflow.carry(cast("PushLink", old))
    outflow.make_room(Room.KEY_FRAMES)
    outflow.cut_at_key_frame(lambda: cast("PushLink", new))
    outflow.offer(burst_of(make.key(0)))
    await outflow.wait_for_farewells()
    assert old.rooms == [Room.EVERYTHING, Room.KEY_FRAMES]
    assert new.rooms == [Room.KEY_FRAMES]
