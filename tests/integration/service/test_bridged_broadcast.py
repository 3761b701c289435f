"""A broadcast whose external encoder vanishes: what its state says, and what it does when nobody comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.states import BroadcastState
from tests.integration.relay.peers import Encoder, Platform
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = BroadcastState
KEY = "right_key_123456"
LIMIT_S = 10.0


@asynccontextmanager
async def broadcasting(platform: Platform, *, bridge_limit_s: float = LIMIT_S) -> AsyncIterator[Broadcast]:
    """Run a relay for external encoders."""
    plan = BroadcastPlan(
        endpoints=(platform.endpoint(),), stream_key=Secret(KEY), bridge_limit_s=bridge_limit_s
    )
    broadcast = Broadcast(plan, asyncio.get_running_loop().time)
    await broadcast.start()
    try:
        yield broadcast
    finally:
        await broadcast.stop()


async def publish(broadcast: Broadcast, *, key: str = KEY) -> Encoder:
    """Let an encoder come and show a picture."""
    port = int(broadcast.snapshot().ingest_url.rsplit(":", 1)[1].split("/")[0])
    encoder = await Encoder.connect(port, key)
    await encoder.starts()
    encoder.send_frame()
    return encoder


async def becomes(broadcast: Broadcast, state: BroadcastState) -> None:
    await eventually(lambda: broadcast.snapshot().state is state, patience_s=5.0)


@swiftly
async def test_a_session_bridges_until_the_encoder_is_back_and_its_clock_runs_on() -> None:
    async with Platform() as platform, broadcasting(platform) as broadcast:
        encoder = await publish(broadcast)
        await becomes(broadcast, S.LIVE)
        encoder.hang_up()
        await becomes(broadcast, S.BRIDGING)
        await let_pass(LIMIT_S - 2.0)
        snapshot = broadcast.snapshot()
        assert snapshot.elapsed_s > LIMIT_S - 2.0
        assert snapshot.relay.ingest.bridging_s == pytest.approx(LIMIT_S - 2.0, abs=1.0)
        await publish(broadcast)
        await becomes(broadcast, S.LIVE)
        assert len(platform.connections) == 1


@swiftly
async def test_after_a_bridge_that_ran_out_the_relay_waits_for_the_next_encoder_and_says_why() -> None:
    async with Platform() as platform, broadcasting(platform) as broadcast:
        (await publish(broadcast)).hang_up()
        await becomes(broadcast, S.BRIDGING)
        await let_pass(LIMIT_S)
        await becomes(broadcast, S.STARTING)
        assert broadcast.snapshot().last_end == "The encoder did not come back for 10 s."
        await publish(broadcast)
        await becomes(broadcast, S.LIVE)
        assert broadcast.snapshot().last_end == ""
        await eventually(lambda: len(platform.connections) == 2)


@swiftly
async def test_a_goodbye_is_no_reason_to_bridge() -> None:
    async with Platform() as platform, broadcasting(platform) as broadcast:
        encoder = await publish(broadcast)
        await becomes(broadcast, S.LIVE)
        encoder.say_goodbye()
        await becomes(broadcast, S.STARTING)
        assert broadcast.snapshot().last_end == ""


@swiftly
async def test_with_a_limit_of_nothing_a_lost_encoder_ends_the_broadcast() -> None:
    async with Platform() as platform, broadcasting(platform, bridge_limit_s=0.0) as broadcast:
        encoder = await publish(broadcast)
        await becomes(broadcast, S.LIVE)
        encoder.hang_up()
        await becomes(broadcast, S.STARTING)
        assert broadcast.snapshot().last_end == "The encoder vanished."


@swiftly
async def test_a_session_with_one_of_its_renditions_on_air_is_live() -> None:
    async with Platform() as platform, broadcasting(platform) as broadcast:
        landscape = await publish(broadcast)
        portrait = await publish(broadcast, key=KEY + "_portrait")
        await becomes(broadcast, S.LIVE)
        portrait.hang_up()
        for _ in range(5):
            await let_pass(0.2)
            landscape.send_frame()
        assert broadcast.snapshot().state is S.LIVE
        landscape.hang_up()
        await becomes(broadcast, S.BRIDGING)


@swiftly
async def test_a_broadcast_may_be_stopped_in_the_middle_of_a_bridge() -> None:
    async with Platform() as platform, broadcasting(platform) as broadcast:
        (await publish(broadcast)).hang_up()
        await becomes(broadcast, S.BRIDGING)
    assert broadcast.state is S.ENDED
