"""The queue of one destination: what it drops, in which order, and what it never drops (rtmp.md 3.4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.send_queue import DropPolicy, SendQueue, is_video_frame
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.relay.packets import PacketMaker, is_key

POLICY = DropPolicy(soft_ms=1000, soft_bytes=10_000, hard_ms=3000, hard_bytes=30_000)


@pytest.fixture
def make() -> PacketMaker:
    return PacketMaker()


@pytest.fixture
def queue() -> SendQueue:
    return SendQueue(POLICY)


def drained(queue: SendQueue) -> list[MediaPacket]:
    return [queue.pop() for _ in range(len(queue))]


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


def test_frames_that_nobody_needs_go_first(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(100), make.disposable(200, size=4000), make.inter(300)])
    queue.push([make.disposable(400, size=6000)])
    assert [packet.dts_ms for packet in drained(queue)] == [0, 100, 300]
    assert queue.dropped_frames == 2
    assert not queue.waiting_for_key


def test_then_goes_what_precedes_the_newest_key_frame(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(100), make.sound(150), make.key(900), make.inter(1000)])
    queue.push([make.inter(1101)])
    assert [packet.dts_ms for packet in drained(queue)] == [150, 900, 1000, 1101]
    assert queue.dropped_frames == 2
    assert not queue.waiting_for_key


def test_then_go_all_frames_that_need_others_until_the_next_key_frame(
    queue: SendQueue, make: PacketMaker
) -> None:
    queue.push([make.key(0), make.inter(100), make.sound(150), make.inter(1000)])
    queue.push([make.inter(1101), make.inter(1200)])
    assert queue.waiting_for_key
    queue.push([make.inter(1300), make.sound(1310)])
    assert [packet.dts_ms for packet in drained(queue)] == [0, 150, 1310]
    assert queue.dropped_frames == 5
    queue.push([make.inter(1400), make.key(1500), make.inter(1600)])
    assert [packet.dts_ms for packet in drained(queue)] == [1500, 1600]
    assert queue.is_idle


def test_a_consumer_behind_by_bytes_drops_as_well(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0, size=5000), make.inter(10, size=6000)])
    assert [packet.dts_ms for packet in drained(queue)] == [0]


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
    assert [packet.dts_ms for packet in drained(queue)] == [0]


def test_a_cleared_queue_starts_anew(queue: SendQueue, make: PacketMaker) -> None:
    queue.push([make.key(0), make.inter(33)])
    queue.wait_for_key()
    queue.clear()
    assert queue.is_idle
    assert queue.size_bytes == 0


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
    queue = SendQueue(POLICY)
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
