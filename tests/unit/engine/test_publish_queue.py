from __future__ import annotations

from collections import deque

from powerstream_desktop.engine.publish_queue import LIMIT_MS, VIDEO_LIMIT_MS, PublishQueue
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType

AUDIO, VIDEO, DATA = MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0
METADATA = FLVTag(DATA, 0, b"\x02\x00\x0aonMetaData\x05")
PUSHED_METADATA = b"\x02\x00\x0d@setDataFrame\x02\x00\x0aonMetaData\x05"
VIDEO_HEADER = FLVTag(VIDEO, 0, b"\x17\x00\x00\x00\x00\x01")
AUDIO_HEADER = FLVTag(AUDIO, 0, b"\xaf\x00\x11\x90")
HEADERS = [METADATA, VIDEO_HEADER, AUDIO_HEADER]
EVERYTHING = 1 << 30


def key(timestamp: int) -> FLVTag:
    return FLVTag(VIDEO, timestamp, b"\x17\x01\x00\x00\x00" + b"\x00\x00\x00\x02\x65\x80")


def inter(timestamp: int) -> FLVTag:
    return FLVTag(VIDEO, timestamp, b"\x27\x01\x00\x00\x00" + b"\x00\x00\x00\x02\x41\x80")


def sound(timestamp: int) -> FLVTag:
    return FLVTag(AUDIO, timestamp, b"\xaf\x01\x21\x00")


def open_queue() -> PublishQueue:
    queue = PublishQueue()
    queue.put(HEADERS)
    queue.open()
    return queue


def times(tags: list[FLVTag]) -> list[tuple[int, int]]:
    return [(tag.type, tag.timestamp) for tag in tags]


def test_a_stream_begins_with_its_description_its_headers_and_a_key_frame() -> None:
    queue = open_queue()
    queue.put([sound(4000), inter(4010), key(4043), sound(4050), inter(4077)])
    taken = queue.take(EVERYTHING)
    assert times(taken) == [
        (DATA, 4043),
        (VIDEO, 4043),
        (AUDIO, 4043),
        (VIDEO, 4043),
        (AUDIO, 4050),
        (VIDEO, 4077),
    ]
    assert [tag.payload for tag in taken[:3]] == [PUSHED_METADATA, VIDEO_HEADER.payload, AUDIO_HEADER.payload]


def test_nothing_is_kept_without_a_connection() -> None:
    queue = PublishQueue()
    queue.put([*HEADERS, key(0), sound(10)])
    assert len(queue) == 0
    queue.open()
    assert queue.take(EVERYTHING) == []
    assert queue.dropped_frames == 0


def test_after_a_reconnect_the_timeline_goes_on_at_the_next_key_frame() -> None:
    queue = open_queue()
    queue.put([key(0), sound(10)])
    queue.take(EVERYTHING)
    queue.shut()
    queue.put([inter(33), sound(34)])
    queue.open()
    queue.put([inter(66), key(100), inter(133)])
    assert [tag.timestamp for tag in queue.take(EVERYTHING)] == [100, 100, 100, 100, 133]


def test_frames_that_waited_when_the_connection_broke_are_counted() -> None:
    queue = open_queue()
    queue.put([key(0), sound(10), inter(33)])
    queue.shut()
    assert queue.dropped_frames == 2
    assert queue.span_ms == 0


def test_a_relay_that_is_behind_loses_video_up_to_the_next_key_frame_and_no_sound() -> None:
    queue = open_queue()
    queue.put([key(0), sound(0)])
    queue.take(EVERYTHING)
    queue.put([inter(100), sound(110), inter(100 + VIDEO_LIMIT_MS), sound(111 + VIDEO_LIMIT_MS)])
    assert times(queue.take(EVERYTHING)) == [(AUDIO, 110), (AUDIO, 111 + VIDEO_LIMIT_MS)]
    queue.put([inter(2500), sound(2510), key(2600), inter(2633)])
    assert times(queue.take(EVERYTHING)) == [(AUDIO, 2510), (VIDEO, 2600), (VIDEO, 2633)]
    assert queue.dropped_frames == 3


def test_headers_that_wait_are_never_dropped() -> None:
    queue = open_queue()
    queue.put([key(0), sound(10), sound(1 + VIDEO_LIMIT_MS)])
    assert times(queue.take(EVERYTHING)) == [(DATA, 0), (VIDEO, 0), (AUDIO, 0), (AUDIO, 10), (AUDIO, 2001)]


def test_when_even_the_sound_piles_up_all_goes_and_the_stream_begins_anew() -> None:
    queue = open_queue()
    queue.put([key(0)])
    for timestamp in range(0, LIMIT_MS + 101, 100):
        queue.put([sound(timestamp)])
    assert len(queue) == 0
    queue.put([inter(9000), sound(9000), key(9100)])
    assert [tag.timestamp for tag in queue.take(EVERYTHING)] == [9100, 9100, 9100, 9100]


def test_the_queue_is_measured_in_media_time() -> None:
    queue = open_queue()
    assert queue.span_ms == 0
    queue.put([key(1000), sound(1500)])
    assert queue.span_ms == 500
    queue.take(EVERYTHING)
    assert queue.span_ms == 0


def test_another_thread_may_read_the_figures_while_the_queue_is_emptied() -> None:
    class Emptied(deque[FLVTag]):
        """As another thread finds it: something waits when that is asked, and nothing is left when it is looked at."""

        def __len__(self) -> int:
            return 1

    queue = open_queue()
    queue.put([key(1000), sound(1500)])
    queue._tags = Emptied()
    assert queue.span_ms == 500


def test_tags_are_taken_in_portions_and_at_least_one_by_one() -> None:
    queue = open_queue()
    queue.put([key(0), inter(33), inter(66)])
    portions = []
    while taken := queue.take(1):
        portions.append(len(taken))
    assert portions == [1] * 6


def test_a_header_that_changes_in_the_middle_goes_out_in_its_place_and_begins_the_next_connection() -> None:
    queue = open_queue()
    other = FLVTag(VIDEO, 2000, b"\x17\x00\x00\x00\x00\x02")
    queue.put([key(0), inter(33), other, key(2000)])
    assert queue.take(EVERYTHING)[3:] == [key(0), inter(33), other, key(2000)]
    queue.shut()
    queue.open()
    queue.put([key(4000)])
    assert queue.take(EVERYTHING)[1] == FLVTag(VIDEO, 4000, other.payload)


def test_a_header_that_changes_while_video_is_dropped_is_not_dropped_with_it() -> None:
    queue = open_queue()
    other = FLVTag(VIDEO, 1900, b"\x17\x00\x00\x00\x00\x02")
    queue.put([key(0), other, *(inter(time) for time in range(1900, VIDEO_LIMIT_MS + 200, 100))])
    assert times(queue.take(EVERYTHING)) == [(DATA, 0), (VIDEO, 0), (AUDIO, 0), (VIDEO, 1900)]
    last = FLVTag(VIDEO, 3000, b"\x17\x00\x00\x00\x00\x03")
    queue.put([inter(2950), last, key(3000)])
    assert queue.take(EVERYTHING) == [last, key(3000)]
