"""The replays that a session becomes: one for each file, named, dated, and with the markers of its time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import Fault
from powerstream_desktop.recording.snapshot import RecordingCause, RecordingPart, RecordingResult
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.replays import (
    RecordedPiece,
    keep_replays,
    pieces_of,
    replays_of,
)
from tests.unit.service.store.rows import later, opened, session, station

FULL = RecordingCause(fault=Fault.SYSTEM, title="The disk is full.", hint="Free some space.")


def result(*durations_s: float, rest_s: float | None = None, after_s: float = 0.0) -> RecordingResult:
    """Return what became of a recording with finished parts and, perhaps, one that was given up."""
    parts = [
        RecordingPart(
            path=Path(f"/videos/{number}.mp4"), begins_s=begins_s, duration_s=duration_s, size_bytes=1000
        )
        for number, (duration_s, begins_s) in enumerate(
            zip(durations_s, itertools.accumulate(durations_s, initial=0.0), strict=False), 1
        )
    ]
    if rest_s is not None:
        parts.append(
            RecordingPart(
                path=Path("/videos/rest.recording.mp4"),
                begins_s=sum(durations_s),
                duration_s=rest_s,
                size_bytes=77,
                is_finished=False,
            )
        )
    return RecordingResult(
        state=RecordingState.FINALISED if rest_s is None else RecordingState.FAILED,
        path=parts[0].path if parts else None,
        parts=tuple(parts),
        began_at=later(after_s),
        duration_s=sum(durations_s) + (rest_s or 0),
        size_bytes=1000 * len(durations_s) + (0 if rest_s is None else 77),
        gaps=(),
        dropped_frames=0,
        cause=None if rest_s is None else FULL,
    )


def test_each_part_of_a_recording_begins_where_the_one_before_ends() -> None:
    pieces = pieces_of([result(10.0, 20.5, after_s=5), result(1.0, after_s=100)])
    assert [(each.file.name, each.began_at, each.duration_ms) for each in pieces] == [
        ("1.mp4", later(5), 10_000),
        ("2.mp4", later(15), 20_500),
        ("1.mp4", later(100), 1_000),
    ]
    assert {each.status for each in pieces} == {AssetStatus.READY}


def test_a_part_behind_a_pause_begins_when_it_went_on() -> None:
    before, after = result(10.0, 20.0).parts
    paused = replace(result(10.0, 20.0), parts=(before, replace(after, begins_s=70.0)))
    assert [each.began_at for each in pieces_of([paused])] == [later(0), later(70)]


def test_a_file_that_was_given_up_is_kept_as_failed() -> None:
    *_, rest = pieces_of([result(10.0, rest_s=4.0)])
    assert rest == RecordedPiece(
        file=Path("/videos/rest.recording.mp4"),
        began_at=later(10),
        duration_ms=4_000,
        size_bytes=77,
        status=AssetStatus.FAILED,
    )


def test_a_recording_of_nothing_becomes_no_replay() -> None:
    assert pieces_of([replace(result(), path=None, began_at=None)]) == ()


@pytest.mark.parametrize(
    ("title", "station_name", "expected"),
    [
        ("Evening", "News", "Evening"),
        ("", "News", f"News, {later(0).astimezone().date()}"),
        ("", "", f"Broadcast, {later(0).astimezone().date()}"),
    ],
)
def test_a_replay_is_called_after_its_session(title: str, station_name: str, expected: str) -> None:
    [replay] = replays_of(
        replace(session(), title=title), station_name, pieces_of([result(1.0)]), lambda: "as1"
    )
    assert replay.title == expected
    assert (replay.session_id, replay.recorded_at, replay.file) == ("se1", later(0), "/videos/1.mp4")


@pytest.fixture
def tables(tmp_path: Path) -> Iterator[Tables]:
    with opened(tmp_path) as tables:
        tables.stations.add(station())
        tables.sessions.begin(session())
        yield tables


def test_replays_stand_in_the_order_of_time_with_the_markers_of_theirs(tables: Tables) -> None:
    ids = (f"as{number}" for number in itertools.count(1))
    pieces = (*pieces_of([result(60.0, after_s=100)]), *pieces_of([result(30.0, after_s=10)]))
    for offset_s in (2, 15, 120):
        marker = Marker(id=f"m{offset_s}", session_id="se1", offset_ms=offset_s * 1000)
        tables.markers.add(marker)
    kept = keep_replays(tables, session(), replays_of(session(), "News", pieces, lambda: next(ids)))
    assert [(each.title, each.recorded_at) for each in kept] == [
        ("Evening", later(10)),
        ("Evening, part 2", later(100)),
    ]
    assert tables.sessions.get("se1").asset_id == "as1"
    markers = tables.markers.of_assets(["as1", "as2"])
    assert [[each.id for each in markers[asset_id]] for asset_id in ("as1", "as2")] == [
        ["m2", "m15"],
        ["m120"],
    ]


def test_a_session_without_a_recording_has_no_replay(tables: Tables) -> None:
    assert keep_replays(tables, session(), ()) == ()
    assert tables.sessions.get("se1").asset_id is None
