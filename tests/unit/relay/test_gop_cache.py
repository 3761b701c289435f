"""The running group of pictures: starts at a key frame, is bounded in every dimension (rtmp.md 3.2)."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.stream import gop_cache
from powerstream_desktop.relay.stream.gop_cache import (
    MAX_BYTES,
    MAX_DURATION_MS,
    MAX_PACKETS,
    PURE_AUDIO_PACKETS,
    GopCache,
)
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.unit.relay.packets import PacketMaker


def filled(*packets: MediaPacket) -> GopCache:
    cache = GopCache()
    for packet in packets:
        cache.add(packet)
    return cache


@pytest.fixture
def make() -> PacketMaker:
    return PacketMaker()


def test_nothing_is_kept_before_the_first_key_frame(make: PacketMaker) -> None:
    assert filled(make.sound(0), make.inter(5), make.sound(20)).packets() == ()


def test_a_group_holds_everything_since_its_key_frame_in_order(make: PacketMaker) -> None:
    group = [make.key(0), make.sound(5), make.inter(33), make.disposable(66)]
    cache = filled(*group)
    assert cache.packets() == tuple(group)
    assert cache.size_bytes == sum(len(packet.payload) for packet in group)
    assert cache.duration_ms == 66


def test_a_key_frame_begins_a_new_group(make: PacketMaker) -> None:
    filled_cache = filled(make.key(0), make.inter(33), key := make.key(66))
    assert filled_cache.packets() == (key,)
    assert filled_cache.size_bytes == len(key.payload)


def test_the_key_frames_of_other_tracks_stay_in_the_group(make: PacketMaker) -> None:
    def multitrack_key(track: int) -> bytes:
        return bytes([0x96, 0x01]) + b"av01" + bytes([track]) + b"key frame"

    one, two, three = (make.video(0, multitrack_key(track)) for track in range(3))
    assert {packet.info.track for packet in (one, two, three)} == {0, 1, 2}
    cache = filled(one, two, three)
    assert cache.packets() == (one, two, three)
    cache.add(again := make.video(2000, multitrack_key(0)))
    assert cache.packets() == (again,)


def test_too_many_packets_empty_the_group_until_the_next_key_frame(make: PacketMaker) -> None:
    cache = filled(make.key(0), *(make.inter(1) for _ in range(MAX_PACKETS - 1)))
    assert len(cache.packets()) == MAX_PACKETS
    cache.add(make.inter(2))
    cache.add(make.inter(3))
    assert cache.packets() == ()
    assert cache.size_bytes == 0
    cache.add(key := make.key(4))
    assert cache.packets() == (key,)


def test_too_many_bytes_empty_the_group(make: PacketMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_BYTES == 32 * 1024 * 1024
    monkeypatch.setattr(gop_cache, "MAX_BYTES", 10_000)
    cache = filled(make.key(0, size=5000), make.inter(33, size=4900))
    assert len(cache.packets()) == 2
    cache.add(make.inter(66, size=200))
    assert cache.packets() == ()


def test_intra_refresh_without_a_second_key_frame_empties_the_group(make: PacketMaker) -> None:
    cache = filled(make.key(0), make.inter(MAX_DURATION_MS))
    assert len(cache.packets()) == 2
    cache.add(make.inter(MAX_DURATION_MS + 1))
    assert cache.packets() == ()


def test_a_picture_that_stopped_is_not_replayed(make: PacketMaker) -> None:
    cache = filled(make.key(0), *(make.sound(n) for n in range(PURE_AUDIO_PACKETS)))
    assert cache.packets() != ()
    cache.add(make.sound(PURE_AUDIO_PACKETS))
    assert cache.packets() == ()


def test_a_picture_in_between_lets_the_sound_go_on(make: PacketMaker) -> None:
    cache = filled(make.key(0), *(make.sound(n) for n in range(PURE_AUDIO_PACKETS)), make.inter(500))
    cache.add(make.sound(501))
    assert len(cache.packets()) == PURE_AUDIO_PACKETS + 3


def test_an_empty_cache_has_no_duration() -> None:
    assert GopCache().duration_ms == 0
