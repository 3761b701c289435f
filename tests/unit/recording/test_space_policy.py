"""Free space as time."""

from __future__ import annotations

import pytest

from powerstream_desktop.recording.space_policy import LEAST_FREE_BYTES, ByteRate, judge_space
from powerstream_desktop.recording.warning import RecordingWarning

W = RecordingWarning
FAST = 10_000_000.0
"""So much that two minutes are more than the least that must be free."""


def test_the_rate_is_that_of_the_last_minute() -> None:
    rate = ByteRate()
    for second in range(100):
        rate.note(media_ms=second * 1000, size_bytes=second * 1_000)
    for second in range(100, 200):
        rate.note(media_ms=second * 1000, size_bytes=100_000 + (second - 100) * 5_000)
    assert rate.bytes_per_s == pytest.approx(5_000)


def test_the_rate_is_unknown_until_some_seconds_are_measured() -> None:
    rate = ByteRate()
    assert rate.bytes_per_s is None
    rate.note(media_ms=0, size_bytes=0)
    rate.note(media_ms=4_999, size_bytes=100_000)
    assert rate.bytes_per_s is None
    rate.note(media_ms=5_000, size_bytes=100_000)
    assert rate.bytes_per_s == pytest.approx(20_000)


def test_a_recording_that_does_not_grow_has_no_rate() -> None:
    rate = ByteRate()
    rate.note(media_ms=0, size_bytes=500)
    rate.note(media_ms=60_000, size_bytes=500)
    assert rate.bytes_per_s is None


@pytest.mark.parametrize(
    ("minutes", "warning"),
    [
        (31, None),
        (29, W.SPACE_SHORT),
        (11, W.SPACE_SHORT),
        (9, W.SPACE_LOW),
        (2.1, W.SPACE_LOW),
        (1.9, W.SPACE_OUT),
    ],
)
def test_there_are_warnings_at_thirty_and_ten_minutes_and_an_end_at_two(
    minutes: float, warning: RecordingWarning | None
) -> None:
    verdict = judge_space(round(minutes * 60 * FAST), FAST, None)
    assert verdict.warning is warning
    assert verdict.room_s == pytest.approx(minutes * 60)


def test_a_slow_stream_is_closed_before_the_disk_is_too_full_for_others() -> None:
    assert judge_space(LEAST_FREE_BYTES - 1, 1_000.0, None).warning is W.SPACE_OUT
    assert judge_space(LEAST_FREE_BYTES - 1, None, None).warning is W.SPACE_OUT
    assert judge_space(LEAST_FREE_BYTES, None, None).warning is None


def test_what_nobody_knows_warns_nobody() -> None:
    verdict = judge_space(None, FAST, W.SPACE_LOW)
    assert (verdict.room_s, verdict.warning) == (None, None)


@pytest.mark.parametrize(
    ("before", "minutes", "after"),
    [
        (W.SPACE_SHORT, 32, W.SPACE_SHORT),
        (W.SPACE_SHORT, 34, None),
        (W.SPACE_LOW, 10.5, W.SPACE_LOW),
        (W.SPACE_LOW, 12, W.SPACE_SHORT),
        (W.SPACE_LOW, 32, W.SPACE_SHORT),
        (W.SPACE_SHORT, 10.5, W.SPACE_SHORT),
    ],
)
def test_a_warning_does_not_come_and_go_at_its_limit(
    before: RecordingWarning, minutes: float, after: RecordingWarning | None
) -> None:
    assert judge_space(round(minutes * 60 * FAST), FAST, before).warning is after


def test_every_warning_has_its_sentences() -> None:
    assert all(warning.title and warning.hint for warning in W)
    assert len({warning.title for warning in W}) == len(W)
