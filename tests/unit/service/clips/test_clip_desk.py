"""Wishes for clips, and what becomes of them."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.library.clips.cut_request import ClipMode, CutRequest
from powerstream_desktop.recording.snapshot import RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.service.clips.clip import ClipWish
from powerstream_desktop.service.clips.clip_desk import MAX_WAITING
from powerstream_desktop.service.clips.clip_place import ClipPlace
from powerstream_desktop.service.clips.clip_states import ClipState
from powerstream_desktop.service.multistream.session_request import RunningSession, SessionRequest
from powerstream_desktop.service.store.assets import AssetStatus, ClipSource
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from tests.unit.service.api.running_session import running_session
from tests.unit.service.clips.clip_workbench import PATIENCE_S, Bench, tell
from tests.unit.service.store.rows import NOW, later, session

WISH = ClipWish(start_ms=26_000, end_ms=30_000)


def test_a_clip_becomes_a_replay_beside_its_source(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add(title="Evening show", station_id=None, user_id="us1")
        bench.cutter.may_go_on.set()
        clip = await bench.desk.make("as1", WISH)
        assert clip.state is ClipState.QUEUED
        done = await bench.over(clip)
        assert (done.state, done.progress, done.error) == (ClipState.DONE, 1.0, None)
        kept = await bench.store.read(lambda tables: tables.assets.get(done.result_asset_id or ""))
        file = bench.shows / "as1 clip 00-00-25.mp4"
        assert (kept.file, kept.status, kept.size_bytes) == (str(file), AssetStatus.READY, 10)
        assert file.read_bytes() == b"whole clip"
        assert kept.clip_of == ClipSource(asset_id="as1", start_ms=25_900, end_ms=30_000)
        assert (kept.title, kept.user_id, kept.duration_ms) == ("Evening show, 00:00:26", "us1", 4100)
        assert kept.recorded_at == NOW + timedelta(milliseconds=25_900)
        assert sorted(each.name for each in bench.shows.iterdir()) == ["as1 clip 00-00-25.mp4", "as1.mp4"]
        assert bench.turned == [
            (clip.id, ClipState.QUEUED),
            (clip.id, ClipState.RUNNING),
            (clip.id, ClipState.DONE),
        ]

    tell(tmp_path, story)


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        (bench.shows / "as1 clip 00-00-25.mp4").write_bytes(b"another")
        bench.cutter.may_go_on.set()
        await bench.over(await bench.desk.make("as1", WISH))
        assert (bench.shows / "as1 clip 00-00-25.mp4").read_bytes() == b"another"
        assert (bench.shows / "as1 clip 00-00-25 (2).mp4").read_bytes() == b"whole clip"

    tell(tmp_path, story)


def test_an_upright_clip_is_exact_and_says_so_in_its_name(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        bench.cutter.may_go_on.set()
        await bench.over(await bench.desk.make("as1", replace(WISH, centre_x=0.25, title="Tall")))
        assert bench.cutter.requests[0].mode is ClipMode.EXACT
        assert bench.cutter.requests[0].centre_x == 0.25
        assert (bench.shows / "as1 clip 00-00-25 9x16.mp4").exists()

    tell(tmp_path, story)


def test_one_clip_is_cut_at_a_time_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        first, second = [await bench.desk.make("as1", replace(WISH, title=title)) for title in "ab"]
        await bench.cutter.has_begun.wait()
        assert [each.state for each in bench.desk.all()] == [ClipState.QUEUED, ClipState.RUNNING]
        assert bench.desk.is_busy
        bench.cutter.may_go_on.set()
        await bench.over(second)
        ended = [clip_id for clip_id, state in bench.turned if state is ClipState.DONE]
        assert ended == [first.id, second.id]
        assert not bench.desk.is_busy

    tell(tmp_path, story)


@pytest.mark.parametrize("error", [UserError("The film is damaged."), SystemFault("The disk is full.")])
def test_a_clip_that_cannot_be_made_says_why_and_the_next_one_gets_its_turn(
    tmp_path: Path, error: Exception
) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        bench.cutter.refuses = error
        bench.cutter.may_go_on.set()
        failed = await bench.over(await bench.desk.make("as1", WISH))
        assert (failed.state, failed.error) == (ClipState.FAILED, error)
        assert [each.name for each in bench.shows.iterdir()] == ["as1.mp4"]
        bench.cutter.refuses = None
        assert (await bench.over(await bench.desk.make("as1", WISH))).state is ClipState.DONE

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_mistake_of_ours_costs_one_clip(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        bench.cutter.refuses = KeyError("x")
        bench.cutter.may_go_on.set()
        failed = await bench.over(await bench.desk.make("as1", WISH))
        assert failed.state is ClipState.FAILED
        assert isinstance(failed.error, BugError)

    tell(tmp_path, story)


def test_a_clip_that_waits_can_be_done_without(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        waiting = await bench.desk.make("as1", WISH)
        assert (await bench.desk.cancel(waiting.id)).state is ClipState.CANCELLED
        bench.cutter.may_go_on.set()
        assert len(bench.cutter.requests) == 1

    tell(tmp_path, story)


def test_of_a_clip_that_is_given_up_nothing_is_left(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        clip = await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        assert (await bench.desk.cancel(clip.id)).state is ClipState.CANCELLED
        assert bench.cutter.was_given_up == 1
        assert [each.name for each in bench.shows.iterdir()] == ["as1.mp4"]
        assert (await bench.desk.cancel(clip.id)).state is ClipState.CANCELLED

    tell(tmp_path, story)


def test_a_clip_that_is_given_up_while_its_folder_is_made_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, begun, go_on = ClipPlace.make, threading.Event(), threading.Event()

    def make_slowly(place: ClipPlace) -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        make(place)

    monkeypatch.setattr(ClipPlace, "make", make_slowly)

    async def story(bench: Bench) -> None:
        await bench.add()
        clip = await bench.desk.make("as1", WISH)
        await asyncio.to_thread(begun.wait, PATIENCE_S)
        giving_up = asyncio.ensure_future(bench.desk.cancel(clip.id))
        await asyncio.sleep(0)
        go_on.set()
        assert (await giving_up).state is ClipState.CANCELLED
        assert [each.name for each in bench.shows.iterdir()] == ["as1.mp4"]
        assert bench.cutter.requests == []

    tell(tmp_path, story)


def test_a_clip_that_is_in_the_library_is_done_also_when_it_is_given_up_at_that_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove, begun, go_on = ClipPlace.remove, threading.Event(), threading.Event()

    def remove_slowly(place: ClipPlace) -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        remove(place)

    monkeypatch.setattr(ClipPlace, "remove", remove_slowly)

    async def story(bench: Bench) -> None:
        await bench.add()
        bench.cutter.may_go_on.set()
        clip = await bench.desk.make("as1", WISH)
        await asyncio.to_thread(begun.wait, PATIENCE_S)
        giving_up = asyncio.ensure_future(bench.desk.cancel(clip.id))
        await asyncio.sleep(0)
        go_on.set()
        done = await giving_up
        assert done.state is ClipState.DONE
        kept = await bench.store.read(lambda tables: tables.assets.get(done.result_asset_id or ""))
        assert kept.file == str(bench.shows / "as1 clip 00-00-25.mp4")

    tell(tmp_path, story)


def test_a_clip_that_is_done_stays_when_it_is_given_up(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        bench.cutter.may_go_on.set()
        done = await bench.over(await bench.desk.make("as1", WISH))
        assert (await bench.desk.cancel(done.id)) == done
        with pytest.raises(UnknownRecordError):
            await bench.desk.cancel("nothing")

    tell(tmp_path, story)


def test_the_end_of_the_desk_gives_up_what_waits_and_what_runs(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        for _ in range(2):
            await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        await bench.desk.aclose()
        assert [each.state for each in bench.desk.all()] == [ClipState.CANCELLED] * 2
        assert [each.name for each in bench.shows.iterdir()] == ["as1.mp4"]
        await bench.desk.aclose()

    tell(tmp_path, story)


@pytest.mark.parametrize(("start_ms", "end_ms"), [(5, 5), (9, 5), (60_000, 61_000)])
def test_what_is_no_piece_of_the_replay_is_refused_at_once(
    tmp_path: Path, start_ms: int, end_ms: int
) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        with pytest.raises(UserError):
            await bench.desk.make("as1", ClipWish(start_ms=start_ms, end_ms=end_ms))
        assert bench.desk.all() == ()

    tell(tmp_path, story)


@pytest.mark.parametrize("fields", [{"file": None}, {"status": AssetStatus.MISSING}])
def test_a_replay_whose_film_is_not_here_cannot_be_cut(tmp_path: Path, fields: dict[str, Any]) -> None:
    async def story(bench: Bench) -> None:
        await bench.add(**fields)
        with pytest.raises(UserError, match="not on this computer"):
            await bench.desk.make("as1", WISH)
        with pytest.raises(UnknownRecordError):
            await bench.desk.make("as2", WISH)

    tell(tmp_path, story)


def test_too_many_clips_do_not_pile_up(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        for _ in range(MAX_WAITING):
            await bench.desk.make("as1", WISH)
        with pytest.raises(ConflictError):
            await bench.desk.make("as1", WISH)

    tell(tmp_path, story)


def test_clips_of_a_film_whose_folder_cannot_be_written_to_go_to_the_recordings(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add(file=str(tmp_path / "gone" / "film.mp4"))
        bench.cutter.may_go_on.set()
        assert (await bench.over(await bench.desk.make("as1", WISH))).state is ClipState.DONE
        assert [each.name for each in bench.spare.iterdir()] == ["film clip 00-00-25.mp4"]

    tell(tmp_path, story)


def test_progress_only_grows_and_is_told_some_times_a_second(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        bench.clock[0] = 100.0
        bench.cutter.shares = (0.1, 0.2, 0.15)
        clip = await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        assert bench.progressed == [0.1]
        assert bench.desk.of_asset("as1")[0].progress == 0.2
        assert bench.desk.of_asset("as2") == ()
        bench.cutter.may_go_on.set()
        await bench.over(clip)

    tell(tmp_path, story)


def test_the_last_seconds_on_air_are_cut_from_the_recording_that_is_written(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        growing = bench.shows / "Show.recording.mp4"
        growing.write_bytes(b"fragments")
        bench.running[0] = on_air(growing)
        await bench.store.write(lambda tables: tables.sessions.begin(session("se1")))
        bench.cutter.may_go_on.set()
        clip = await bench.desk.make_live(30.0)
        assert (clip.source.asset_id, clip.request.last_ms) == (None, 30_000)
        assert (clip.request.start_ms, clip.request.end_ms) == (20_000, 50_000)
        done = await bench.over(clip)
        kept = await bench.store.read(lambda tables: tables.assets.get(done.result_asset_id or ""))
        assert kept.file == str(bench.shows / "Show clip 00-00-19.mp4")
        assert kept.clip_of is None
        assert kept.recorded_at == later(10 + 19.9)
        assert kept.title.startswith("Evening, ")

    tell(tmp_path, story)


def test_the_last_seconds_are_those_before_the_wish_however_long_it_has_to_wait(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        growing = bench.shows / "Show.recording.mp4"
        growing.write_bytes(b"fragments")
        bench.running[0] = on_air(growing)
        await bench.store.write(lambda tables: tables.sessions.begin(session("se1")))
        bench.clock[0] = 100.0
        await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        clip = await bench.desk.make_live(30.0)
        bench.clock[0] += 45.0
        bench.cutter.may_go_on.set()
        await bench.over(clip)
        assert (bench.cutter.requests[1].last_ms, bench.cutter.requests[1].late_ms) == (30_000, 45_000)
        assert bench.cutter.requests[1].reach_ms == 75_000

    tell(tmp_path, story)


def test_the_last_seconds_of_a_recording_that_is_finished_meanwhile_are_cut_from_its_film(
    tmp_path: Path,
) -> None:
    async def story(bench: Bench) -> None:
        await bench.add()
        growing = bench.shows / "Show.recording.mp4"
        growing.write_bytes(b"fragments")
        bench.running[0] = on_air(growing)
        await bench.store.write(lambda tables: tables.sessions.begin(session("se1")))
        await bench.desk.make("as1", WISH)
        await bench.cutter.has_begun.wait()
        clip = await bench.desk.make_live(30.0)
        finished = growing.rename(bench.shows / "Show.mp4")
        bench.cutter.may_go_on.set()
        await bench.over(clip)
        assert bench.cutter.sources[1] == finished
        assert bench.cutter.requests[1] == CutRequest(start_ms=20_000, end_ms=50_000)

    tell(tmp_path, story)


def test_while_nothing_is_recorded_there_is_no_clip_of_it(tmp_path: Path) -> None:
    async def story(bench: Bench) -> None:
        with pytest.raises(ConflictError):
            await bench.desk.make_live(30.0)
        bench.running[0] = on_air(None)
        with pytest.raises(ConflictError):
            await bench.desk.make_live(30.0)

    tell(tmp_path, story)


def on_air(recording: Path | None) -> RunningSession:
    """Return a broadcast whose recording's second file has begun after 10 of its 60 seconds."""
    running = running_session(SessionRequest(title="Evening"))
    written = None
    if recording is not None:
        written = RecordingSnapshot(
            state=RecordingState.RECORDING,
            path=recording,
            part_begins_s=10.0,
            began_at=NOW,
            duration_s=60.0,
        )
    return replace(running, broadcast=replace(running.broadcast, recording=written))
