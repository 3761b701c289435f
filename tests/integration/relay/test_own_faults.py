"""A bug of ours concerns one destination alone, is said by its light, and is got over like any other failure."""

from __future__ import annotations

import asyncio
import dataclasses
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.connect.connector import Connector
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.stream import Stream
from tests.integration.relay.peers import Platform
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

pytestmark = pytest.mark.allow_warning_logs
S = DestinationState


class TrapKey(Secret):
    """A key on which our code stumbles whenever it wants to send it, the first few times."""

    falls_left = 0
    over: type[Exception] = ZeroDivisionError

    def reveal(self) -> str:
        if self.falls_left:
            self.falls_left -= 1
            raise self.over
        return super().reveal()


class TrapBurst:
    """Media on which our code stumbles."""

    has_codec_header = False

    def __getattr__(self, name: str) -> object:
        raise ZeroDivisionError(name)


def trap_key(falls: int) -> TrapKey:
    key = TrapKey("sk_platform_4711")
    key.falls_left = falls
    return key


def now() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def destination_of(stage: Stage, platform: Platform) -> AsyncIterator[Destination]:
    """A destination that hangs on the stage's stream, beside those of its relay."""
    made = Destination(platform.endpoint(), stage.relay.stream, Connector(now), now, random.Random(1))
    made.start()
    try:
        yield made
    finally:
        await made.aclose()


def light_of(destination: Destination) -> DestinationSnapshot:
    destination.tick(now())
    return destination.snapshot(now())


@swiftly
async def test_a_bug_on_the_way_to_a_platform_is_said_tried_again_and_nobody_elses_matter() -> None:
    async with Platform() as one, Platform() as other:
        broken = dataclasses.replace(one.endpoint("broken"), stream_key=trap_key(falls=1))
        async with Stage(broken, other.endpoint("other")) as stage:
            async with stage.on_air() as encoder:
                await eventually(lambda: stage.light("broken").cause)
                light = stage.light("broken")
                assert light.state is S.RETRYING
                assert light.retry_in_s is not None
                assert light.cause is not None
                assert light.cause.code == "own-fault"
                await stage.turns(S.LIVE, "broken")
                assert stage.light("broken").cause is None
                assert (await stage.turns(S.LIVE, "other")).connects == 1
                await let_pass(1)
            assert other.last.picture_numbers == list(range(encoder.sent))


@swiftly
async def test_a_computer_without_memory_is_said_and_is_no_bug_of_ours() -> None:
    key = trap_key(falls=1)
    key.over = MemoryError
    async with (
        Platform() as one,
        Stage(dataclasses.replace(one.endpoint("one"), stream_key=key)) as stage,
        stage.on_air(),
    ):
        await eventually(lambda: stage.light("one").cause)
        cause = stage.light("one").cause
        assert cause is not None
        assert cause.code == "system"
        assert "no memory left" in cause.sentence
        await stage.turns(S.LIVE, "one")


@swiftly
async def test_a_bug_that_stays_is_met_at_growing_pauses_for_ever() -> None:
    async with Platform() as platform:
        stream = Stream("program", now)
        stream.start_publish()
        broken = dataclasses.replace(platform.endpoint(), stream_key=trap_key(falls=1000))
        destination = Destination(broken, stream, Connector(now), now, random.Random(1))
        destination.start()
        await let_pass(60)
        light = light_of(destination)
        assert light.state is S.RETRYING
        assert 6 <= light.attempt <= 10
        await destination.aclose()
        light = light_of(destination)
        assert (light.state, light.cause) == (S.STOPPED, None)
        tries = len(platform.connections)
        await let_pass(30)
        assert len(platform.connections) == tries


@swiftly
async def test_a_bug_with_the_media_of_one_destination_costs_that_one_a_connection_and_no_more() -> None:
    async with Platform() as one, Platform() as other, Stage(other.endpoint("other")) as stage:
        async with stage.on_air() as encoder, destination_of(stage, one) as broken:
            await eventually(lambda: light_of(broken).state is S.LIVE)
            broken.offer(cast("Burst", TrapBurst()))
            await eventually(lambda: light_of(broken).state is not S.LIVE)
            light = light_of(broken)
            assert light.state is S.RETRYING
            assert light.cause is not None
            assert light.cause.code == "own-fault"
            await eventually(lambda: light_of(broken).state is S.LIVE)
            assert light_of(broken).connects == len(one.connections) == 2
            assert stage.light("other").state is S.LIVE
            await let_pass(1)
            await broken.aclose()
        assert other.last.picture_numbers == list(range(encoder.sent))


@swiftly
async def test_a_bug_before_there_is_a_connection_changes_nothing() -> None:
    async with Platform() as platform, Stage() as stage, destination_of(stage, platform) as idle:
        idle.offer(cast("Burst", TrapBurst()))
        assert (light_of(idle).state, light_of(idle).cause) == (S.OFF, None)


@swiftly
async def test_a_bug_met_while_waiting_for_the_next_try_is_got_over_as_well() -> None:
    async with Platform() as platform:
        await platform.stop()
        broken = dataclasses.replace(platform.endpoint(), stream_key=trap_key(falls=1))
        async with Stage(broken) as stage, stage.on_air():
            await stage.turns(S.RETRYING)
            await let_pass(4)
            await platform.start()  # whoever knocks gets in, and stumbles
            await eventually(lambda: (cause := stage.light().cause) and cause.code == "own-fault")
            assert stage.light().state is S.RETRYING
            await stage.turns(S.LIVE)
