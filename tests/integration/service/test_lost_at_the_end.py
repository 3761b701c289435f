"""A destination that is lost when our own engine's broadcast ends: its light is off by then, and the summary says why all the same."""

from __future__ import annotations

import asyncio

from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSummary
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from tests.integration.relay.peers import endpoint
from tests.integration.relay.swift_loop import eventually

KEY = Secret("right_key_123456")
NOBODY = 1


async def broadcast_to_nobody() -> BroadcastSummary:
    config = engine_config(TestPictureContent(), program_video(size="320x180", bitrate_kbps=500))
    plan = BroadcastPlan(endpoints=(endpoint(NOBODY),), stream_key=KEY)
    clock = asyncio.get_running_loop().time
    engine = StudioEngine(lambda: config, clock)
    broadcast = Broadcast(plan, clock, engine=engine)
    await broadcast.start()
    try:
        await eventually(lambda: broadcast.snapshot().relay.destinations[0].cause, patience_s=20)
        assert broadcast.snapshot().engine_source == "test picture"
    finally:
        summary = await broadcast.stop()
        await engine.aclose()
    return summary


def test_the_summary_of_a_broadcast_says_why_a_destination_was_lost() -> None:
    summary = asyncio.run(broadcast_to_nobody())

    [light] = summary.relay.destinations
    assert summary.failure is None
    assert summary.cut_off == ("Platform",)
    assert light.state is DestinationState.OFF
    assert light.cause is not None
    assert light.cause.code == "refused"
