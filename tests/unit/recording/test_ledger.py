"""What became of the files and of the holes between them."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.recording.ledger import PartLedger
from powerstream_desktop.recording.snapshot import GapReason, RecordingGap, RecordingPart


def part(number: int, *, duration_s: float = 2.0, size_bytes: int = 100) -> RecordingPart:
    return RecordingPart(
        path=Path(f"{number}.recording.mp4"), duration_s=duration_s, size_bytes=size_bytes, is_finished=False
    )


def test_files_are_told_in_order_whichever_is_finished_first() -> None:
    ledger = PartLedger()
    for number in (1, 2, 3):
        ledger.add(number, part(number), durable_ms=1_500)
    assert (ledger.duration_ms, ledger.durable_ms, ledger.size_bytes) == (6_000, 4_500, 300)
    ledger.note_finished(3, Path("3.mp4"), 130)
    ledger.note_finished(1, Path("1.mp4"), 110)
    assert [(each.path.name, each.is_finished, each.size_bytes) for each in ledger.parts] == [
        ("1.mp4", True, 110),
        ("2.recording.mp4", False, 100),
        ("3.mp4", True, 130),
    ]
    assert (ledger.duration_ms, ledger.durable_ms, ledger.size_bytes) == (6_000, 5_500, 340)


def test_a_hole_reaches_from_what_is_missing_to_the_next_file() -> None:
    ledger = PartLedger()
    ledger.begin_gap(GapReason.DISK_LOST, start_ms=11_500, frames=20, left_out=5)
    ledger.end_gap(end_ms=13_000, origin_ms=1_000, left_out=35)
    assert ledger.gaps == (
        RecordingGap(start_s=10.5, duration_s=1.5, dropped_frames=50, reason=GapReason.DISK_LOST),
    )


def test_frames_left_out_in_a_pause_were_not_wanted_and_are_not_missed() -> None:
    ledger = PartLedger()
    ledger.begin_gap(GapReason.PAUSED, start_ms=2_000, left_out=0)
    ledger.end_gap(end_ms=9_000, origin_ms=0, left_out=400)
    assert ledger.gaps == (
        RecordingGap(start_s=2.0, duration_s=7.0, dropped_frames=0, reason=GapReason.PAUSED),
    )


def test_a_hole_that_has_not_ended_keeps_its_first_moment() -> None:
    ledger = PartLedger()
    ledger.begin_gap(GapReason.FILE_LOST, start_ms=2_000, left_out=0)
    ledger.begin_gap(GapReason.DISK_LOST, start_ms=5_000, left_out=0)
    assert not ledger.gaps
    ledger.end_gap(end_ms=6_000, origin_ms=0, left_out=0)
    ledger.end_gap(end_ms=8_000, origin_ms=0, left_out=0)
    assert [(gap.start_s, gap.reason) for gap in ledger.gaps] == [(2.0, GapReason.FILE_LOST)]


def test_files_that_join_leave_no_hole() -> None:
    ledger = PartLedger()
    ledger.end_gap(end_ms=6_000, origin_ms=0, left_out=0)
    ledger.begin_gap(GapReason.DISK_LOST, start_ms=6_000, left_out=0)
    ledger.end_gap(end_ms=6_000, origin_ms=0, left_out=0)
    assert ledger.gaps == ()
