"""The queue between the relay's loop and the writer."""

from __future__ import annotations

import threading

from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.packet_queue import PacketQueue
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.unit.recording.fakes import audio_header, metadata, picture, sound, video_header


def drain(queue: PacketQueue) -> list[MediaPacket]:
    packets: list[MediaPacket] = []
    while batch := queue.take(0).packets:
        packets += batch
    return packets


def times(packets: list[MediaPacket]) -> list[int]:
    return [packet.dts_ms for packet in packets]


def gop(start_ms: int, *, frames: int = 5, size: int = 100) -> list[MediaPacket]:
    return [picture(start_ms + 40 * index, key=index == 0, size=size) for index in range(frames)]


def test_packets_come_out_in_order_whatever_the_batches() -> None:
    queue = PacketQueue()
    packets = [video_header(), *(sound(at_ms) for at_ms in range(300))]
    queue.offer(packets)
    assert drain(queue) == packets
    assert queue.load().size_bytes == 0


def test_metadata_is_not_kept() -> None:
    queue = PacketQueue()
    queue.offer([metadata()])
    assert drain(queue) == []


def test_taking_from_an_empty_queue_waits_until_the_time_is_up() -> None:
    assert PacketQueue().take(0.001).packets == []


def test_an_offer_wakes_who_waits() -> None:
    queue = PacketQueue()
    taken: list[MediaPacket] = []
    waiting = threading.Thread(target=lambda: taken.extend(queue.take(10).packets))
    waiting.start()
    queue.offer([sound(7)])
    waiting.join()
    assert times(taken) == [7]


def test_closing_wakes_who_waits_and_keeps_what_is_queued() -> None:
    queue = PacketQueue()
    waiting = threading.Thread(target=lambda: queue.take(None))
    waiting.start()
    queue.close()
    waiting.join()
    assert queue.is_finished

    queue = PacketQueue()
    queue.offer([sound(0)])
    queue.close()
    queue.offer([sound(20)])
    assert not queue.is_finished
    assert times(drain(queue)) == [0]
    assert queue.is_finished


def test_discarding_forgets_what_is_queued() -> None:
    queue = PacketQueue()
    queue.offer([sound(0)])
    queue.discard()
    assert queue.is_finished
    assert queue.load().size_bytes == 0


def test_when_full_everything_up_to_a_key_frame_with_room_is_dropped_and_counted_as_one_gap() -> None:
    queue = PacketQueue(max_bytes=1000)
    queue.offer([packet for start_ms in (0, 200, 400, 600) for packet in gop(start_ms)])
    (gap,) = queue.load().gaps
    kept = drain(queue)
    assert times(kept) == list(range(0, 360, 40))
    queue.offer([picture(800), sound(810), *gop(820)])
    assert times(drain(queue)) == [820, 860, 900, 940, 980]
    (gap,) = queue.load().gaps
    assert (gap.start_ms, gap.end_ms, gap.dropped_frames) == (360, 820, 11 + 2)


def test_a_gap_does_not_end_before_half_of_the_queue_is_free() -> None:
    queue = PacketQueue(max_bytes=1000)
    queue.offer([*gop(0), *gop(200)])
    queue.offer([picture(400, key=True)])
    assert len(queue.load().gaps) == 1
    assert 400 not in times(drain(queue))


def test_the_limit_in_seconds_counts_arrival() -> None:
    queue = PacketQueue(max_s=2.0)
    queue.offer([picture(at_ms, key=at_ms % 1000 == 0) for at_ms in range(0, 4000, 100)])
    assert times(drain(queue)) == list(range(0, 2001, 100))
    assert queue.load().gaps[0].dropped_frames == 19


def test_a_jump_of_the_stream_alone_is_no_overflow() -> None:
    queue = PacketQueue(max_s=2.0)
    first, later = picture(0, key=True), picture(600_000)
    queue.offer(
        [first, MediaPacket(later.kind, later.dts_ms, 600_000, 1, later.payload, later.info, arrived_s=0.1)]
    )
    assert len(drain(queue)) == 2


def test_codec_settings_are_never_dropped() -> None:
    queue = PacketQueue(max_bytes=200)
    queue.offer([*gop(0), video_header(at_ms=200), audio_header(at_ms=200), picture(240)])
    assert [packet.kind for packet in drain(queue) if packet.dts_ms == 200] == [
        MediaKind.VIDEO,
        MediaKind.AUDIO,
    ]


def test_a_gap_in_a_stream_of_sound_ends_with_the_next_sound() -> None:
    queue = PacketQueue(max_bytes=100)
    queue.offer([sound(at_ms, size=50) for at_ms in range(0, 100, 20)])
    drain(queue)
    queue.offer([sound(100)])
    assert times(drain(queue)) == [100]


def test_sound_waits_for_the_key_frame_after_a_gap_unless_the_picture_is_gone_for_good() -> None:
    queue = PacketQueue(max_bytes=300)
    queue.offer(gop(0))
    drain(queue)
    queue.offer([sound(200)])
    assert drain(queue) == []
    queue.offer([sound(20_000)])
    assert times(drain(queue)) == [20_000]


def test_one_packet_larger_than_the_queue_still_passes_when_it_is_empty() -> None:
    queue = PacketQueue(max_bytes=10)
    queue.offer([picture(0, key=True, size=1000)])
    assert times(drain(queue)) == [0]


def test_the_load_tells_bytes_and_seconds() -> None:
    queue = PacketQueue()
    packets = [sound(0), sound(1500)]
    queue.offer(packets)
    load = queue.load()
    assert load.size_bytes == sum(len(packet.payload) for packet in packets)
    assert load.span_s == 1.5


def test_an_order_takes_its_place_behind_what_was_offered_before_it() -> None:
    queue = PacketQueue()
    queue.offer([sound(at_ms) for at_ms in range(100)])
    queue.order(RecordingOrder.PAUSE)
    queue.order(RecordingOrder.RESUME)
    queue.offer([sound(100)])
    queue.order(RecordingOrder.SPLIT)
    told: list[RecordingOrder | int] = []
    while (batch := queue.take(0)).packets or batch.orders:
        told += [*batch.orders, *times(batch.packets)]
    assert told == [*range(100), RecordingOrder.PAUSE, RecordingOrder.RESUME, 100, RecordingOrder.SPLIT]


def test_an_order_wakes_who_waits() -> None:
    queue = PacketQueue()
    taken: list[RecordingOrder] = []
    waiting = threading.Thread(target=lambda: taken.extend(queue.take(10).orders))
    waiting.start()
    queue.order(RecordingOrder.SPLIT)
    waiting.join()
    assert taken == [RecordingOrder.SPLIT]


def test_a_closed_queue_takes_no_orders() -> None:
    queue = PacketQueue()
    queue.close()
    queue.order(RecordingOrder.SPLIT)
    assert queue.take(0).orders == []
