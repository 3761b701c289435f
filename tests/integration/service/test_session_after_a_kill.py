"""A service that is killed in the middle of a broadcast: the next one takes it up again, or says honestly where it broke off."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.multistream.going_on_file import FILE_NAME
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.timelines import INTERRUPTED_CODE, RESUMED_CODE
from tests.integration.recording.clips import flv_clip
from tests.integration.relay.peers import Platform
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.sessions_stage import INGEST_KEY, Service, publishing, serving
from tests.unit.service.multistream.fakes import FakeSecrets

PROJECT = Path(__file__).parents[3]
PROCESS = (sys.executable, "-m", "tests.integration.service.session_process")
PLATFORMS = 3
FILM = flv_clip(seconds=3)
PROMISED_LOSS_MS = 1_000
ALL_LIVE_AGAIN_S = 3.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Killed:
    """What a service left that was killed."""

    session_id: str
    ingest_port: int
    sent_ms: int
    platforms: list[Platform]


@asynccontextmanager
async def killed(home: Path) -> AsyncIterator[Killed]:
    """Broadcast to three platforms for two seconds, and kill the service; the platforms stay."""
    async with AsyncExitStack() as stack:
        platforms = [await stack.enter_async_context(Platform()) for _ in range(PLATFORMS)]
        command = [*PROCESS, str(home), *(str(platform.port) for platform in platforms)]
        process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220
        with process:
            try:
                assert process.stdout is not None
                port, session_id = (await asyncio.to_thread(process.stdout.readline)).split()
                async with publishing(int(port), INGEST_KEY, FILM) as encoder:
                    await eventually(lambda: is_shown(platforms) and encoder.sent > 2_000, patience_s=30)
                    sent_ms = encoder.sent
                    process.kill()
            finally:
                process.kill()
        yield Killed(session_id, int(port), sent_ms, platforms)


def is_shown(platforms: list[Platform]) -> bool:
    return all(platform.connections and platform.last.pictures for platform in platforms)


def keys() -> FakeSecrets:
    """Return the keys as the killed service had them."""
    return FakeSecrets(
        **{f"ep{number}": f"key-of-ep{number}-4711" for number in range(1, PLATFORMS + 1)},
        **{f"ref-{PLATFORMS + 1}": INGEST_KEY},
    )


def all_live(service: Service) -> bool:
    running = service.sessions.running
    assert running is not None
    lights = running.broadcast.relay.destinations
    return len(lights) == PLATFORMS and all(each.state is DestinationState.LIVE for each in lights)


def test_the_broadcast_goes_on_under_its_id_and_what_was_recorded_is_kept(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with killed(tmp_path) as left:
            died_s = time.monotonic()
            async with serving(tmp_path, keys()) as service:
                running = service.sessions.running
                assert running is not None
                assert running.session.id == left.session_id
                assert running.session.ending is None
                assert running.broadcast.elapsed_s > 1.0, "its time does not begin anew"
                async with publishing(left.ingest_port, INGEST_KEY, FILM) as encoder:
                    await eventually(lambda: all_live(service), patience_s=20)
                    again_s = time.monotonic() - died_s
                    await eventually(lambda: encoder.sent > 1_500, patience_s=20)
                    ended = await service.sessions.stop(None)
                assert ended is not None
                assert [each.status for each in ended.assets] == [AssetStatus.RECOVERED, AssetStatus.READY]
                loss_ms = left.sent_ms - ended.assets[0].duration_ms
                logger.info("all live again after %.2f s; %d ms were not recorded", again_s, loss_ms)
                assert loss_ms <= PROMISED_LOSS_MS
                assert again_s <= ALL_LIVE_AGAIN_S
                await tells_of_the_gap(service, left.session_id)

    asyncio.run(scenario())


async def tells_of_the_gap(service: Service, session_id: str) -> None:
    timelines = await service.store.read(lambda tables: tables.timelines.of(session_id))
    assert len(timelines) == PLATFORMS
    for timeline in timelines:
        codes = [change.cause.code for change in timeline.changes if change.cause is not None]
        assert [code for code in codes if code in (INTERRUPTED_CODE, RESUMED_CODE)] == [
            INTERRUPTED_CODE,
            RESUMED_CODE,
        ]
        assert timeline.last_state is DestinationState.LIVE


def test_a_broadcast_that_broke_off_long_ago_stays_over_and_its_recording_is_kept(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with killed(tmp_path) as left:
            record = tmp_path / "data" / FILE_NAME
            os.utime(record, (time.time() - 90, time.time() - 90))
            async with serving(tmp_path, keys()) as service:
                assert service.sessions.running is None
                ended = await service.sessions.stop(left.session_id)
                assert ended is not None
                assert ended.session.ending is SessionEnding.INTERRUPTED
                [replay] = ended.assets
                assert (replay.status, ended.session.asset_id) == (AssetStatus.RECOVERED, replay.id)
                assert not await asyncio.to_thread(record.exists)

    asyncio.run(scenario())


def test_keys_that_died_with_the_service_are_missed_in_red_and_said(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with killed(tmp_path), serving(tmp_path, FakeSecrets()) as service:
            running = service.sessions.running
            assert running is not None
            lights = running.broadcast.relay.destinations
            assert {(each.state, each.cause.code) for each in lights if each.cause} == {
                (DestinationState.REJECTED, "no-key")
            }
            assert len(lights) == PLATFORMS
            service.secrets.keys["ep1"] = Secret("key-of-ep1-4711")
            await service.sessions.endpoints_changed()
            assert service.light("Platform 1").state is DestinationState.OFF
            await service.sessions.stop(None)

    asyncio.run(scenario())
