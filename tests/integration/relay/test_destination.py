"""A destination against a platform that behaves: green lights, goodbyes, whole pictures (rtmp.md 1.15, 1.20, 3.2 to 3.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.events import ConnectRequested, PublishFinished, PublishRequested
from powerstream_desktop.rtmp.messages import Message
from tests.integration.relay.peers import FRAME_MS, Encoder, Platform, PlatformConnection, endpoint
from tests.integration.relay.stage import PUBLISH_KEY, Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.unit.relay.packets import METADATA, PICTURE_HEADER, SOUND_HEADER
from tests.unit.rtmp.pair import describe, on_status

S = DestinationState


@swiftly
async def test_a_light_turns_green_and_the_pictures_arrive_in_order() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        light = await stage.turns(S.LIVE)
        for _ in range(30):
            encoder.send_frame()
        await eventually(lambda: len(platform.last.pictures) == 31)
        assert platform.last.picture_numbers == list(range(31))
        assert [picture.timestamp for picture in platform.last.pictures] == [
            number * FRAME_MS for number in range(31)
        ]
        assert (light.connects, light.attempt, light.cause, light.frames_dropped) == (1, 0, None, 0)
        assert stage.light().frames_sent == 31
        assert light.bytes_sent > 0


@swiftly
async def test_a_platform_gets_headers_metadata_for_its_server_and_a_key_frame_first() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        await stage.turns(S.LIVE)
        media = [message for message in platform.last.messages if message.type in (8, 9, 18)]
        assert [message.payload for message in media[1:3]] == [SOUND_HEADER, PICTURE_HEADER]
        assert media[0].payload.endswith(METADATA)
        assert b"@setDataFrame" in media[0].payload
        assert platform.last.picture_numbers[0] == 0


@swiftly
async def test_nobody_is_connected_to_before_somebody_publishes() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        await let_pass(5)
        assert platform.connections == []
        assert stage.light().state is S.OFF


@swiftly
async def test_without_media_a_light_stays_yellow() -> None:
    """Green is given for media that the platform took, never for an accepted key."""
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await Encoder.connect(stage.server.port, PUBLISH_KEY)
        await encoder.starts()
        await stage.turns(S.PUBLISHING)
        await let_pass(8)
        assert stage.light().state is S.PUBLISHING


@swiftly
async def test_the_end_of_a_broadcast_is_a_proper_goodbye() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        encoder.send_frame()
        encoder.say_goodbye()
        await stage.turns(S.OFF)
        last = [describe(message) for message in platform.last.messages[-2:]]
        assert [line.partition("(")[0] for line in last] == ["FCUnpublish", "deleteStream"]
        assert platform.last.has(PublishFinished)
        assert platform.last.picture_numbers == [0, 1]
        await eventually(lambda: platform.last.lost)


@swiftly
async def test_the_end_of_the_relay_is_a_proper_goodbye_even_right_behind_the_encoders() -> None:
    async with Platform() as platform:
        async with Stage(platform.endpoint()) as stage:
            encoder = await stage.publish()
            await stage.turns(S.LIVE)
            encoder.say_goodbye()
            await eventually(lambda: not stage.relay.stream.publishing)
        assert platform.last.has(PublishFinished)
        assert stage.light().state is S.STOPPED


@swiftly
async def test_closing_twice_and_after_the_end_is_harmless() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        await stage.turns(S.LIVE)
        await asyncio.gather(stage.relay.aclose(), stage.relay.aclose())
        await stage.relay.aclose()
        assert stage.light().state is S.STOPPED


class NeverClosing(PlatformConnection):
    """Keeps the connection open whatever is said, and stops reading at the goodbye's last moment."""

    def on_media(self) -> None:
        if self.transport.is_reading() and len(self.pictures) >= 2:
            self.transport.pause_reading()


@swiftly
async def test_a_platform_that_takes_nothing_more_is_left_after_two_seconds() -> None:
    async with Platform(NeverClosing) as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        for _ in range(80):
            encoder.send_frame(size=100_000)
        await eventually(lambda: stage.light().queue_ms > 0)
        began = asyncio.get_running_loop().time()
        await stage.relay.aclose()
        assert 1.5 < asyncio.get_running_loop().time() - began < 3


