"""A platform asks a running broadcast to move, and the viewers notice nothing (F21, rtmp.md 2.8)."""

from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.chunks import COMMAND_CSID
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    ConnectRequested,
    PublishFinished,
    PublishRequested,
)
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.status import StatusCode
from tests.integration.relay.peers import Platform, PlatformConnection
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly

S = DestinationState


def reconnect_request(**members: str) -> Message:
    """What Enhanced RTMP has for it."""
    info = {"level": "status", "code": "NetConnection.Connect.ReconnectRequest", **members}
    return Message(20, 0, 0, amf0.encode("onStatus", 0.0, None, info), COMMAND_CSID)


class Movable(PlatformConnection):
    """Can be told to ask for a move; notes when its pictures came."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform)
        self.arrivals: list[float] = []

    def ask(self, **members: str) -> None:
        self.say(self.rtmp.writer.write(reconnect_request(**members)))

    def on_media(self) -> None:
        self.arrivals.append(asyncio.get_running_loop().time())

    @property
    def sounds(self) -> list[int]:
        """The numbers inside the pieces of sound."""
        return [
            int.from_bytes(event.payload[2:6], "big")
            for event in self.events
            if isinstance(event, AudioReceived) and event.payload[1] == 1
        ]


class Refusing(Movable):
    """Takes its first visitor's key and nobody else's."""

    def on_publish(self, request: PublishRequested) -> None:
        if self.platform.connections[0] is self:
            super().on_publish(request)
        else:
            self.rtmp.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, "busy")


class Slow(Movable):
    """Takes every key but the first after three seconds."""

    _answer: asyncio.TimerHandle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._answer is not None:
            self._answer.cancel()

    def on_publish(self, request: PublishRequested) -> None:
        if self.platform.connections[0] is self:
            super().on_publish(request)
        else:
            self._answer = asyncio.get_running_loop().call_later(3.0, self._accept, request)

    def _accept(self, request: PublishRequested) -> None:
        self.rtmp.accept_publish(request.request_id)
        self.say()


class Hasty(Movable):
    """Asks its first visitor to move before it has answered ``connect``, and answers a second later."""

    def on_connect(self, request: ConnectRequested) -> None:
        if self.platform.connections[0] is not self:
            super().on_connect(request)
            return
        loop = asyncio.get_running_loop()
        loop.call_soon(self.ask)
        loop.call_later(1.0, self._welcome, request)

    def _welcome(self, request: ConnectRequested) -> None:
        self.rtmp.accept_connect(request.request_id)
        self.say()


class Mute(Movable):
    """Says nothing to any visitor but the first, and does not hang up either."""

    def data_received(self, data: bytes) -> None:
        if self.platform.connections[0] is self:
            super().data_received(data)

    def eof_received(self) -> bool:
        return True


def movable(connection: PlatformConnection) -> Movable:
    assert isinstance(connection, Movable)
    return connection


@pytest.mark.parametrize("kind", [Movable, Slow])
def test_a_move_loses_and_doubles_no_picture_and_no_sound(kind: type[Movable]) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform(kind) as platform, Stage(platform.endpoint()) as stage:
            async with stage.on_air() as encoder:
                await stage.turns(S.LIVE)
                await let_pass(0.5)
                movable(platform.last).ask()
                await eventually(lambda: stage.light().connects == 2)
                assert stage.light().state is S.LIVE
                await let_pass(3.0)
            old, new = (movable(connection) for connection in platform.connections)
            assert old.picture_numbers + new.picture_numbers == list(range(encoder.sent))
            assert old.sounds + new.sounds == list(range(encoder.sent))
            assert new.picture_numbers[0] % encoder.gop == 0
            assert new.arrivals[0] - old.arrivals[-1] < 1.0
            assert old.has(PublishFinished)

    broadcast()


@swiftly
async def test_a_light_that_moves_stays_green_and_counts_on() -> None:
    async with Platform(Movable) as platform, Stage(platform.endpoint()) as stage, stage.on_air() as encoder:
        await stage.turns(S.LIVE)
        movable(platform.last).ask()
        states = set()
        while stage.light().connects < 2:
            states.add(stage.light().state)
            await asyncio.sleep(0.02)
        await let_pass(2.0)
        light = stage.light()
        assert states == {S.LIVE}
        assert (light.cause, light.frames_dropped, light.attempt) == (None, 0, 0)
        assert abs(light.frames_sent - encoder.sent) <= 2


@pytest.mark.parametrize(
    "tc_url", ["rtmp://127.0.0.1:{port}/app", "/app", "app"], ids=["absolute", "path", "application"]
)
def test_a_move_goes_where_the_platform_says(tc_url: str) -> None:
    @swiftly
    async def broadcast() -> None:
        async with (
            Platform(Movable) as here,
            Platform(Movable) as there,
            Stage(here.endpoint()) as stage,
            stage.on_air(),
        ):
            await stage.turns(S.LIVE)
            movable(here.last).ask(tcUrl=tc_url.format(port=there.port))
            await eventually(lambda: stage.light().connects == 2)
            arrived = there if "port" in tc_url else here
            assert stage.light().server_url == f"rtmp://127.0.0.1:{arrived.port}/app"
            assert len(here.connections) + len(there.connections) == 2

    broadcast()


@pytest.mark.parametrize(
    "tc_url", ["rtmp://localhost:{port}/app", "rtmp://evil.example/app", "http://127.0.0.1/"]
)
def test_a_key_is_not_carried_to_strangers(tc_url: str) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform(Movable) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
            await stage.turns(S.LIVE)
            movable(platform.last).ask(tcUrl=tc_url.format(port=platform.port))
            await let_pass(5)
            assert (len(platform.connections), stage.light().state) == (1, S.LIVE)

    broadcast()


@swiftly
async def test_one_move_a_minute_is_enough() -> None:
    async with Platform(Movable) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        movable(platform.last).ask()
        await eventually(lambda: stage.light().connects == 2)
        for _ in range(3):
            movable(platform.last).ask()
            await let_pass(2)
        assert len(platform.connections) == 2


@swiftly
async def test_a_move_that_fails_changes_nothing() -> None:
    async with Platform(Refusing) as platform, Stage(platform.endpoint()) as stage:
        async with stage.on_air() as encoder:
            await stage.turns(S.LIVE)
            movable(platform.last).ask()
            await eventually(lambda: len(platform.connections) == 2)
            await let_pass(3)
            assert (stage.light().state, stage.light().connects) == (S.LIVE, 1)
            assert len(platform.connections) == 2
        first = platform.connections[0]
        assert first.picture_numbers == list(range(encoder.sent))


@swiftly
async def test_a_platform_that_nobody_finds_is_not_moved_to() -> None:
    async with Platform(Movable) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        movable(platform.last).ask(tcUrl="rtmp://127.0.0.1:1/app")
        await let_pass(5)
        assert (len(platform.connections), stage.light().state) == (1, S.LIVE)


@swiftly
async def test_after_a_failed_move_a_hang_up_is_retried_at_home() -> None:
    async with Platform(Refusing) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        first = movable(platform.last)
        first.ask(tcUrl=f"rtmp://127.0.0.1:{platform.port}/elsewhere")
        await eventually(lambda: len(platform.connections) == 2)
        await let_pass(1)
        platform.kind = Movable
        first.transport.close()
        await eventually(lambda: stage.light().connects == 2)
        assert stage.light().server_url.endswith("/app")


@swiftly
async def test_whoever_was_moved_and_is_cut_off_starts_again_at_home() -> None:
    async with Platform(Movable) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        movable(platform.last).ask(tcUrl=f"rtmp://127.0.0.1:{platform.port}/elsewhere")
        await eventually(lambda: stage.light().connects == 2)
        assert stage.light().server_url.endswith("/elsewhere")
        platform.last.transport.close()
        await eventually(lambda: stage.light().connects == 3)
        assert stage.light().server_url.endswith("/app")


@swiftly
async def test_a_platform_that_hangs_up_as_soon_as_it_has_asked_is_followed_all_the_same() -> None:
    async with Platform(Movable) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        first = movable(platform.last)
        first.ask()
        first.transport.close()
        began = asyncio.get_running_loop().time()
        await eventually(lambda: stage.light().connects == 2)
        assert asyncio.get_running_loop().time() - began < 1.5
        await let_pass(2)
        assert len(platform.connections) == 2


@swiftly
async def test_the_end_of_the_broadcast_may_come_in_the_middle_of_a_move() -> None:
    async with Platform(Slow) as platform, Stage(platform.endpoint()) as stage:
        async with stage.on_air():
            await stage.turns(S.LIVE)
            movable(platform.last).ask()
            await eventually(lambda: len(platform.connections) == 2)
            await let_pass(0.5)
        await stage.turns(S.OFF)
        await eventually(lambda: all(connection.lost for connection in platform.connections))
        assert platform.connections[0].has(PublishFinished)
        assert platform.connections[1].pictures == []


@swiftly
async def test_a_platform_that_has_not_even_let_us_in_cannot_send_us_elsewhere() -> None:
    async with Platform(Hasty) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        await let_pass(3)
        assert (stage.light().state, stage.light().connects) == (S.LIVE, 1)
        assert len(platform.connections) == 1


@pytest.mark.parametrize("wait_s", [0.45, 0.55, 1.0])
def test_a_stop_while_a_move_is_being_given_up_leaves_no_connection_behind(wait_s: float) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform(Mute) as platform, Stage(platform.endpoint()) as stage, stage.on_air():
            await stage.turns(S.LIVE)
            first = movable(platform.last)
            first.ask()
            await eventually(lambda: len(platform.connections) == 2)
            first.transport.close()
            await stage.turns(S.RETRYING)
            await let_pass(wait_s)
            stage.relay.stop_destination("Platform")
            await let_pass(3.0)
            assert stage.light().state is S.STOPPED
            # Whoever is not there answers the first with a reset, which only the second notices.
            for _ in range(2):
                platform.last.say(b"Is anybody there?")
                await let_pass(0.1)
            assert platform.last.lost

    broadcast()
