"""A destination against platforms that refuse, fall silent, vanish or talk nonsense (reliability_security.md 2.5)."""

from __future__ import annotations

import asyncio
import random
import socket

import pytest

from powerstream_desktop.common.backoff import LONGEST_PAUSE_S
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.connect.connector import Connector
from powerstream_desktop.relay.destination.destination import Destination
from powerstream_desktop.relay.destination.destination_life import KNOCKING_S
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.events import ConnectRequested, PublishRequested
from powerstream_desktop.rtmp.status import StatusCode
from tests.integration.relay.peers import FRAME_MS, Platform, PlatformConnection, endpoint
from tests.integration.relay.stage import PUBLISH_KEY, Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.unit.rtmp.pair import on_status

S = DestinationState
PLATFORM_KEY = "sk_platform_4711"


@pytest.fixture(autouse=True)
def no_key_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, no log line of any level holds a key; checked at the end of ``finds``."""
    caplog.set_level("DEBUG")


def now() -> float:
    return asyncio.get_running_loop().time()


async def finds(stage: Stage, state: DestinationState, caplog: pytest.LogCaptureFixture) -> Cause:
    """Wait for a state that has a cause; the key is neither in its words nor in any log line so far."""
    light = await stage.turns(state)
    assert light.cause is not None
    said = [*(record.getMessage() for record in caplog.records), caplog.text, repr(light)]
    assert not [text for text in said if PLATFORM_KEY in text or PUBLISH_KEY in text]
    return light.cause


class Silent(PlatformConnection):
    """Accepts the connection and says nothing."""

    def data_received(self, data: bytes) -> None:
        self.received += data


class WrongKey(PlatformConnection):
    """Refuses the key in so many words, repeating it."""

    def on_publish(self, request: PublishRequested) -> None:
        self.rtmp.reject_publish(request.request_id, StatusCode.PUBLISH_BAD_NAME, f"{request.name} is wrong")


class HangsUp(PlatformConnection):
    """Closes when it sees the key, like Twitch."""

    def on_publish(self, request: PublishRequested) -> None:
        self.transport.close()


class Resets(PlatformConnection):
    """Resets the connection when it sees the key."""

    def on_publish(self, request: PublishRequested) -> None:
        self.transport.abort()


class NoSuchApp(PlatformConnection):
    """Refuses the application."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.rtmp.reject_connect(request.request_id, StatusCode.CONNECT_INVALID_APP, "Where to?")


class WebServer(PlatformConnection):
    """Answers like a captive portal."""

    def data_received(self, data: bytes) -> None:
        self.received += data
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n\r\n<html>Sign in to the Wi-Fi</html>")
        self.transport.close()


class NeverStarts(PlatformConnection):
    """Takes the key and does not answer."""

    def on_publish(self, request: PublishRequested) -> None:
        pass


