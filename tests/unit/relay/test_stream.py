"""The hub of one stream: what consumers get, in which order, and what one of them cannot do to the others."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.burst_builder import SOUND_WAITS_S
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.relay.stream.stream_headers import MAX_CACHED_HEADERS
from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import (
    CAPTION,
    METADATA,
    PICTURE_HEADER,
    SOUND_HEADER,
    inter_frame,
    key_frame,
    sound,
)

END_OF_SEQUENCE = bytes.fromhex("1702000000")


class Collector:
    """A consumer that remembers."""

    def __init__(self) -> None:
        self.bursts: list[Burst] = []
        self.calls: list[str] = []

    @property
    def packets(self) -> list[MediaPacket]:
        return [packet for burst in self.bursts for packet in burst.packets]

    def offer(self, burst: Burst) -> None:
        self.bursts.append(burst)

    def stream_started(self) -> None:
        self.calls.append("started")

    def stream_ended(self) -> None:
        self.calls.append("ended")


class Faulty(Collector):
    """A consumer that raises in the named calls."""

    def __init__(self, *faults: str) -> None:
        super().__init__()
        self._faults = faults

    def offer(self, burst: Burst) -> None:
        self._maybe_raise("offer")

    def stream_started(self) -> None:
        super().stream_started()
        self._maybe_raise("started")

    def stream_ended(self) -> None:
        super().stream_ended()
        self._maybe_raise("ended")

    def _maybe_raise(self, call: str) -> None:
        if call in self._faults:
            raise RuntimeError(call)


@pytest.fixture
def stream() -> Stream:
    stream = Stream("program", lambda: 0.0)
    stream.start_publish()
    return stream


@pytest.fixture
def consumer(stream: Stream) -> Collector:
    consumer = Collector()
    stream.attach(consumer)
    return consumer


def publish(stream: Stream, now: float = 0.0) -> None:
    """Send headers, a key frame and a piece of sound in one read."""
    stream.take_metadata(METADATA, now)
    stream.take_video(0, PICTURE_HEADER, now)
    stream.take_audio(0, SOUND_HEADER, now)
    stream.take_video(0, key_frame(), now)
    stream.take_audio(4, sound(), now)
    stream.flush(now)


def test_everything_of_one_read_is_one_burst_shared_by_all(stream: Stream, consumer: Collector) -> None:
    other = Collector()
    stream.attach(other)
    publish(stream)
    assert len(consumer.bursts) == 1
    assert consumer.bursts[0] is other.bursts[0]
    assert [packet.kind for packet in consumer.packets] == [
        MediaKind.DATA,
        MediaKind.VIDEO,
        MediaKind.AUDIO,
        MediaKind.VIDEO,
        MediaKind.AUDIO,
    ]


def test_payloads_are_passed_on_and_not_copied(stream: Stream, consumer: Collector) -> None:
    frame = key_frame()
    stream.take_video(0, frame, 0.0)
    stream.flush(0.0)
    assert consumer.packets[0].payload is frame


def test_packets_are_numbered_per_track_without_holes(stream: Stream, consumer: Collector) -> None:
    publish(stream)
    for number in range(1, 5):
        stream.take_video(number * 33, inter_frame(number), 0.0)
        stream.take_audio(number * 21, sound(number), 0.0)
        stream.flush(0.0)
    for kind in MediaKind:
        track = [packet for packet in consumer.packets if packet.kind is kind]
        assert [packet.index for packet in track] == list(range(len(track)))
        assert [packet.delta_ms for packet in track[1:]] == [
            later.dts_ms - earlier.dts_ms for earlier, later in itertools.pairwise(track)
        ]


def test_bursts_join_without_a_gap(stream: Stream, consumer: Collector) -> None:
    for number in range(5):
        stream.take_video(number * 33, key_frame(number), 0.0)
        stream.flush(0.0)
    for earlier, later in itertools.pairwise(consumer.bursts):
        assert earlier.after == later.before


def test_sound_waits_a_moment_for_a_picture_to_ride_with(stream: Stream, consumer: Collector) -> None:
    stream.take_audio(0, sound(), 10.0)
    stream.flush(10.0)
    stream.flush(10.0 + SOUND_WAITS_S / 2)
    assert consumer.bursts == []
    stream.take_video(0, key_frame(), 10.0 + SOUND_WAITS_S / 2)
    stream.flush(10.0 + SOUND_WAITS_S / 2)
    assert len(consumer.packets) == 2


def test_sound_without_a_picture_goes_on_after_that_moment(stream: Stream, consumer: Collector) -> None:
    stream.take_audio(0, sound(), 10.0)
    stream.flush(10.001 + SOUND_WAITS_S)
    assert len(consumer.packets) == 1


def test_who_joins_can_have_waiting_sound_handed_out_first(stream: Stream, consumer: Collector) -> None:
    stream.take_audio(0, sound(), 10.0)
    stream.hand_out()
    stream.hand_out()
    assert len(consumer.bursts) == 1


@pytest.mark.parametrize("ending", [Stream.pause_publish, Stream.end_publish])
def test_what_still_waits_is_handed_out_at_the_end(
    stream: Stream, consumer: Collector, ending: Callable[[Stream], None]
) -> None:
    stream.take_audio(0, sound(), 10.0)
    ending(stream)
    assert len(consumer.packets) == 1
    assert not stream.snapshot().publishing


def test_a_late_joiner_finds_headers_in_the_order_that_players_want(stream: Stream) -> None:
    stream.take_video(0, PICTURE_HEADER, 0.0)
    stream.take_audio(0, SOUND_HEADER, 0.0)
    stream.take_metadata(METADATA, 0.0)
    assert [packet.payload for packet in stream.headers()] == [METADATA, SOUND_HEADER, PICTURE_HEADER]


def test_a_new_header_replaces_the_old_one(stream: Stream) -> None:
    stream.take_video(0, PICTURE_HEADER, 0.0)
    changed = PICTURE_HEADER[:-1] + b"\x81"
    stream.take_video(33, changed, 0.0)
    assert [packet.payload for packet in stream.headers()] == [changed]


def test_a_hostile_number_of_tracks_does_not_grow_the_cache(stream: Stream) -> None:
    for track in range(200):
        stream.take_video(0, bytes([0x96, 0x00]) + b"av01" + bytes([track]) + b"configuration", 0.0)
    assert len(stream.headers()) == MAX_CACHED_HEADERS


def test_the_running_group_is_there_for_who_joins(stream: Stream) -> None:
    publish(stream)
    stream.take_video(33, inter_frame(), 0.0)
    assert [packet.kind for packet in stream.group()] == [MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.VIDEO]
    assert stream.group_age_ms == 33
    assert stream.group_bytes == sum(len(packet.payload) for packet in stream.group())


def test_a_broadcast_does_not_inherit_the_headers_of_the_one_before(stream: Stream) -> None:
    publish(stream)
    stream.end_publish()
    stream.start_publish()
    assert stream.headers() == ()
    assert stream.group() == ()
    assert not stream.has_video


def test_the_next_broadcast_continues_the_timeline(stream: Stream, consumer: Collector) -> None:
    publish(stream, now=0.0)
    stream.end_publish()
    stream.start_publish()
    publish(stream, now=5.0)
    times = [packet.dts_ms for packet in consumer.packets if packet.kind is MediaKind.VIDEO]
    assert times == sorted(times)
    assert times[-1] - times[1] == 5004
    assert stream.snapshot().timeline_folds == 1


def test_headers_and_ends_of_sequence_do_not_drive_the_clock(stream: Stream, consumer: Collector) -> None:
    publish(stream)
    stream.take_video(0x7FFFFFFF, END_OF_SEQUENCE, 0.0)
    stream.take_video(0x7FFFFFFF, PICTURE_HEADER, 0.0)
    stream.take_video(33, inter_frame(), 0.0)
    stream.flush(0.0)
    first, last = consumer.packets[3], consumer.packets[-1]
    assert last.dts_ms - first.dts_ms == 33
    assert stream.snapshot().timeline_folds == 0


def test_a_header_never_moves_the_frames_behind_it(stream: Stream, consumer: Collector) -> None:
    stream.take_video(0, PICTURE_HEADER, 0.0)
    stream.take_audio(0, SOUND_HEADER, 0.0)
    stream.take_audio(100, sound(), 0.0)
    stream.take_video(20, key_frame(), 0.0)
    stream.flush(0.0)
    late_sound, early_picture = consumer.packets[-2:]
    assert late_sound.dts_ms - early_picture.dts_ms == 80


def test_a_track_that_begins_late_keeps_its_distance(stream: Stream, consumer: Collector) -> None:
    stream.take_video(0, key_frame(), 0.0)
    stream.take_video(2000, inter_frame(), 0.0)
    stream.take_audio(0, SOUND_HEADER, 0.0)
    stream.take_audio(1500, sound(), 0.0)
    stream.flush(0.0)
    assert consumer.packets[1].dts_ms - consumer.packets[3].dts_ms == 500


def test_other_data_stands_at_the_time_of_the_picture(stream: Stream, consumer: Collector) -> None:
    publish(stream)
    stream.take_video(1000, inter_frame(), 0.0)
    stream.take_data(CAPTION, 0.0)
    stream.flush(0.0)
    picture, caption = consumer.packets[-2:]
    assert caption.dts_ms == picture.dts_ms


def test_data_of_a_stream_of_sound_stands_at_the_time_of_the_sound(
    stream: Stream, consumer: Collector
) -> None:
    stream.take_audio(0, sound(), 0.0)
    stream.take_audio(700, sound(), 0.0)
    stream.take_data(CAPTION, 0.0)
    stream.flush(0.0)
    assert consumer.packets[-1].dts_ms == consumer.packets[-2].dts_ms


def test_malformed_media_is_dropped(stream: Stream, consumer: Collector) -> None:
    stream.take_video(0, b"", 0.0)
    stream.take_video(0, b"\x17", 0.0)
    stream.take_audio(0, b"\xaf", 0.0)
    stream.flush(1.0)
    assert consumer.bursts == []


def test_what_a_live_stream_must_not_say_is_cut_out_of_its_metadata(stream: Stream) -> None:
    stream.take_metadata(amf0.encode("onMetaData", {"duration": 60.0, "width": 1280.0}), 0.0)
    (metadata,) = stream.headers()
    assert b"duration" not in metadata.payload
    assert b"width" in metadata.payload


def test_the_picture_is_known_from_its_header_on(stream: Stream) -> None:
    stream.take_audio(0, SOUND_HEADER, 0.0)
    stream.take_audio(0, sound(), 0.0)
    stream.take_metadata(METADATA, 0.0)
    sound_alone = stream.has_video
    stream.take_video(0, PICTURE_HEADER, 0.0)
    assert (sound_alone, stream.has_video) == (False, True)


def test_a_picture_of_an_unknown_codec_is_no_picture_to_wait_for(stream: Stream, consumer: Collector) -> None:
    stream.take_video(0, b"\x91zzzz and more", 0.0)
    stream.flush(0.0)
    assert not stream.has_video
    assert len(consumer.packets) == 1


def test_the_snapshot_tells_what_comes_in(stream: Stream) -> None:
    publish(stream)
    snapshot = stream.snapshot()
    assert snapshot.publishing
    assert (snapshot.video_codec, snapshot.audio_codec) == ("avc1", "mp4a")
    assert snapshot.frames_received == 1
    assert stream.codecs() == {"avc1", "mp4a"}


def test_consumers_learn_of_beginning_and_end_and_not_of_what_the_bridge_hides(stream: Stream) -> None:
    early, late = Collector(), Collector()
    stream.attach(early)
    stream.pause_publish()
    stream.attach(late)
    stream.start_publish()
    stream.end_publish()
    assert early.calls == ["started", "ended"]
    assert late.calls == ["started", "ended"]


def test_attaching_twice_is_attaching_once(stream: Stream, consumer: Collector) -> None:
    stream.attach(consumer)
    publish(stream)
    assert len(consumer.bursts) == 1
    assert consumer.calls == ["started"]


def test_a_consumer_that_left_gets_nothing_more(stream: Stream, consumer: Collector) -> None:
    stream.detach(consumer)
    stream.detach(consumer)
    publish(stream)
    stream.end_publish()
    assert consumer.bursts == []
    assert consumer.calls == ["started"]


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize(
    "faults", [("offer",), ("started",), ("ended",), ("offer", "ended"), ("started", "ended")]
)
def test_a_consumer_that_raises_is_told_goodbye_and_costs_the_others_nothing(faults: tuple[str, ...]) -> None:
    stream = Stream("program", lambda: 0.0)
    consumers = [Collector(), Faulty(*faults), Collector()]
    for consumer in consumers:
        stream.attach(consumer)
    stream.start_publish()
    publish(stream)
    stream.take_video(33, inter_frame(), 0.0)
    stream.flush(0.0)
    stream.end_publish()
    for good in (consumers[0], consumers[2]):
        assert len(good.packets) == 6
        assert good.calls == ["started", "ended"]
    assert consumers[1].calls[-1] == "ended"
    assert consumers[1].calls.count("ended") == 1


@pytest.mark.allow_warning_logs
def test_the_log_of_a_consumers_bug_names_the_stream_and_no_payload(
    stream: Stream, caplog: pytest.LogCaptureFixture
) -> None:
    stream.attach(Faulty("offer"))
    publish(stream)
    assert [record.getMessage() for record in caplog.records] == [
        "A consumer of stream program failed and was detached"
    ]
