"""The upload's guard: what it reads from destinations, and what it tells them and the encoder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.relay.uplink.uplink import EncoderControl, Uplink
from powerstream_desktop.rtmp.url import RTMPURL
from tests.unit.relay.packets import PacketMaker

SECOND_BYTES = 100_000
FULL_KBPS = SECOND_BYTES * 8 // 1000


@dataclass
class FakeDestination:
    """A destination that is as late as it is told to be, and remembers what it is told to do."""

    endpoint: RTMPEndpoint
    is_connected: bool = True
    lag_ms: int = 0
    taken_bytes: int = 0
    bitrate_kbps: int = 0
    rooms: list[Room] = field(default_factory=list)
    borne_until: list[float] = field(default_factory=list)

    def make_room(self, room: Room) -> None:
        self.rooms.append(room)

    def bear(self, until: float) -> None:
        self.borne_until.append(until)

    def taken_kbps(self, _now: float) -> int:
        return self.bitrate_kbps


def destination(name: str, priority: int = 0) -> FakeDestination:
    return FakeDestination(
        RTMPEndpoint(
            name=name,
            platform="custom",
            server=RTMPURL(scheme="rtmp", host="127.0.0.1", port=1935, app="app"),
            stream_key=Secret("sk_platform_4711"),
            priority=priority,
        )
    )


class Guard:
    """An uplink with a stream of 800 kbit/s and two destinations, ``minor`` first in the user's list."""

    def __init__(self, encoder: EncoderControl | None = None) -> None:
        self.now = 100.0
        self.stream = Stream("program", lambda: self.now)
        self.uplink = Uplink({Rendition.LANDSCAPE: self.stream}, encoder)
        self.minor, self.major = destination("minor"), destination("major", 1)
        self._make = PacketMaker()
        self.stream.start_publish()

    def run(self, seconds: float, *, share: float = 1.0) -> None:
        """Let time pass in which each destination gets this share of the stream."""
        for _ in range(round(seconds * 4)):
            self.now += 0.25
            packet = self._make.inter(round(self.now * 1000), size=SECOND_BYTES // 4)
            self.stream.take_video(packet.dts_ms, packet.payload, self.now)
            self.stream.hand_out()
            for each in (self.minor, self.major):
                each.taken_bytes += round(SECOND_BYTES / 4 * share)
                each.bitrate_kbps = round(FULL_KBPS * share)
                each.lag_ms += round(250 * (1 - share))
            self.uplink.look(cast("list[Destination]", [self.minor, self.major]), self.now)


def test_with_room_for_all_everybody_gets_everything() -> None:
    guard = Guard()
    guard.run(20.0)
    assert {*guard.minor.rooms, *guard.major.rooms} == {Room.EVERYTHING}
    assert guard.uplink.kbps is None
    assert not guard.uplink.wants_close_watch


def test_in_a_collapse_the_minor_one_makes_room_and_the_major_one_is_given_time() -> None:
    guard = Guard()
    guard.run(10.0)
    guard.run(2.0, share=0.4)
    assert guard.minor.rooms[-1] is not Room.EVERYTHING
    assert set(guard.major.rooms) == {Room.EVERYTHING}
    assert guard.major.borne_until
    assert guard.major.borne_until[0] > guard.now
    assert guard.minor.borne_until == []
    assert guard.uplink.kbps == pytest.approx(2 * FULL_KBPS * 0.4, rel=0.05)
    assert guard.uplink.wants_close_watch


def test_a_measure_is_forgotten_when_more_is_carried_later() -> None:
    guard = Guard()
    guard.run(10.0)
    guard.run(2.0, share=0.4)
    guard.minor.lag_ms = guard.major.lag_ms = 0
    guard.run(10.0)
    assert guard.uplink.kbps is not None
    guard.run(20.0)
    assert guard.uplink.kbps is None


def test_an_encoder_that_may_be_changed_is_asked_once_for_each_change() -> None:
    asked: list[int] = []
    guard = Guard(EncoderControl(video_kbps=800, set_video_kbps=asked.append))
    guard.run(10.0)
    assert asked == []
    guard.run(2.0, share=0.6)
    assert asked == [400]
    guard.minor.lag_ms = guard.major.lag_ms = 0
    guard.run(30.0)
    assert asked == [400, 480, 560, 640, 720, 800]
    assert {*guard.minor.rooms, *guard.major.rooms} == {Room.EVERYTHING}