@swiftly
async def test_the_end_of_the_relay_does_not_cut_the_goodbye_of_the_broadcast_short() -> None:
    async with Platform(NeverClosing) as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        for _ in range(30):
            encoder.send_frame(size=100_000)
        await eventually(lambda: stage.light().queue_ms > 0)
        encoder.say_goodbye()
        await eventually(lambda: not stage.relay.stream.publishing)
        closing = asyncio.create_task(stage.relay.aclose())
        await let_pass(0.3)
        assert not closing.done()
        connection = platform.last
        connection.on_media = lambda: None  # type: ignore[method-assign]
        connection.transport.resume_reading()
        await closing
        await eventually(lambda: connection.has(PublishFinished))
        assert connection.picture_numbers[-1] == encoder.sent - 1


@swiftly
async def test_a_broadcast_that_begins_during_the_goodbye_of_the_one_before_goes_on_air() -> None:
    async with Platform(NeverClosing) as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        for _ in range(80):
            encoder.send_frame(size=100_000)
        await eventually(lambda: stage.light().queue_ms > 0)
        # Only then: whoever closes before it has read all that we say resets the connection, and its goodbye with it.
        await eventually(lambda: stage.relay.snapshot().ingest.frames_received == encoder.sent)
        encoder.say_goodbye()
        await eventually(lambda: not stage.relay.stream.publishing)
        assert stage.light().state is not S.OFF
        await stage.publish()
        await eventually(lambda: len(platform.connections) == 2)
        await stage.turns(S.LIVE)
        assert set(platform.last.picture_numbers) == {0}
        assert stage.light().connects == 2


@swiftly
async def test_an_encoder_that_comes_back_finds_the_platforms_still_connected() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        encoder.send_frame()
        await eventually(lambda: len(platform.last.pictures) == 2)
        encoder.hang_up()
        await let_pass(5)
        back = await stage.publish()
        back.send_frame()
        await eventually(lambda: platform.last.picture_numbers[-1] == 1)
        assert len(platform.connections) == 1
        times = [picture.timestamp for picture in platform.last.pictures]
        assert times == sorted(times)
        assert 4_000 < times[-1] < 7_000


@swiftly
async def test_a_destination_that_starts_late_waits_for_a_key_frame_and_is_not_called_slow() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        await platform.stop()
        encoder = await stage.publish()
        for _ in range(40):
            encoder.send_frame()
        await stage.turns(S.RETRYING)
        await platform.start()
        await eventually(lambda: platform.connections)
        await stage.turns(S.PUBLISHING)
        while not platform.last.pictures:
            encoder.send_frame()
            await let_pass(0.05)
        assert platform.last.picture_numbers[0] % encoder.gop == 0
        await stage.turns(S.LIVE)
        assert stage.light().frames_dropped == 0


