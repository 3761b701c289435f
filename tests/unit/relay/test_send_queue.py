"""The queue of one destination: what it drops, in which order, and what it never drops (rtmp.md 3.4, ADR 0007)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.push.send_queue import DEFAULT_POLICY, DropPolicy, SendQueue, is_video_frame
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import PacketMaker, is_key

STRICT = DropPolicy(patience_s=0.0, hard_ms=3000, hard_bytes=30_000)


@pytest.fixture
def make() -> PacketMaker:
    return PacketMaker()


@pytest.fixture
def queue() -> SendQueue:
    return SendQueue(STRICT)


def drained(queue: SendQueue) -> list[MediaPacket]:
    return [queue.pop() for _ in range(len(queue))]


def times(packets: list[MediaPacket]) -> list[int]:
    return [packet.dts_ms for packet in packets]


def test_packets_leave_in_the_order_in_which_they_came(queue: SendQueue, make: PacketMaker) -> None:
    packets = [make.key(0), make.sound(5), make.inter(33)]
    queue.push(packets)
    assert queue.size_bytes == sum(len(packet.payload) for packet in packets)
    assert queue.span_ms == 33
    assert drained(queue) == packets
    assert queue.is_idle
    assert queue.size_bytes == 0
    assert queue.span_ms == 0


def test_an_empty_queue_has_nothing_to_give(queue: SendQueue) -> None:
    with pytest.raises(IndexError):
        queue.pop()


def test_the_limits_are_those_of_the_promise() -> None:
    assert (DEFAULT_POLICY.disposable_ms, DEFAULT_POLICY.inter_ms) == (700, 900)


def test_over_700_ms_go_the_frames_that_nobody_needs(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(100), make.disposable(200), make.inter(300), make.disposable(800)])
    assert queue.dropped_frames == 0
    queue.push([make.sound(801)])
    assert times(drained(queue)) == [0, 100, 300, 801]
    assert queue.dropped_frames == 2
    assert queue.is_idle


def test_over_900_ms_goes_what_lies_between_the_key_frames_that_wait(
    queue: SendQueue, make: PacketMaker
) -> None:
    queue.push([make.key(0), make.inter(100), make.sound(150), make.key(900), make.inter(1000)])
    assert queue.dropped_frames == 0
    queue.push([make.inter(1001)])
    assert times(drained(queue)) == [0, 150, 900, 1000, 1001]
    assert queue.dropped_frames == 1
    assert queue.is_idle


def test_then_go_all_frames_that_need_others_until_the_next_key_frame(
    queue: SendQueue, make: PacketMaker
) -> None:
    queue.push([make.key(0), make.inter(100), make.sound(150), make.inter(1000)])
    queue.push([make.inter(1101), make.inter(1200)])
    queue.push([make.inter(1300), make.sound(1310)])
    assert times(drained(queue)) == [0, 150, 1310]
    assert queue.dropped_frames == 5
    queue.push([make.inter(1400), make.key(1500), make.inter(1600)])
    assert times(drained(queue)) == [1500, 1600]
    assert queue.is_idle


def test_a_key_frame_is_not_dropped_for_being_late(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(10), make.key(1000), make.inter(1010), make.key(2000)])
    queue.push([make.inter(2950)])
    assert times(drained(queue)) == [0, 1000, 2000, 2950]


def test_a_large_key_frame_is_no_delay(queue: SendQueue, make: PacketMaker) -> None:
    queue = SendQueue()
    queue.push([make.key(0, size=1_500_000), *(make.inter(ms) for ms in range(33, 600, 33))])
    assert queue.dropped_frames == 0


def test_what_waits_in_front_of_the_queue_is_counted(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(100), make.inter(500)], ahead_ms=500)
    assert queue.dropped_frames == 0
    queue.push([make.inter(501)], ahead_ms=500)
    assert times(drained(queue)) == [0]
    assert not queue.is_idle


def test_a_hiccup_drops_nothing(make: PacketMaker) -> None:
    queue = SendQueue()
    for ms in range(0, 2600, 40):
        queue.push([make.inter(ms)])
    assert drained(queue)
    assert queue.dropped_frames == 0


def test_a_line_that_stays_too_slow_drops_when_the_patience_is_over(make: PacketMaker) -> None:
    queue = SendQueue()
    ms = 0
    while not queue.dropped_frames:
        queue.push([make.inter(ms)])
        if ms % 80 and len(queue):
            queue.pop()
        ms += 40
    # At half the speed it takes 1.4 s to be 0.7 s late.
    assert 1400 + 2000 <= ms <= 1400 + 2000 + 600


def test_sound_headers_and_metadata_are_never_dropped(queue: SendQueue, make: PacketMaker) -> None:
    kept = [make.metadata(), make.sound_header(), make.picture_header(), make.sound(0)]
    queue.push([*kept, make.inter(0), make.inter(2000)])
    kept.append(make.sound(2100, size=20_000))
    queue.push(kept[-1:])
    assert drained(queue) == kept


def test_a_queue_of_sound_alone_grows_to_the_hard_limit_and_says_so(
    queue: SendQueue, make: PacketMaker
) -> None:
    queue.push([make.sound(0), make.sound(3000)])
    overflowed_at_the_limit = queue.overflowed
    queue.push([make.sound(3001)])
    assert (overflowed_at_the_limit, queue.overflowed, len(queue)) == (False, True, 3)


def test_too_many_bytes_of_what_may_not_be_dropped_overflow(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.sound(0, size=40_000)])
    assert queue.overflowed


def test_too_many_bytes_of_pictures_are_dropped_instead_without_patience(make: PacketMaker) -> None:
    queue = SendQueue(DropPolicy(hard_bytes=30_000))
    queue.push([make.key(0, size=10_000), make.inter(10, size=25_000), make.inter(20)])
    assert times(drained(queue)) == [0]
    assert not queue.overflowed
    assert not queue.is_idle


def test_nothing_that_arrives_changes_nothing(queue: SendQueue) -> None:
    queue.push([])
    assert queue.is_idle


def test_one_who_joins_waits_for_a_key_frame_and_has_missed_nothing(
    queue: SendQueue, make: PacketMaker
) -> None:
    queue.wait_for_key()
    queue.push([make.picture_header(), make.inter(0), make.sound(10), make.inter(33), make.key(66)])
    queue.push([make.inter(99)])
    assert [(packet.kind, packet.dts_ms) for packet in drained(queue)] == [
        (MediaKind.VIDEO, 0),
        (MediaKind.AUDIO, 10),
        (MediaKind.VIDEO, 66),
        (MediaKind.VIDEO, 99),
    ]
    assert queue.dropped_frames == 0


def test_the_group_that_a_consumer_begins_with_is_not_dropped_for_its_age(
    queue: SendQueue, make: PacketMaker
) -> None:
    group = [make.key(0), *(make.inter(ms) for ms in range(33, 2900, 33))]
    queue.start_with(group)
    assert len(queue) == len(group)
    assert queue.dropped_frames == 0
    queue.push([make.inter(2933)])
    assert times(drained(queue)) == [0]


def test_a_cleared_queue_starts_anew(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(33)])
    queue.wait_for_key()
    queue.clear()
    assert queue.is_idle
    assert queue.size_bytes == 0


def on_track(packet: MediaPacket, track: int) -> MediaPacket:
    """The same picture on another track of the stream."""
    return dataclasses.replace(packet, info=dataclasses.replace(packet.info, track=track))


def test_each_video_track_waits_for_a_key_frame_of_its_own(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), on_track(make.key(0), 1), make.inter(10), on_track(make.inter(10), 1)])
    queue.push([make.sound(1000)])
    assert queue.dropped_frames == 2
    drained(queue)
    queue.push([make.inter(1010), on_track(make.key(1020), 1), on_track(make.inter(1030), 1)])
    queue.push([make.inter(1040)])
    assert [(p.dts_ms, p.info.track) for p in drained(queue)] == [(1020, 1), (1030, 1)]
    assert not queue.is_idle
    queue.push([make.key(1050)])
    assert times(drained(queue)) == [1050]
    assert queue.is_idle


def test_a_key_frame_of_one_track_saves_no_frames_of_another(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), on_track(make.key(0), 1), make.inter(10), on_track(make.inter(20), 1)])
    queue.push([make.key(600), make.inter(610), on_track(make.inter(925), 1)])
    assert [(p.dts_ms, p.info.track) for p in drained(queue)] == [(0, 0), (0, 1), (600, 0), (610, 0)]


def test_one_who_joins_a_stream_of_two_tracks_begins_each_at_its_key_frame(
    queue: SendQueue, make: PacketMaker
) -> None:
    queue.start_with([make.picture_header(), on_track(make.picture_header(), 1)])
    queue.wait_for_key()
    queue.push([make.key(0), on_track(make.inter(10), 1), make.inter(20), on_track(make.key(30), 1)])
    assert [(p.dts_ms, p.info.track) for p in drained(queue)[2:]] == [(0, 0), (20, 0), (30, 1)]
    assert queue.dropped_frames == 0


def test_room_for_key_frames_leaves_sound_and_a_slide_show(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(33), make.sound(40)])
    queue.shed(Room.KEY_FRAMES)
    assert not queue.is_idle
    queue.push([make.inter(66), make.key(100), make.inter(133), make.sound(140)])
    assert times(drained(queue)) == [0, 40, 100, 140]
    assert queue.dropped_frames == 3


def test_room_for_sound_leaves_no_picture_not_even_of_what_waits(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.picture_header(), make.key(0), make.inter(33), make.sound(40)])
    queue.shed(Room.SOUND)
    queue.push([make.key(100), make.sound(140)])
    assert times(drained(queue)) == [0, 40, 140]
    assert queue.dropped_frames == 3


@pytest.mark.parametrize("room", [Room.KEY_FRAMES, Room.SOUND])
def test_with_all_room_again_pictures_come_back_at_the_next_key_frame(
    queue: SendQueue, make: PacketMaker, room: Room
) -> None:
    queue.shed(room)
    queue.push([make.key(0), make.inter(33)])
    queue.shed(Room.EVERYTHING)
    drained(queue)
    assert not queue.is_idle
    queue.push([make.inter(66), make.sound(70), make.key(100), make.inter(133)])
    assert times(drained(queue)) == [70, 100, 133]
    assert queue.is_idle


def test_a_consumer_without_room_begins_without_pictures(queue: SendQueue, make: PacketMaker) -> None:
    queue.shed(Room.KEY_FRAMES)
    queue.start_with([make.picture_header(), make.key(0), make.inter(33), make.sound(40)])
    assert times(drained(queue)) == [0, 0, 40]


Maker = Callable[[PacketMaker, int], MediaPacket]
MAKERS: list[Maker] = [
    lambda make, ms: make.inter(ms, size=200),
    lambda make, ms: make.inter(ms, size=200),
    lambda make, ms: make.disposable(ms, size=100),
    lambda make, ms: make.key(ms, size=900),
    lambda make, ms: make.sound(ms),
    lambda make, ms: make.picture_header(ms),
    lambda make, ms: make.metadata(ms),
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(range(len(MAKERS))), st.integers(0, 120), st.integers(0, 2), st.integers(1, 4)
        ),
        max_size=200,
    ),
    st.booleans(),
)
def test_what_remains_can_be_decoded_and_lacks_no_sound(
    plan: list[tuple[int, int, int, int]], joins: bool
) -> None:
    make = PacketMaker()
    queue = SendQueue(STRICT)
    if joins:
        queue.wait_for_key()
    offered: list[MediaPacket] = [make.key(0)]
    batch = offered[:]
    received: list[MediaPacket] = []
    now_ms = 0
    for number, step_ms, pops, batch_size in plan:
        now_ms += step_ms
        packet = MAKERS[number](make, now_ms)
        offered.append(packet)
        batch.append(packet)
        if len(batch) >= batch_size:
            queue.push(batch)
            batch = []
        received += [queue.pop() for _ in range(min(pops, len(queue)))]
    queue.push(batch)
    received += drained(queue)

    assert [p for p in received if not is_video_frame(p)] == [p for p in offered if not is_video_frame(p)]
    assert len(received) + queue.dropped_frames == len(offered)
    got = {id(packet) for packet in received}
    reference: MediaPacket | None = None
    for packet in filter(is_video_frame, offered):
        if id(packet) in got and not is_key(packet):
            assert id(reference) in got, "a frame was sent although the one it needs was dropped"
        if not packet.info.is_disposable:
            reference = packet
    assert [p.dts_ms for p in received if is_video_frame(p)] == sorted(
        p.dts_ms for p in received if is_video_frame(p)
    )