class ClosesAtOnce(PlatformConnection):
    """Closes without a word."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.close()


class TalksNonsense(PlatformConnection):
    """Breaks the protocol once media flows."""

    def on_media(self) -> None:
        self.transport.write(bytes.fromhex("03000000ffffff1400000000"))


class EndsIt(PlatformConnection):
    """Ends the broadcast because another encoder won, like Facebook."""

    def on_media(self) -> None:
        self.say(self.rtmp.writer.write(on_status("NetStream.Unpublish.InternalKill")))


class Deaf(PlatformConnection):
    """Takes the key and the start, and then never reads."""

    def on_media(self) -> None:
        self.transport.pause_reading()


@pytest.mark.parametrize(
    ("kind", "state", "code"),
    [
        (Silent, S.RETRYING, "handshake-timeout"),
        (WrongKey, S.REJECTED, "key-refused"),
        (HangsUp, S.REJECTED, "closed-before-start"),
        (Resets, S.REJECTED, "closed-before-start"),
        (NoSuchApp, S.REJECTED, "connect-rejected"),
        (WebServer, S.RETRYING, "web-page"),
        (NeverStarts, S.RETRYING, "start-timeout"),
        (TalksNonsense, S.RETRYING, "protocol"),
        (EndsIt, S.REJECTED, "ended-by-platform"),
    ],
)
def test_trouble_has_a_name(
    kind: type[PlatformConnection], state: DestinationState, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform(kind) as platform, Stage(platform.endpoint()) as stage:
            await stage.publish()
            cause = await finds(stage, state, caplog)
            assert cause.code == code

    broadcast()


@swiftly
async def test_a_platform_that_closes_without_a_word_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    async with Platform(ClosesAtOnce) as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        assert (await finds(stage, S.RETRYING, caplog)).code in ("closed", "reset")
        await eventually(lambda: len(platform.connections) == 4)


@swiftly
async def test_a_host_that_does_not_exist_is_a_matter_of_its_name(caplog: pytest.LogCaptureFixture) -> None:
    async with Stage(endpoint(1935, host="ingest.invalid")) as stage:
        await stage.publish()
        assert (await finds(stage, S.RETRYING, caplog)).code == "dns"


class OwnNames:
    """Looks names up as ``socket.getaddrinfo`` begins to: by encoding them; nobody is asked."""

    async def getaddrinfo(self, host: str, _port: int, **_hints: object) -> list[object]:
        host.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("host", ["two..dots", "x" * 64 + ".com", "bücher..com", "zero\0byte", "nobody.com"])
def test_a_host_that_is_no_name_at_all_is_one_too(
    host: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Stage(endpoint(1935, host=host)) as stage:
            monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", OwnNames().getaddrinfo)
            await stage.publish()
            assert (await finds(stage, S.RETRYING, caplog)).code == "dns"

    broadcast()


@swiftly
async def test_a_platform_that_stops_reading_is_given_up_after_five_seconds(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Platform(Deaf) as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await eventually(lambda: platform.connections and platform.last.pictures)
        for _ in range(20):
            encoder.send_frame(size=100_000)
        began = now()
        assert (await finds(stage, S.RETRYING, caplog)).code == "stalled"
        assert 4.5 < now() - began < 7


@swiftly
async def test_a_refused_key_is_not_tried_again_within_ten_seconds() -> None:
    async with Platform(WrongKey) as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        await stage.turns(S.REJECTED)
        await let_pass(10)
        assert len(platform.connections) == 1
        await let_pass(15)
        assert len(platform.connections) == 2


@swiftly
async def test_the_user_may_try_a_refused_key_again_at_once() -> None:
    async with Platform(WrongKey) as platform, Stage(platform.endpoint()) as stage:
        stage.relay.retry_now("Platform")
        await stage.publish()
        await stage.turns(S.REJECTED)
        platform.kind = PlatformConnection
        stage.relay.retry_now("Platform")
        await eventually(lambda: len(platform.connections) == 2, patience_s=1)
        await stage.turns(S.LIVE)


@swiftly
async def test_one_wish_is_one_try() -> None:
    async with Platform(WrongKey) as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        await stage.turns(S.REJECTED)
        stage.relay.retry_now("Platform")
        await eventually(lambda: len(platform.connections) == 2, patience_s=1)
        await stage.turns(S.REJECTED)
        await let_pass(10)
        assert len(platform.connections) == 2


@swiftly
async def test_a_platform_that_comes_back_has_the_running_group_at_once() -> None:
    """The picture is back with the connection, on a clock of its own (reliability_security.md 2.3)."""
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        encoder.gop = 100
        for _ in range(80):
            encoder.send_frame()
        await eventually(lambda: len(platform.last.pictures) == 81)
        platform.last.transport.abort()
        await stage.turns(S.RETRYING)
        encoder.send_frame()
        await stage.turns(S.LIVE)
        encoder.send_frame()
        await eventually(lambda: len(platform.last.pictures) == 83)
        assert len(platform.connections) == 2
        assert platform.last.picture_numbers == list(range(83))
        assert [picture.timestamp for picture in platform.last.pictures] == [n * FRAME_MS for n in range(83)]
        assert stage.light().frames_dropped == 0
        assert stage.light().connects == 2


@pytest.mark.parametrize("away_s", [5.0, 20.0])
def test_a_platform_that_was_away_is_taken_up_within_two_seconds_of_its_return(away_s: float) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform() as platform, Stage(platform.endpoint()) as stage:
            encoder = await stage.publish()
            await stage.turns(S.LIVE)
            await platform.stop()
            await stage.turns(S.RETRYING)
            await let_pass(away_s)
            encoder.send_frame()
            connections = len(platform.connections)
            await platform.start()
            began = now()
            await eventually(lambda: len(platform.connections) > connections)
            assert now() - began < 2
            await stage.turns(S.LIVE)

    broadcast()


@swiftly
async def test_a_platform_that_stays_away_is_tried_for_ever_but_not_knocked_at() -> None:
    async with Platform() as platform:
        await platform.stop()
        stream = Stream("program", now)
        destination = Destination(platform.endpoint(), stream, Connector(now), now, random.Random(1))
        stream.start_publish()
        destination.start()
        await let_pass(KNOCKING_S + 40)
        light = destination.snapshot(now())
        assert light.state is S.RETRYING
        # 15.5 s pass with the growing pauses, the rest with steady ones of 12 s, give or take the jitter.
        assert 11 <= light.attempt <= 16
        await platform.start()
        began = now()
        await eventually(lambda: platform.connections)
        assert now() - began < LONGEST_PAUSE_S + 1
        await destination.aclose()


@swiftly
async def test_three_short_lives_are_a_refusal() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        for number in range(3):
            await stage.turns(S.LIVE)
            await let_pass(0.1)  # what it has not read by then would turn its close into a reset
            platform.last.transport.close()
            light = await stage.turns(S.REJECTED if number == 2 else S.RETRYING)
            assert light.cause is not None
            assert light.cause.code == "closed-soon"
            encoder.send_frame()


@pytest.mark.parametrize("kind", [Silent, NeverStarts, WrongKey, ClosesAtOnce])
def test_the_end_does_not_wait_for_a_platform_that_is_in_trouble(kind: type[PlatformConnection]) -> None:
    """Unpublishing while connecting crashed others (srs#4483, nginx-rtmp#1147)."""

    @swiftly
    async def broadcast() -> None:
        async with Platform(kind) as platform, Stage(platform.endpoint()) as stage:
            encoder = await stage.publish()
            await eventually(lambda: platform.connections)
            encoder.say_goodbye()
            await eventually(lambda: not stage.relay.stream.publishing)
            began = now()
            await stage.relay.aclose()
            assert now() - began < 2.5
            assert stage.light().state is S.STOPPED

    broadcast()


@pytest.mark.parametrize("wait_s", [0.0, 0.001, 0.3, 0.6, 1.2, 3.3])
def test_the_end_may_come_at_any_moment_of_a_search_for_the_platform(wait_s: float) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform() as platform:
            await platform.stop()
            async with Stage(platform.endpoint()) as stage:
                await stage.publish()
                await let_pass(wait_s)
                await stage.relay.aclose()
                assert stage.light().state is S.STOPPED
                await platform.start()
                await let_pass(5)
                assert platform.connections == []

    broadcast()


@pytest.mark.parametrize("rounds", range(12))
def test_the_end_may_come_in_any_round_of_the_opening(rounds: int) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform() as platform, Stage(platform.endpoint()) as stage:
            await stage.publish()
            for _ in range(rounds * 2):
                await asyncio.sleep(0)
            await stage.relay.aclose()
            assert stage.light().state is S.STOPPED
            await eventually(lambda: all(connection.lost for connection in platform.connections))

    broadcast()


@swiftly
async def test_short_cuts_are_each_mended_at_once_however_often_they_come() -> None:
    """F18: the line is gone for a second every now and then; twenty times are tested without sockets."""
    async with Platform() as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        for cut in range(5):
            await let_pass(6)
            await platform.stop()
            began = now()
            await let_pass(1)
            platform.connections.clear()
            await platform.start()
            await eventually(lambda cut=cut: stage.light().connects == cut + 2)  # type: ignore[misc]
            assert now() - began < 1.5
            assert stage.light().state is S.LIVE