class SevenPlatform(PlatformConnection):
    """Gives the stream the number 7."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.rtmp._streams._next_id = 7
        super().on_connect(request)


class TinyChunks(PlatformConnection):
    """Says everything one byte at a time."""

    def on_connect(self, request: ConnectRequested) -> None:
        self.say(self.rtmp.writer.write(control.set_chunk_size(1)))
        super().on_connect(request)
        self.say(self.rtmp.writer.write(control.set_chunk_size(1)))


class HugeChunks(PlatformConnection):
    """Announces chunks of 16 MiB."""

    def on_connect(self, request: ConnectRequested) -> None:
        super().on_connect(request)
        self.say(self.rtmp.writer.write(control.set_chunk_size(0xFFFFFF)))


class Pinging(PlatformConnection):
    """Pings before and after the start."""

    def on_publish(self, request: PublishRequested) -> None:
        self.say(self.rtmp.writer.write(control.ping_request(4711)))
        super().on_publish(request)
        self.say(self.rtmp.writer.write(control.ping_request(4712)))


class Chatty(PlatformConnection):
    """Says much that means nothing, and acknowledges nonsense like YouTube."""

    def on_publish(self, request: PublishRequested) -> None:
        super().on_publish(request)
        for message in (
            Message(3, 0, 0, (131_325).to_bytes(4, "big"), 2),
            on_status("NetStream.Publish.Idle"),
            Message(
                20, 0, 0, bytes.fromhex("0200086f6e4257446f6e65000000000000000000 05".replace(" ", "")), 3
            ),
            Message(22, 0, 0, b"", 4),
            Message(99, 0, 0, b"?", 4),
        ):
            self.say(self.rtmp.writer.write(message))


@pytest.mark.parametrize("kind", [SevenPlatform, TinyChunks, HugeChunks, Pinging, Chatty])
def test_the_habits_of_platforms_disturb_nothing(kind: type[PlatformConnection]) -> None:
    @swiftly
    async def broadcast() -> None:
        async with Platform(kind) as platform, Stage(platform.endpoint()) as stage:
            encoder = await stage.publish()
            await stage.turns(S.LIVE)
            for _ in range(30):
                encoder.send_frame(size=2000)
            await eventually(lambda: len(platform.last.pictures) == 31)
            assert len(platform.connections) == 1

    broadcast()


@swiftly
async def test_a_ping_is_answered_with_its_own_number() -> None:
    async with Platform(Pinging) as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        await stage.turns(S.LIVE)
        said = [describe(message) for message in platform.last.messages]
        assert [line for line in said if line.startswith("Ping")] == [
            "PingResponse 4711",
            "PingResponse 4712",
        ]


@swiftly
async def test_media_goes_out_on_the_stream_the_platform_gave() -> None:
    async with Platform(SevenPlatform) as platform, Stage(platform.endpoint()) as stage:
        await stage.publish()
        await stage.turns(S.LIVE)
        media = [message for message in platform.last.messages if message.type in (8, 9, 18)]
        assert {message.stream_id for message in media} == {7}


class Deaf(PlatformConnection):
    """Takes the key and then never reads."""

    def on_publish(self, request: PublishRequested) -> None:
        super().on_publish(request)
        self.say()
        self.transport.pause_reading()


@swiftly
async def test_a_platform_that_is_blocked_costs_the_one_beside_it_no_frame() -> None:
    async with (
        Platform(Deaf) as deaf,
        Platform() as fast,
        Stage(deaf.endpoint("deaf"), fast.endpoint("fast")) as stage,
    ):
        encoder = await stage.publish()
        await stage.turns(S.LIVE, "fast")
        for _ in range(10):
            for _ in range(encoder.gop):
                encoder.send_frame(size=30_000)
            await let_pass(1.0)
        await eventually(lambda: len(fast.last.pictures) == encoder.sent)
        assert fast.last.picture_numbers == list(range(encoder.sent))
        assert len(fast.connections) == 1
        assert stage.light("fast").frames_dropped == 0
        assert stage.light("deaf").frames_dropped > 0
        assert len(deaf.connections) == 2


class Failing:
    """A consumer with a bug."""

    def offer(self, burst: object) -> None:
        raise RuntimeError("a bug")

    def stream_started(self) -> None:
        pass

    def stream_ended(self) -> None:
        pass


@pytest.mark.allow_warning_logs
@swiftly
async def test_a_consumer_that_raises_costs_no_destination_a_frame() -> None:
    async with (
        Platform() as one,
        Platform() as other,
        Stage(one.endpoint("one"), other.endpoint("other")) as stage,
    ):
        stage.relay.attach(Failing())
        encoder = await stage.publish()
        await stage.turns(S.LIVE, "one")
        await stage.turns(S.LIVE, "other")
        for _ in range(30):
            encoder.send_frame()
        await eventually(lambda: len(one.last.pictures) == len(other.last.pictures) == 31)
        assert one.last.picture_numbers == other.last.picture_numbers == list(range(31))


def slow_down(connection: PlatformConnection) -> None:
    connection.transport.pause_reading()


def speed_up(connection: PlatformConnection) -> None:
    connection.transport.resume_reading()


@swiftly
async def test_a_platform_that_is_slow_for_a_while_is_amber_and_then_green_again() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        steps: list[Callable[[PlatformConnection], None]] = [slow_down, speed_up]
        seen = []
        for step in steps:
            step(platform.last)
            for _ in range(3):
                for _ in range(encoder.gop):
                    encoder.send_frame(size=30_000)
                await let_pass(1.0)
            seen.append(stage.light().state)
        assert seen[0] is S.SLOW
        for _ in range(8):
            for _ in range(encoder.gop):
                encoder.send_frame(size=3_000)
            await let_pass(1.0)
        assert stage.light().state is S.LIVE
        assert len(platform.connections) == 1
        assert platform.last.picture_numbers[-1] == encoder.sent - 1


@swiftly
async def test_an_endpoint_without_a_listener_does_not_end_the_others() -> None:
    async with Platform() as platform, Stage(platform.endpoint(), endpoint(1, "absent")) as stage:
        await stage.publish()
        await stage.turns(S.LIVE)
        light = await stage.turns(S.RETRYING, "absent")
        assert light.cause is not None
        assert light.cause.code == "refused"
