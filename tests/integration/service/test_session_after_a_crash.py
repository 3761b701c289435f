"""What the next service does with a broadcast that a crash has cut off."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.service.multistream import multistream_service
from powerstream_desktop.service.multistream.going_on_file import FILE_NAME
from powerstream_desktop.service.multistream.resume_record import ResumeRecord, going_on
from powerstream_desktop.service.multistream.session_tools import RunsBroadcast
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.vod.replays import RecordedPiece
from tests.integration.service.sessions_stage import (
    serving,
)
from tests.integration.service.troubled_broadcast import (
    GIVEN_UP,
    REQUEST,
    Opener,
)
from tests.unit.service.store import rows


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize(("error", "is_forgotten"), [(GIVEN_UP, True), (ZeroDivisionError("a bug"), False)])
def test_a_broadcast_that_cannot_go_on_after_a_crash_keeps_no_service_from_coming_up(
    tmp_path: Path, error: Exception, is_forgotten: bool
) -> None:
    def refuse(*_: object) -> RunsBroadcast:
        raise error

    async def scenario() -> None:
        async with serving(tmp_path) as service:
            record = service.paths.data / FILE_NAME
            await service.store.write(lambda tables: tables.sessions.begin(rows.session("se1")))
            ResumeRecord(service.paths.data).write(going_on("se1", REQUEST))
        async with serving(tmp_path, open_broadcast=refuse) as service:
            assert service.sessions.running is None
            ended = await service.sessions.stop("se1")
            assert ended is not None
            assert ended.session.ending is SessionEnding.INTERRUPTED
            assert await asyncio.to_thread(record.exists) is not is_forgotten

    asyncio.run(scenario())


def test_a_broadcast_that_older_data_do_not_know_stands_in_the_history_all_the_same(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            record = dataclasses.replace(going_on("se1", REQUEST), is_ending=True)
            ResumeRecord(service.paths.data).write(record)
        async with serving(tmp_path) as service:
            session = await service.store.read(lambda tables: tables.sessions.get("se1"))
            assert session.ending is SessionEnding.INTERRUPTED
            assert session.title == REQUEST.title
            await service.sessions.stop(None)
            assert not await asyncio.to_thread((service.paths.data / FILE_NAME).exists)

    asyncio.run(scenario())


def test_the_service_is_there_while_a_long_recording_is_made_whole_and_a_broadcast_waits_for_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            ResumeRecord(service.paths.data).write(replace(going_on("se1", REQUEST), is_ending=True))
        is_whole = asyncio.Event()

        async def slow(files: object) -> tuple[RecordedPiece, ...]:
            await is_whole.wait()
            return ()

        monkeypatch.setattr(multistream_service, "pieces_left_behind", slow)
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            record = service.paths.data / FILE_NAME
            starting = asyncio.create_task(service.sessions.start(REQUEST))
            for _ in range(20):
                await asyncio.sleep(0)
            assert opener.opened == 0
            was_saving = service.sessions.is_saving
            assert await asyncio.to_thread(ResumeRecord(service.paths.data).read) is not None
            is_whole.set()
            running = await starting
            assert (was_saving, service.sessions.is_saving) == (True, False)
            found = await asyncio.to_thread(ResumeRecord(service.paths.data).read)
            assert found is not None
            assert found.going_on.session_id == running.session.id
            assert await asyncio.to_thread(record.exists)

    asyncio.run(scenario())


def test_a_service_that_ends_meanwhile_leaves_it_to_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(files: object) -> tuple[RecordedPiece, ...]:
        await asyncio.Event().wait()
        return ()

    async def scenario() -> None:
        async with serving(tmp_path) as service:
            ResumeRecord(service.paths.data).write(replace(going_on("se1", REQUEST), is_ending=True))
        with monkeypatch.context() as patch:
            patch.setattr(multistream_service, "pieces_left_behind", endless)
            async with serving(tmp_path) as service:
                record = service.paths.data / FILE_NAME
        assert await asyncio.to_thread(record.exists)
        async with serving(tmp_path) as service:
            await service.sessions.stop(None)
            assert not await asyncio.to_thread(record.exists)

    asyncio.run(scenario())


@pytest.mark.parametrize("stays", ["is_ending", "stopped"])
def test_a_broadcast_that_somebody_had_ended_does_not_begin_again_after_a_crash(
    tmp_path: Path, stays: str
) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            await service.store.write(lambda tables: tables.sessions.begin(rows.session("se1")))
            record = going_on("se1", REQUEST)
            if stays == "stopped":
                at = rows.later(5)
                await service.store.write(
                    lambda tables: tables.sessions.end("se1", at, SessionEnding.STOPPED)
                )
            else:
                record = replace(record, is_ending=True)
            ResumeRecord(service.paths.data).write(record)
        opener = Opener()
        async with serving(tmp_path, open_broadcast=opener) as service:
            assert opener.opened == 0
            await service.sessions.stop(None)
            assert not await asyncio.to_thread((service.paths.data / FILE_NAME).exists)

    asyncio.run(scenario())
