"""The built-in receiver: what it notices about a stream."""

from __future__ import annotations

import pytest

from powerstream_desktop.relay.ingest.receiver import Receiver
from tests.unit.relay.packets import (
    CAPTION,
    METADATA,
    PICTURE_HEADER,
    SOUND_HEADER,
    inter_frame,
    key_frame,
    sound,
)

WRAP = 1 << 32


@pytest.fixture
def receiver() -> Receiver:
    receiver = Receiver()
    receiver.start_publish()
    return receiver


def show(receiver: Receiver, *timestamps: int, gop: int = 30) -> None:
    """Publish a header and pictures."""
    receiver.take_video(0, PICTURE_HEADER, 0.0)
    for number, timestamp in enumerate(timestamps):
        make = inter_frame if number % gop else key_frame
        receiver.take_video(timestamp % WRAP, make(number), 0.0)


def test_a_good_stream_has_nothing_to_complain_of(receiver: Receiver) -> None:
    receiver.take_metadata(METADATA, 0.0)
    receiver.take_audio(0, SOUND_HEADER, 0.0)
    show(receiver, *range(0, 3000, 33))
    for number in range(3):
        receiver.take_audio(number * 21, sound(), 0.0)
    receiver.take_data(CAPTION, 0.0)
    receiver.end_publish()
    report = receiver.report()
    assert (report.publishes, report.video_frames, report.audio_frames, report.key_frames) == (1, 91, 3, 4)
    assert (report.timestamps_back, report.longest_gap_ms, report.key_interval_ms) == (0, 33, 990)
    assert report.starts_with_key
    assert report.bytes_received > 91 * 40


def test_time_that_goes_back_is_counted_per_track(receiver: Receiver) -> None:
    show(receiver, 0, 33, 20, 66)
    receiver.take_audio(10, sound(), 0.0)
    receiver.take_audio(5, sound(), 0.0)
    assert receiver.report().timestamps_back == 2


def test_a_wrap_is_no_step_back(receiver: Receiver) -> None:
    show(receiver, WRAP - 33, WRAP, WRAP + 33)
    report = receiver.report()
    assert (report.timestamps_back, report.longest_gap_ms) == (0, 33)


def test_the_longest_gap_is_found(receiver: Receiver) -> None:
    show(receiver, 0, 33, 500, 533)
    assert receiver.report().longest_gap_ms == 467


def test_a_stream_that_begins_in_the_middle_of_a_group_is_noticed(receiver: Receiver) -> None:
    receiver.take_video(0, PICTURE_HEADER, 0.0)
    receiver.take_video(0, inter_frame(), 0.0)
    assert not receiver.report().starts_with_key


def test_a_stream_without_its_header_is_noticed(receiver: Receiver) -> None:
    receiver.take_video(0, key_frame(), 0.0)
    assert not receiver.report().starts_with_key


def test_a_second_publish_may_start_its_clock_anew(receiver: Receiver) -> None:
    show(receiver, 0, 33)
    receiver.pause_publish()
    receiver.start_publish()
    show(receiver, 0, 33)
    receiver.flush(0.0)
    report = receiver.report()
    assert (report.publishes, report.timestamps_back, report.starts_with_key) == (2, 0, True)
