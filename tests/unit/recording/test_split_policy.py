"""When a file has had enough."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.split_policy import SplitPolicy


def test_a_file_is_split_after_an_hour_or_before_it_outgrows_fat32() -> None:
    policy = SplitPolicy.of(RecordingOptions(folder=Path("videos")))
    assert not policy.is_due(part_ms=3_599_960, part_bytes=3_899_999_999)
    assert policy.is_due(part_ms=3_600_000, part_bytes=0)
    assert policy.is_due(part_ms=0, part_bytes=3_900_000_000)


def test_a_key_frame_of_the_very_second_splits_although_its_time_was_rounded() -> None:
    policy = SplitPolicy(after_ms=1_000, at_bytes=None)
    assert policy.is_due(part_ms=999, part_bytes=0)
    assert not policy.is_due(part_ms=967, part_bytes=0)


def test_a_group_of_pictures_and_an_index_fit_below_the_limit_of_fat32() -> None:
    policy = SplitPolicy.of(RecordingOptions(folder=Path("videos")))
    ten_seconds_of_50_mbit, index = 10 * 50_000_000 // 8, 32_000_000
    assert policy.at_bytes is not None
    assert policy.at_bytes + ten_seconds_of_50_mbit + index < 2**32


def test_without_limits_it_is_never_split() -> None:
    policy = SplitPolicy.of(RecordingOptions(folder=Path("videos"), split_after_s=None, split_at_bytes=None))
    assert not policy.is_due(part_ms=10**9, part_bytes=10**13)
