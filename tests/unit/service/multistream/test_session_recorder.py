"""Lights are written down whatever the store does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.multistream.chronicle import Chronicle
from powerstream_desktop.service.multistream.session_recorder import SessionRecorder
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import StoreFault
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.multistream.fakes import broadcast_snapshot, light
from tests.unit.service.store.rows import later, session

S = DestinationState


class Lights:
    """A session with one destination."""

    endpoint_ids: Mapping[str, str] = {"Twitch": "tw"}

    def __init__(self) -> None:
        self.now: tuple[DestinationSnapshot, ...] = (light(state=S.CONNECTING),)

    def snapshot(self) -> BroadcastSnapshot:
        return broadcast_snapshot(*self.now)


class RefusingStore(Store):
    """Refuses notes for as long as it is told to."""

    refuses = True
    refused = 0

    async def note(self, job: Callable[[Tables], Any]) -> Any:
        if self.refuses:
            self.refused += 1
            raise StoreFault("The disk is full.", hint="Free some space.")
        return await super().note(job)


async def opened(folder: Path) -> RefusingStore:
    store = RefusingStore(folder)
    await store.start()
    await store.write(lambda tables: tables.sessions.begin(session()))
    return store


async def turns() -> None:
    """Let what is due happen."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.allow_warning_logs
def test_what_the_store_refused_is_written_when_it_takes_it_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        store, lights, looks = await opened(tmp_path), Lights(), []
        recorder = SessionRecorder(
            "se1", lights, Chronicle(), store, lambda: later(0), lambda _: looks.append("look")
        )
        recorder.start()
        await turns()
        for state in (S.PUBLISHING, S.LIVE):
            lights.now = (light(state=state),)
            recorder.look_soon()
            recorder.look_soon()
            await turns()
        assert (store.refused, len(looks)) == (1, 3)
        store.refuses = False
        await recorder.aclose()
        await recorder.aclose()
        recorder.look_soon()
        [timeline] = await store.read(lambda tables: tables.timelines.of("se1"))
        assert [change.state for change in timeline.changes] == [S.CONNECTING, S.PUBLISHING, S.LIVE]
        assert len(timeline.figures) == 1
        await store.aclose()

    asyncio.run(scenario())


@pytest.mark.allow_warning_logs
def test_a_store_that_refuses_to_the_end_does_not_keep_the_session_from_ending(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = await opened(tmp_path)
        recorder = SessionRecorder("se1", Lights(), Chronicle(), store, lambda: later(0), lambda _: None)
        recorder.start()
        await recorder.aclose()
        assert store.refused >= 1
        assert await store.read(lambda tables: tables.timelines.of("se1")) == ()
        await store.aclose()

    asyncio.run(scenario())
