"""Sessions whose source is the studio: our own engine publishes, in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.life_cycle import EngineState
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.api.words_rtmp import destination_statuses
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.multistream.session_request import REHEARSAL_ID, SessionRequest
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.sessions import SessionEnding, SessionSource
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.sessions_stage import serving

REHEARSAL = "Built-in receiver"


def config() -> EngineConfig:
    return engine_config(TestPictureContent(), program_video(size="320x180", bitrate_kbps=500))


def test_a_rehearsal_goes_from_the_studio_to_the_built_in_receiver_and_becomes_a_replay(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        engine = StudioEngine(config, loop.time)

        def open_broadcast(
            plan: BroadcastPlan, source: SessionSource, on_turn: Callable[[], None]
        ) -> Broadcast:
            return Broadcast(plan, loop.time, on_turn, engine if source is SessionSource.STUDIO else None)

        async with serving(tmp_path, open_broadcast=open_broadcast) as service:
            running = await service.sessions.start(SessionRequest(is_rehearsal=True))
            assert running.endpoint_ids == {REHEARSAL: REHEARSAL_ID}
            assert [each.id for each in destination_statuses(running)] == [None]
            await eventually(lambda: service.light(REHEARSAL).state is DestinationState.LIVE, patience_s=30)
            await asyncio.sleep(1.0)
            ended = await service.sessions.stop(None)
        assert ended is not None
        assert ended.session.ending is SessionEnding.STOPPED
        assert [each.status for each in ended.assets] == [AssetStatus.READY]
        assert ended.assets[0].title.startswith("Broadcast, ")
        await engine.aclose()
        assert engine.snapshot.state is EngineState.STOPPED

    asyncio.run(scenario())
