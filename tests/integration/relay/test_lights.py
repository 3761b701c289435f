"""What a light says when neither the platform nor the connection has failed in so many words."""

from __future__ import annotations

import asyncio

from powerstream_desktop.relay.destination.destination_states import DestinationState as S
from powerstream_desktop.rtmp.events import ConnectRequested
from tests.integration.relay.peers import FRAME_MS, Platform, PlatformConnection
from tests.integration.relay.shared_line import SharedLine
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

FRAME_BYTES = 4_000
STREAM_BYTES_PER_S = FRAME_BYTES * 1000 / FRAME_MS
LONG_QUEUE_MS = 1_000


class ClosesAtTheApplication(PlatformConnection):
    """What nginx-rtmp does for an application it does not have."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.transport.close()


@swiftly
async def test_a_platform_that_closes_at_the_server_url_points_to_its_path() -> None:
    async with Platform(ClosesAtTheApplication) as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        light = await stage.turns(S.RETRYING)
        assert light.cause is not None
        assert light.cause.code == "closed-before-connect"


@swiftly
async def test_a_light_stays_green_while_a_bridge_stands_in_for_the_encoder() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        encoder.hang_up()
        states = set()
        for _ in range(40):
            await let_pass(0.25)
            states.add(stage.light().state)
        assert states == {S.LIVE}
        returned = await stage.publish()
        await returned.stream(1.0)
        assert stage.light().state is S.LIVE
        assert len(platform.connections) == 1


@swiftly
async def test_a_light_that_comes_back_seconds_behind_is_amber_from_its_first_look_on() -> None:
    async with (
        SharedLine(STREAM_BYTES_PER_S * 1.2) as line,
        Platform() as platform,
        Stage(line.way_to(platform.endpoint())) as stage,
    ):
        encoder = await stage.publish()
        encoder.gop = 150  # so that there is a running group of seconds to be sent again
        streaming = asyncio.create_task(encoder.stream(60.0, FRAME_BYTES))
        await stage.turns(S.LIVE)
        await let_pass(1.5)
        platform.connections[0].transport.abort()
        await eventually(lambda: len(platform.connections) == 2)
        looks = []
        for _ in range(100):
            await let_pass(0.02)
            light = stage.light()
            looks.append((light.state, light.queue_ms > LONG_QUEUE_MS))
        streaming.cancel()
    assert (S.SLOW, True) in looks
    assert (S.LIVE, True) not in looks
