"""What a light says when neither the platform nor the connection has failed in so many words."""

from __future__ import annotations

from powerstream_desktop.relay.destination.destination_states import DestinationState as S
from powerstream_desktop.rtmp.events import ConnectRequested
from tests.integration.relay.peers import Platform, PlatformConnection
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import let_pass, swiftly


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
