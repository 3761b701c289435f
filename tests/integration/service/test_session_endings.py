"""How sessions end, whoever wants it and whatever fails meanwhile: once, with an answer for all, and kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.going_on_file import FILE_NAME
from powerstream_desktop.service.multistream.resume_record import ResumeRecord
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.store_faults import ConflictError, StoreFault
from tests.integration.recording.clips import flv_clip
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.sessions_stage import (
    INGEST_KEY,
    Service,
    serving,
)
from tests.integration.service.troubled_broadcast import (
    GIVEN_UP,
    REQUEST,
    Opener,
)


def test_two_who_stop_at_once_get_one_end_and_nothing_begins_meanwhile(tmp_path: Path) -> None:
    async def scenario() -> None:
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            await service.sessions.start(REQUEST)
            with pytest.raises(ConflictError, match="runs already"):
                await service.sessions.start(REQUEST)
            opener.last.may_end.clear()
            stops = [asyncio.create_task(service.sessions.stop(None)) for _ in range(2)]
            await eventually(lambda: opener.last.stops)
            running = service.sessions.running
            assert running is not None
            assert running.broadcast.state is BroadcastState.ENDING
            with pytest.raises(ConflictError, match="still ending") as caught:
                await service.sessions.start(REQUEST)
            assert caught.value.hint
            opener.last.may_end.set()
            first, second = await asyncio.gather(*stops)
            assert first == second
            assert (opener.last.stops, opener.opened) == (1, 1)
            await service.sessions.start(REQUEST)
            assert opener.opened == 2

    asyncio.run(scenario())


def test_a_broadcast_that_is_given_up_ends_its_session_as_failed_with_the_reason(tmp_path: Path) -> None:
    async def scenario() -> None:
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            running = await service.sessions.start(REQUEST)
            opener.last.give_up(GIVEN_UP)
            await eventually(lambda: service.sessions.running is None)
            ended = await service.sessions.stop(running.session.id)
            assert ended is not None
            assert ended.session.ending is SessionEnding.FAILED
            assert ended.session.ending_words == "The engine does not start. Restart the computer."

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
def test_a_bug_in_the_end_of_a_broadcast_leaves_no_session_open(tmp_path: Path) -> None:
    async def scenario() -> None:
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            await service.sessions.start(REQUEST)
            opener.last.breaks = True
            ended = await service.sessions.stop(None)
            assert ended is not None
            assert ended.session.ending is SessionEnding.FAILED
            assert "fault of ours" in ended.session.ending_words
            assert service.sessions.running is None

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
def test_a_bug_in_what_is_kept_of_a_broadcast_is_told_and_logged_and_another_one_can_begin(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            await service.sessions.start(REQUEST)
            opener.last.breaks_recordings = True
            with pytest.raises(BugError, match="fault of ours"):
                await service.sessions.stop(None)
            assert any(record.exc_info and "cannot be kept" in record.message for record in caplog.records)
            await service.sessions.start(REQUEST)
            assert opener.opened == 2

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize("is_restarted", [False, True])
def test_what_cannot_be_kept_at_the_end_is_kept_before_the_next_broadcast_or_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_restarted: bool
) -> None:
    async def refuse(*_: object) -> None:
        raise StoreFault("The disk with PowerStream's data is full.")

    async def replays(service: Service, session_id: str) -> list[AssetStatus]:
        found = await service.store.read(lambda tables: tables.assets.of_session(session_id))
        return [each.status for each in found]

    async def scenario() -> None:
        async with serving(tmp_path) as service:
            running = await service.sessions.start(replace(REQUEST, is_recorded=True))
            record = ResumeRecord(service.paths.data)
            async with service.published(film=flv_clip()):
                await eventually(lambda: (found := record.read()) and found.going_on.files, patience_s=20)
                with monkeypatch.context() as full:
                    full.setattr(service.store, "write", refuse)
                    with pytest.raises(StoreFault):
                        await service.sessions.stop(None)
            if not is_restarted:
                await service.sessions.start(REQUEST)
                assert await replays(service, running.session.id) == [AssetStatus.READY]
        async with serving(tmp_path) as service:
            await service.sessions.stop(running.session.id)
            assert await replays(service, running.session.id) == [AssetStatus.READY]

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
def test_a_bug_in_the_last_look_at_the_lights_keeps_nothing_on_the_air(tmp_path: Path) -> None:
    async def scenario() -> None:
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            await service.sessions.start(REQUEST)
            opener.last.breaks_lights = True
            ended = await service.sessions.stop(None)
            assert ended is not None
            assert ended.session.ending is SessionEnding.STOPPED
            assert opener.last.stops == 1

    asyncio.run(scenario())


def test_who_goes_away_while_it_begins_or_ends_does_not_keep_it_from_that(tmp_path: Path) -> None:
    async def scenario() -> None:
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            starting = asyncio.create_task(service.sessions.start(REQUEST))
            await asyncio.sleep(0)
            starting.cancel()
            await eventually(lambda: service.sessions.running is not None)
            opener.last.may_end.clear()
            stopping = asyncio.create_task(service.sessions.stop(None))
            await eventually(lambda: opener.last.stops)
            stopping.cancel()
            opener.last.may_end.set()
            await eventually(lambda: service.sessions.running is None)
            sessions = await service.store.read(lambda tables: tables.sessions.page(limit=5).rows)
            assert [each.ending for each in sessions] == [SessionEnding.STOPPED]

    asyncio.run(scenario())


def test_a_stop_that_comes_while_a_session_begins_ends_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            starting = asyncio.create_task(service.sessions.start(REQUEST))
            await asyncio.sleep(0)
            ended = await service.sessions.stop(None)
            assert ended is not None
            assert (await starting).session.id == ended.session.id
            assert service.sessions.running is None

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
def test_a_store_that_refuses_costs_the_timelines_and_not_the_broadcast(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            running = await service.sessions.start(REQUEST)
            await service.store.aclose()
            async with service.published():
                await eventually(lambda: is_live(service.sessions.running))
            with pytest.raises(SystemFault, match="closed"):
                await service.sessions.stop(None)
            assert service.sessions.running is None
        async with serving(tmp_path) as service:
            ended = await service.sessions.stop(running.session.id)
            assert ended is not None
            assert ended.session.ending is SessionEnding.INTERRUPTED
            assert service.sessions.running is None

    asyncio.run(scenario())


def is_live(running: object) -> bool:
    state: BroadcastState = running.broadcast.state  # type: ignore[attr-defined]
    return state is BroadcastState.LIVE


def test_a_session_that_runs_is_written_down_and_one_that_is_over_is_not(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            record = service.paths.data / FILE_NAME
            await service.sessions.start(REQUEST)
            assert INGEST_KEY not in await asyncio.to_thread(record.read_text)
            await service.sessions.stop(None)
            assert not await asyncio.to_thread(record.exists)

    asyncio.run(scenario())
