"""What one connection's bytes decode to: the stream rebased to 0, whatever was shared, dropped or joined (rtmp.md 3.3, 3.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.push.push_writer import PushWriter
from powerstream_desktop.relay.stream.burst import (
    CSID,
    LARGEST_SHARED_DELTA_MS,
    NOWHERE,
    OUT_CHUNK_SIZE,
    Burst,
)
from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.flv.metadata import SET_DATA_FRAME
from powerstream_desktop.rtmp.messages import Message, MessageType
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import METADATA, PICTURE_HEADER, SOUND_HEADER, PacketMaker, is_key

STREAM_ID = 7
TYPES = {MediaKind.AUDIO: 8, MediaKind.VIDEO: 9, MediaKind.DATA: 18}
START_MS = 5000


class Source:
    """A stream that hands out bursts."""

    def __init__(self) -> None:
        self.make = PacketMaker()
        self.position = NOWHERE
        self.packets: list[MediaPacket] = []

    def burst(self, *packets: MediaPacket) -> Burst:
        audio_ms, video_ms, data_ms = self.make.ends_ms
        burst = Burst(packets, self.position, (audio_ms, video_ms, data_ms))
        self.position = burst.after
        self.packets += packets
        return burst

    def headers(self) -> Burst:
        make = self.make
        return self.burst(make.metadata(START_MS), make.sound_header(START_MS), make.picture_header(START_MS))


class Platform:
    """One connection: our writer, and the reader at its other end."""

    def __init__(self, *, has_video: bool = True) -> None:
        chunks = ChunkWriter()
        self._reader = ChunkReader()
        list(self._reader.feed(chunks.write(control.set_chunk_size(OUT_CHUNK_SIZE))))
        self.writer = PushWriter(chunks, STREAM_ID, has_video=has_video)
        self.messages: list[Message] = []
        self.shared = 0

    def offer(self, burst: Burst) -> None:
        """Take a burst like an idle link."""
        if self.writer.in_step(burst):
            self.shared += 1
            self._receive(self.writer.share(burst))
        else:
            self.write(*burst.packets)

    def write(self, *packets: MediaPacket) -> None:
        """Take packets like a link behind its queue."""
        self._receive(self.writer.write(packets))

    def times(self, kind: MediaKind = MediaKind.VIDEO) -> list[int]:
        return [message.timestamp for message in self.messages if message.type == TYPES[kind]]

    def _receive(self, data: bytes) -> None:
        self.messages += self._reader.feed(data)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def platform() -> Platform:
    return Platform()


def test_a_connection_begins_with_headers_at_zero_and_then_the_key_frame(
    source: Source, platform: Platform
) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(make.sound(START_MS), make.key(START_MS + 10), make.sound(START_MS + 15)))
    assert [(message.type, message.timestamp, message.stream_id) for message in platform.messages] == [
        (18, 0, STREAM_ID),
        (8, 0, STREAM_ID),
        (9, 0, STREAM_ID),
        (9, 0, STREAM_ID),
        (8, 5, STREAM_ID),
    ]
    assert [message.payload for message in platform.messages[:3]] == [
        SET_DATA_FRAME + METADATA,
        SOUND_HEADER,
        PICTURE_HEADER,
    ]
    assert platform.writer.started


def test_nothing_but_headers_goes_out_before_a_key_frame(source: Source, platform: Platform) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(make.inter(START_MS), make.sound(START_MS), make.caption(START_MS)))
    assert len(platform.messages) == 3
    assert not platform.writer.started


def test_what_lies_before_the_first_key_frame_is_left_out(source: Source, platform: Platform) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(
        source.burst(make.key(START_MS + 50), make.sound(START_MS + 49), make.caption(START_MS + 49))
    )
    platform.offer(source.burst(make.sound(START_MS + 50)))
    assert platform.times(MediaKind.AUDIO) == [0, 0]
    assert platform.times(MediaKind.DATA) == [0]


def test_connections_in_step_share_the_very_same_bytes(source: Source) -> None:
    platforms = [Platform(), Platform()]
    make = source.make
    first = source.headers()
    platforms[0].offer(first)
    key = source.burst(make.key(START_MS), make.sound(START_MS))
    platforms[0].offer(key)
    second_key = source.burst(make.key(START_MS + 2000), make.sound(START_MS + 2000))
    platforms[0].offer(second_key)
    platforms[1].write(*first.packets, *second_key.packets)
    burst = source.burst(make.inter(START_MS + 2033), make.sound(START_MS + 2021))
    assert [platform.writer.in_step(burst) for platform in platforms] == [True, True]
    wires = [platform.writer.share(burst) for platform in platforms]
    assert wires[0] is wires[1]


def test_a_connection_that_missed_something_is_out_of_step_until_it_wrote_itself(
    source: Source, platform: Platform
) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(make.key(START_MS), make.sound(START_MS)))
    source.burst(make.inter(START_MS + 33))
    late = source.burst(make.key(START_MS + 66))
    assert not platform.writer.in_step(late)
    platform.offer(late)
    assert platform.writer.in_step(source.burst(make.inter(START_MS + 99)))
    assert platform.times() == [0, 0, 66]


def test_a_track_that_begins_late_names_its_message_stream(source: Source, platform: Platform) -> None:
    make = source.make
    platform.offer(source.burst(make.picture_header(START_MS)))
    platform.offer(source.burst(make.key(START_MS)))
    platform.offer(source.burst(make.inter(START_MS + 1000)))
    platform.offer(source.burst(make.sound_header(START_MS + 1000), make.sound(START_MS + 1010)))
    platform.offer(source.burst(make.sound(START_MS + 1031)))
    assert platform.times(MediaKind.AUDIO) == [1000, 1010, 1031]
    assert {message.stream_id for message in platform.messages} == {STREAM_ID}
    assert platform.shared == 2


def test_a_late_joiner_that_lacks_an_old_caption_is_in_step_until_the_next_one(
    source: Source, platform: Platform
) -> None:
    make = source.make
    headers = source.headers()
    source.burst(make.key(START_MS), make.caption(START_MS + 500))
    key = source.burst(make.key(START_MS + 2000), make.sound(START_MS + 2000))
    platform.write(*headers.packets, *key.packets)
    platform.offer(source.burst(make.inter(START_MS + 2033), make.sound(START_MS + 2021)))
    platform.offer(source.burst(make.inter(START_MS + 2066)))
    assert platform.shared == 2
    platform.offer(source.burst(make.caption(START_MS + 2070)))
    platform.offer(source.burst(make.caption(START_MS + 2080)))
    assert platform.shared == 3
    platform.write(caption := make.caption(START_MS + 2090))
    assert source.burst(caption).after[MediaKind.DATA] == 4
    assert platform.times(MediaKind.DATA) == [0, 70, 80, 90]


def test_a_header_that_changed_within_the_group_leaves_the_times_right(
    source: Source, platform: Platform
) -> None:
    make = source.make
    source.burst(make.picture_header(START_MS))
    group = source.burst(make.key(START_MS), make.inter(START_MS + 33), make.inter(START_MS + 66))
    metadata = source.burst(make.metadata(START_MS + 66))
    platform.write(*metadata.packets, *group.packets)
    platform.offer(source.burst(make.inter(START_MS + 99)))
    assert platform.shared == 1
    platform.offer(source.burst(make.caption(START_MS + 120), make.inter(START_MS + 132)))
    platform.write(make.caption(START_MS + 140))
    assert platform.times(MediaKind.DATA) == [0, 120, 140]


def test_a_stream_of_sound_alone_begins_with_its_first_piece(source: Source) -> None:
    platform = Platform(has_video=False)
    make = source.make
    platform.offer(source.burst(make.metadata(START_MS), make.sound_header(START_MS)))
    platform.offer(source.burst(make.sound(START_MS), make.sound(START_MS + 21)))
    platform.offer(source.burst(make.sound(START_MS + 42)))
    assert platform.times(MediaKind.AUDIO) == [0, 0, 21, 42]
    assert platform.shared == 1


def test_a_picture_that_is_announced_before_the_first_sound_is_waited_for(source: Source) -> None:
    platform = Platform(has_video=False)
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(make.sound(START_MS + 5), make.key(START_MS)))
    platform.offer(source.burst(make.sound(START_MS + 26)))
    assert platform.times() == [0, 0]
    assert platform.times(MediaKind.AUDIO) == [0, 26]


def test_a_gap_too_long_for_a_shared_header_is_written_by_everybody_itself(
    source: Source, platform: Platform
) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(make.key(0)))
    longest = source.burst(make.inter(LARGEST_SHARED_DELTA_MS))
    assert platform.writer.in_step(longest)
    platform.offer(longest)
    too_long = source.burst(make.inter(2 * LARGEST_SHARED_DELTA_MS + 1, size=OUT_CHUNK_SIZE * 2))
    assert not platform.writer.in_step(too_long)
    platform.offer(too_long)
    platform.offer(source.burst(make.inter(2 * LARGEST_SHARED_DELTA_MS + 34)))
    assert platform.times()[2:] == [
        LARGEST_SHARED_DELTA_MS,
        2 * LARGEST_SHARED_DELTA_MS + 1,
        2 * LARGEST_SHARED_DELTA_MS + 34,
    ]


def test_time_goes_on_behind_four_hours_and_thirty_nine_minutes(source: Source, platform: Platform) -> None:
    make = source.make
    step_ms = 600_000
    platform.offer(source.headers())
    platform.offer(source.burst(make.key(0)))
    for number in range(1, 40):
        platform.offer(source.burst(make.inter(number * step_ms, size=70_000)))
        if number % 10 == 0:
            source.burst(make.inter(number * step_ms))
    platform.write(key := make.key(40 * step_ms, size=70_000))
    assert platform.times()[-1] == key.dts_ms == 24_000_000
    assert platform.times()[1:-1] == [number * step_ms for number in range(40)]


def test_frames_larger_than_a_chunk_arrive_whole(source: Source, platform: Platform) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(key := make.key(0, size=3 * OUT_CHUNK_SIZE)))
    platform.offer(source.burst(inter := make.inter(33, size=2 * OUT_CHUNK_SIZE)))
    assert [message.payload for message in platform.messages[-2:]] == [key.payload, inter.payload]


def test_each_track_has_its_own_chunk_stream(source: Source, platform: Platform) -> None:
    make = source.make
    platform.offer(source.headers())
    platform.offer(source.burst(make.key(0), make.sound(0), make.caption(0)))
    by_type = {message.type: message.chunk_stream_id for message in platform.messages}
    assert by_type == {
        int(MessageType.AUDIO): CSID[MediaKind.AUDIO],
        int(MessageType.VIDEO): CSID[MediaKind.VIDEO],
        int(MessageType.DATA_AMF0): CSID[MediaKind.DATA],
    }


PLAN = st.lists(
    st.tuples(
        st.sampled_from(["key", "inter", "inter", "sound", "sound", "caption", "metadata", "picture_header"]),
        st.one_of(st.integers(0, 60), st.integers(0, 30_000_000)),
        st.integers(1, 4),
        st.sampled_from(["offer", "offer", "offer", "write", "drop", "drop frames"]),
    ),
    max_size=60,
)


@given(PLAN, st.integers(0, 20), st.booleans())
def test_whatever_was_shared_written_or_dropped_decodes_to_what_was_offered_at_its_time(
    plan: list[tuple[str, int, int, str]], joins_after: int, has_sound_only: bool
) -> None:
    source, platform = Source(), Platform(has_video=not has_sound_only)
    offered: list[MediaPacket] = []
    now_ms = START_MS
    batch: list[MediaPacket] = []
    for number, (what, step_ms, batch_size, action) in enumerate(plan):
        if has_sound_only and what in {"key", "inter", "picture_header"}:
            continue
        now_ms += step_ms
        batch.append(getattr(source.make, what)(now_ms))
        if len(batch) < batch_size:
            continue
        burst = source.burst(*batch)
        batch = []
        if number < joins_after or action == "drop":
            continue
        if action == "drop frames":
            kept = [packet for packet in burst.packets if packet.kind is not MediaKind.VIDEO]
            platform.write(*kept)
            offered += kept
        elif action == "write":
            platform.write(*burst.packets)
            offered += burst.packets
        else:
            platform.offer(burst)
            offered += burst.packets
    check_against(platform, offered, has_video=not has_sound_only)


def check_against(platform: Platform, offered: list[MediaPacket], *, has_video: bool) -> None:
    """Compare what arrived with what should: the model is a few lines without any sharing."""
    base_ms: int | None = None
    expected: list[tuple[int, int, bytes]] = []
    for packet in offered:
        is_header = packet.payload in (PICTURE_HEADER, SOUND_HEADER, METADATA)
        if not is_header and base_ms is None:
            starts = is_key(packet) if has_video else packet.kind is not MediaKind.DATA
            if not starts:
                continue
            base_ms = packet.dts_ms
        time = 0 if base_ms is None else (packet.dts_ms - base_ms) % (1 << 32)
        payload = SET_DATA_FRAME + packet.payload if packet.payload == METADATA else packet.payload
        expected.append((TYPES[packet.kind], time, payload))
    assert [(m.type, m.timestamp, m.payload) for m in platform.messages] == expected
    assert {message.stream_id for message in platform.messages} <= {STREAM_ID}
