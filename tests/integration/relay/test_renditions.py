"""Two renditions share one session: who gets which, and when it is over."""

from __future__ import annotations

import dataclasses

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.stream.renditions import rendition_key
from powerstream_desktop.rtmp.events import PublishFinished
from tests.integration.relay.peers import Platform
from tests.integration.relay.stage import PUBLISH_KEY, Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = DestinationState
PORTRAIT_KEY = rendition_key(Secret(PUBLISH_KEY), Rendition.PORTRAIT).reveal()


def portrait(platform: Platform) -> RTMPEndpoint:
    return dataclasses.replace(platform.endpoint("tall"), rendition=Rendition.PORTRAIT)


@swiftly
async def test_each_destination_gets_the_rendition_that_its_endpoint_names() -> None:
    async with Platform() as one, Platform() as other, Stage(one.endpoint("wide"), portrait(other)) as stage:
        async with stage.on_air() as wide:
            await stage.turns(S.LIVE, "wide")
            await let_pass(2)
            async with stage.on_air(PORTRAIT_KEY) as tall:
                light = await stage.turns(S.LIVE, "tall")
                await let_pass(1)
                snapshot = stage.relay.snapshot()
        assert light.rendition is Rendition.PORTRAIT
        assert one.last.picture_numbers == list(range(wide.sent))
        assert other.last.picture_numbers == list(range(tall.sent))
        assert snapshot.ingest is snapshot.renditions[Rendition.LANDSCAPE]
        assert snapshot.ingest.frames_received > snapshot.renditions[Rendition.PORTRAIT].frames_received > 0


@swiftly
async def test_a_rendition_that_nobody_sends_is_said_once_the_session_is_live() -> None:
    async with Platform() as platform, Stage(portrait(platform)) as stage:
        assert (stage.light("tall").state, stage.light("tall").cause) == (S.OFF, None)
        async with stage.on_air():
            await let_pass(3)
            light = stage.light("tall")
            assert light.cause is not None
            assert (light.state, light.cause.code) == (S.OFF, "no-rendition")
            assert platform.connections == []
            async with stage.on_air(PORTRAIT_KEY):
                light = await stage.turns(S.LIVE, "tall")
                assert light.cause is None
        await stage.turns(S.OFF, "tall")
        assert stage.light("tall").cause is None


@swiftly
async def test_the_end_of_the_landscape_ends_the_session_for_both() -> None:
    async with Platform() as one, Platform() as other, Stage(one.endpoint("wide"), portrait(other)) as stage:
        tall = await stage.publish(PORTRAIT_KEY)
        wide = await stage.publish()
        await stage.turns(S.LIVE, "wide")
        await stage.turns(S.LIVE, "tall")
        wide.say_goodbye()
        await stage.turns(S.OFF, "tall")
        await stage.turns(S.OFF, "wide")
        assert other.last.has(PublishFinished)
        await eventually(lambda: tall.rtmp.closed or tall.closed)


@swiftly
async def test_the_end_of_the_portrait_ends_its_destinations_alone() -> None:
    async with (
        Platform() as one,
        Platform() as other,
        Stage(one.endpoint("wide"), portrait(other)) as stage,
        stage.on_air(),
    ):
        await stage.turns(S.LIVE, "wide")
        async with stage.on_air(PORTRAIT_KEY):
            await stage.turns(S.LIVE, "tall")
        light = await stage.turns(S.OFF, "tall")
        assert light.cause is not None
        assert light.cause.code == "no-rendition"
        await let_pass(2)
        assert stage.light("wide").state is S.LIVE
        assert len(one.connections) == 1


@swiftly
async def test_a_session_of_a_portrait_alone_is_one_as_well() -> None:
    async with Platform() as platform, Stage(portrait(platform)) as stage:
        async with stage.on_air(PORTRAIT_KEY):
            await stage.turns(S.LIVE, "tall")
        await stage.turns(S.OFF, "tall")


@swiftly
async def test_a_destination_can_be_given_the_other_rendition_while_live() -> None:
    async with Platform() as platform, Stage(platform.endpoint("tall")) as stage:
        async with stage.on_air() as wide:
            await stage.turns(S.LIVE, "tall")
            await let_pass(2)
            stage.relay.edit("tall", portrait(platform))
            light = await stage.turns(S.OFF, "tall")
            assert platform.last.has(PublishFinished)
            assert light.cause is not None
            async with stage.on_air(PORTRAIT_KEY):
                await stage.turns(S.LIVE, "tall")
                await let_pass(1)
                assert wide.sent > platform.last.picture_numbers[-1]
                stage.relay.edit("tall", platform.endpoint("tall"))
                await eventually(lambda: stage.light("tall").connects == 3)
        assert [connection.pictures[0].timestamp for connection in platform.connections] == [0, 0, 0]
