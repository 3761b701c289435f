"""A replay is written down beside its file, counted, and told, whoever made it."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.asset_gaps import AssetGap, DestinationGap
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import SessionDestination, StateChange
from powerstream_desktop.service.vod import quiet_hash, vod_service
from powerstream_desktop.service.vod.replays import RecordedPiece
from tests.unit.service.store.rows import later, session, station
from tests.unit.service.vod.stage import Library, tell, until


def on_air(tables: Tables) -> None:
    """Write a session that Kick had an outage in, with three markers."""
    tables.stations.add(station())
    tables.sessions.begin(session("se1", station_id="st1"))
    for offset_ms, label in ((1_000, "Intro"), (70_000, ""), (130_000, "Goal")):
        tables.markers.add(Marker(id=f"m{offset_ms}", session_id="se1", offset_ms=offset_ms, label=label))
    tables.timelines.join("se1", SessionDestination(endpoint_id="e1", name="Kick", platform="kick"))
    for second, state in (
        (0, DestinationState.LIVE),
        (80, DestinationState.RETRYING),
        (90, DestinationState.LIVE),
    ):
        tables.timelines.note_change("se1", "e1", StateChange(at=later(second), state=state))


def piece(file: Path, begins_s: float, length_s: float) -> RecordedPiece:
    return RecordedPiece(
        file=file,
        began_at=later(begins_s),
        duration_ms=round(length_s * 1000),
        size_bytes=file.stat().st_size,
        status=AssetStatus.READY,
        gaps=(AssetGap(start_ms=5, end_ms=9, reason="slow_disk"),),
    )


def test_what_a_session_recorded_becomes_replays_that_are_written_down_whole(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.store.write(on_air)
        files = [library.film("show.mkv"), library.film("show part 2.mkv", b"more")]
        pieces = [piece(files[0], 2, 58), piece(files[1], 60, 90)]
        kept, ended = await library.vod.keep(
            session("se1", station_id="st1"),
            pieces,
            lambda tables: tables.sessions.end("se1", later(200), SessionEnding.STOPPED),
        )
        assert ended.ending is SessionEnding.STOPPED
        assert [("added", each.id) for each in kept] == library.told[:2]
        await until(lambda: all((beside := library.beside(file)) and beside.sha256 for file in files))
        first, second = map(library.beside, files)
        assert first is not None
        assert second is not None
        assert (first.title, first.station_name, first.duration_ms) == ("Evening", "News", 58_000)
        assert [(each.offset_ms, each.label) for each in first.markers] == [(0, "Intro")]
        assert [(each.offset_ms, each.label) for each in second.markers] == [(10_000, ""), (70_000, "Goal")]
        assert [(each.start_ms, each.reason) for each in first.gaps] == [(5, "slow_disk")]
        assert second.sha256 == hashlib.sha256(b"more").hexdigest()
        assert (await library.get(kept[1].id)).destination_gaps == (
            DestinationGap(destination="Kick", platform="kick", start_ms=20_000, end_ms=30_000),
        )

    tell(tmp_path, story)


def test_what_was_kept_already_is_not_kept_again(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        await library.store.write(on_air)
        pieces = [piece(library.film("show.mkv"), 2, 58)]
        for expected in (1, 0):
            kept, _ = await library.vod.keep(session("se1", station_id="st1"), pieces, lambda _: None)
            assert len(kept) == expected
        [replay] = await library.store.read(lambda tables: tables.assets.of_session("se1"))
        markers = await library.store.read(lambda tables: tables.markers.of_assets([replay.id]))
        assert len(markers[replay.id]) == 3

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_disk_that_hangs_does_not_keep_the_library_from_closing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    is_asked, may_go_on = threading.Event(), threading.Event()

    def hang(*_: object) -> None:
        is_asked.set()
        may_go_on.wait()

    async def story(library: Library) -> None:
        monkeypatch.setattr(vod_service, "write_sidecar", hang)
        await library.add("as1", library.film("show.mp4"))
        await until(is_asked.is_set)
        await library.vod.aclose(timeout_s=0.01)
        may_go_on.set()
        assert "not written beside" in caplog.text

    tell(tmp_path, story)


def test_what_is_said_of_a_replay_later_is_written_down_again(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        await library.add("as1", file)
        marker = Marker(id="m1", asset_id="as1", offset_ms=500, label="Cut here")
        await library.store.write(lambda tables: tables.markers.add(marker))
        library.vod.changed("as1")
        await until(lambda: bool((beside := library.beside(file)) and beside.markers))
        assert library.told[:2] == [("added", "as1"), ("changed", "as1")]

    tell(tmp_path, story)


def test_nothing_is_counted_while_something_is_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet_hash, "PAUSE_S", 0.001)

    async def story(library: Library) -> None:
        async def is_counted() -> bool:
            return (await library.get("as1")).sha256 is not None

        library.is_live = True
        await library.add("as1", library.film("show.mp4"))
        await until(lambda: library.asked_if_live > 3)
        assert not await is_counted()
        library.is_live = False
        await until(is_counted)

    tell(tmp_path, story)


def test_what_a_run_did_not_come_to_is_counted_by_the_next(tmp_path: Path) -> None:
    async def interrupted(library: Library) -> None:
        library.is_live = True
        await library.add("as1", library.film("show.mp4"))
        assert not (await library.get("as1")).sha256

    async def next_one(library: Library) -> None:
        async def is_counted() -> bool:
            return (await library.get("as1")).sha256 == hashlib.sha256(b"film").hexdigest()

        await until(is_counted)

    tell(tmp_path, interrupted)
    tell(tmp_path, next_one)


def test_a_replay_whose_disk_is_gone_leaves_nothing_where_it_was(tmp_path: Path) -> None:
    async def story(library: Library) -> None:
        file = library.film("show.mp4")
        added = await library.add("as1", file)
        await until(lambda: library.beside(file) is not None)
        file.unlink()
        for left in library.folder.iterdir():
            left.unlink()
        library.vod.changed(added.id)
        await library.vod.aclose()
        assert list(library.folder.iterdir()) == []

    tell(tmp_path, story)
