"""What is measured of a stream: rates, key frames, sound against picture, jitter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from powerstream_desktop.relay.stream.burst import NOWHERE, Burst
from powerstream_desktop.relay.stream.stream_stats import WINDOW_S, StatsMeter, StreamStats
from powerstream_desktop.rtmp.flv.formats import PictureFormat, SoundFormat
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import PacketMaker

FRAME_BYTES = 1_000
SOUND_BYTES = 80


@pytest.fixture
def meter() -> StatsMeter:
    return StatsMeter()


@pytest.fixture
def make() -> PacketMaker:
    return PacketMaker()


def feed(meter: StatsMeter, packets: Iterable[MediaPacket]) -> None:
    for packet in packets:
        meter.add(Burst([packet], NOWHERE, (0, 0, 0)))


def stream(
    make: PacketMaker, end_ms: int, *, start_ms: int = 0, gop_ms: int = 2_000, sound_ahead_ms: int = 0
) -> list[MediaPacket]:
    """Return 25 pictures and 50 pieces of sound a second, each arriving when its picture is due."""
    packets = []
    for at_ms in range(start_ms, end_ms, 20):
        if at_ms % 40 == 0:
            is_key = at_ms % gop_ms == 0
            packets.append(make.key(at_ms, FRAME_BYTES) if is_key else make.inter(at_ms, FRAME_BYTES))
        piece = make.sound(at_ms + sound_ahead_ms, SOUND_BYTES)
        packets.append(replace(piece, arrived_s=at_ms / 1000))
    return packets


def figures(meter: StatsMeter, now: float) -> StreamStats:
    found = meter.stats(now, picture=None, sound=None)
    assert found is not None
    return found


def test_rates_are_those_of_the_encoder(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, stream(make, 8_000))
    stats = figures(meter, 8.0)
    picture_bytes = FRAME_BYTES + 9  # with the tag's and the NAL unit's heads
    assert stats.video_kbps == pytest.approx(25 * picture_bytes * 8 / 1000, abs=1)
    assert stats.audio_kbps == pytest.approx(50 * SOUND_BYTES * 8 / 1000, abs=1)
    assert stats.fps == 25


def test_a_stream_that_changes_is_followed_within_the_window(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, stream(make, 6_000))
    thin = [make.inter(at_ms, 100) for at_ms in range(6_000, 12_000, 100)]
    feed(meter, thin)
    stats = figures(meter, 12.0)
    assert stats.fps == 10
    assert stats.audio_kbps == 0
    assert stats.av_skew_ms is None


def test_bursts_do_not_change_what_the_encoder_sent(meter: StatsMeter, make: PacketMaker) -> None:
    packets = [replace(packet, arrived_s=packet.dts_ms // 400 * 0.4) for packet in stream(make, 8_000)]
    feed(meter, packets)
    assert figures(meter, 8.0).fps == 25
    assert figures(meter, 8.0).jitter_ms > 10


def test_key_frames_are_measured_from_one_to_the_next(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, [*stream(make, 8_000, gop_ms=4_000), *stream(make, 12_000, start_ms=8_000, gop_ms=1_000)])
    stats = figures(meter, 12.0)
    assert stats.key_frame_interval_s == 1
    assert stats.longest_key_frame_interval_s == 4
    assert stats.gop_frames == 25


def test_one_key_frame_tells_no_interval(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, stream(make, 1_900))
    stats = figures(meter, 1.9)
    assert (stats.key_frame_interval_s, stats.longest_key_frame_interval_s, stats.gop_frames) == (None,) * 3


@pytest.mark.parametrize("ahead_ms", [0, 300, 900])
def test_sound_that_is_ahead_of_its_picture_is_measured(
    meter: StatsMeter, make: PacketMaker, ahead_ms: int
) -> None:
    feed(meter, stream(make, 8_000, sound_ahead_ms=ahead_ms))
    assert figures(meter, 8.0).av_skew_ms == pytest.approx(ahead_ms, abs=20)


def test_an_even_stream_has_no_jitter(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, stream(make, 4_000))
    assert figures(meter, 4.0).jitter_ms == 0


def test_a_track_that_comes_later_does_not_spoil_the_figures(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, [make.sound(at_ms) for at_ms in range(60_000, 60_400, 20)])
    feed(meter, stream(make, 64_000, start_ms=60_400))
    assert figures(meter, 64.0).fps == 25


def test_too_little_tells_nothing(meter: StatsMeter, make: PacketMaker) -> None:
    assert meter.stats(0.0, picture=None, sound=None) is None
    feed(meter, stream(make, 200))
    assert meter.stats(0.2, picture=None, sound=None) is None


def test_a_stream_that_has_stopped_tells_nothing_when_the_window_has_passed(
    meter: StatsMeter, make: PacketMaker
) -> None:
    feed(meter, stream(make, 4_000))
    assert meter.stats(4.0 + 2 * WINDOW_S, picture=None, sound=None) is None


def test_the_next_publisher_is_measured_afresh(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, stream(make, 8_000, gop_ms=8_000))
    meter.start_session()
    feed(meter, stream(make, 14_000, start_ms=10_000, gop_ms=1_000))
    assert figures(meter, 14.0).longest_key_frame_interval_s == 1


def test_size_and_rate_come_from_the_headers(meter: StatsMeter, make: PacketMaker) -> None:
    feed(meter, stream(make, 1_000))
    stats = meter.stats(1.0, picture=make.picture_header(), sound=make.sound_header())
    assert stats is not None
    assert stats.picture == PictureFormat(width=640, height=360, profile="Baseline")
    assert stats.sound == SoundFormat(sample_rate=48_000, channels=2, profile="LC")


def test_a_header_that_cannot_be_read_costs_only_what_it_would_have_said(
    meter: StatsMeter, make: PacketMaker
) -> None:
    feed(meter, stream(make, 1_000))
    broken = make.video(1_000, bytes.fromhex("1700000000ff"))
    stats = meter.stats(1.0, picture=broken, sound=None)
    assert stats is not None
    assert stats.picture is None
    assert stats.fps == 25


def test_other_tracks_of_a_multitrack_stream_count_as_bytes_only(
    meter: StatsMeter, make: PacketMaker
) -> None:
    for packet in stream(make, 4_000):
        feed(meter, [packet])
        if packet.kind is MediaKind.VIDEO:
            feed(meter, [make.video(packet.dts_ms, b"\xa6\x01avc1\x01" + bytes(FRAME_BYTES))])
    assert figures(meter, 4.0).fps == 25
    assert figures(meter, 4.0).video_kbps > 390
