"""Files that are being recorded are written down, each with the time at which it began."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.recording.snapshot import RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.service.multistream.record_keeper import RecordKeeper, pieces_left_behind
from powerstream_desktop.service.multistream.resume_record import GoingOn, RecordedFile, ResumeRecord
from powerstream_desktop.service.store.assets import AssetStatus
from tests.unit.service.store.rows import NOW, later

FIRST = RecordingSnapshot(
    state=RecordingState.RECORDING, path=Path("/videos/show.recording.mp4"), began_at=NOW, duration_s=0.5
)
PART = replace(FIRST, path=Path("/videos/show part 2.recording.mp4"), part_begins_s=60.0)


@pytest.fixture
def keeper(tmp_path: Path) -> RecordKeeper:
    return RecordKeeper(ResumeRecord(tmp_path), GoingOn(session_id="se1"))


def test_each_file_is_kept_once_and_a_part_begins_behind_the_one_before(keeper: RecordKeeper) -> None:
    another = replace(FIRST, path=Path("/videos/later.recording.mp4"), began_at=later(300))
    for snapshot in (None, RecordingSnapshot(state=RecordingState.OPENING), FIRST, FIRST, PART, another):
        keeper.note_recording(snapshot)
    assert [(each.unfinished.name, each.began_at) for each in keeper.record.files] == [
        ("show.recording.mp4", later(0)),
        ("show part 2.recording.mp4", later(60)),
        ("later.recording.mp4", later(300)),
    ]


def test_the_time_of_being_live_goes_on_where_it_stood(keeper: RecordKeeper) -> None:
    keeper.note_live(0.0, later(5))
    assert (keeper.record.live_since, keeper.record.live_s(later(5))) == (None, 0.0)
    keeper.note_live(2.0, later(12))
    keeper.note_live(5.0, later(20))
    assert keeper.record.live_s(later(70)) == 60.0
    assert keeper.record.live_s(later(3)) == 0.0, "a clock that was set back"


def test_a_file_that_is_finished_already_is_not_looked_for(keeper: RecordKeeper) -> None:
    keeper.note_recording(replace(FIRST, path=Path("/videos/show.mp4")))
    assert keeper.record.files == ()


def test_what_changes_is_in_the_file_before_the_broadcast_is_over(tmp_path: Path) -> None:
    async def scenario() -> None:
        file = ResumeRecord(tmp_path)
        keeper = RecordKeeper(file, GoingOn(session_id="se1"))
        await keeper.start()
        keeper.note_endpoints(["ep1"])
        await keeper.note_ending()
        found = file.read()
        assert found is not None
        assert found.going_on == GoingOn(session_id="se1", endpoint_ids=("ep1",), is_ending=True)
        await keeper.aclose()
        await keeper.aclose()
        assert file.read() is None

    asyncio.run(scenario())


def test_a_file_that_is_gone_leaves_no_piece(tmp_path: Path) -> None:
    gone = RecordedFile(unfinished=tmp_path / "gone.recording.mp4", began=NOW.isoformat())
    assert asyncio.run(pieces_left_behind([gone])) == ()


def test_a_file_whose_disk_is_not_here_is_kept_as_failed(tmp_path: Path) -> None:
    away = RecordedFile(unfinished=tmp_path / "disk" / "show.recording.mp4", began=NOW.isoformat())
    [piece] = asyncio.run(pieces_left_behind([away]))
    assert (piece.file, piece.began_at, piece.status) == (away.unfinished, NOW, AssetStatus.FAILED)
