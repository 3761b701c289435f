"""What the encoder sends, and whether a platform wants that."""

from __future__ import annotations

import asyncio
import dataclasses

from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.rtmp.chunks import AUDIO_CSID, VIDEO_CSID
from powerstream_desktop.rtmp.events import ConnectRequested, PublishFinished, VideoReceived
from tests.integration.relay.peers import Encoder, Platform, PlatformConnection
from tests.integration.relay.stage import PUBLISH_KEY, Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.unit.relay.packets import PICTURE_HEADER, SOUND_HEADER, key_frame

S = DestinationState
HEVC_HEADER = b"\x90hvc1" + bytes(23)
OTHER_PICTURE_HEADER = PICTURE_HEADER[:-1] + b"\x81"
LEGACY = frozenset({"avc1", "mp4a"})


def legacy(platform: Platform, name: str = "") -> RTMPEndpoint:
    return dataclasses.replace(platform.endpoint(name), codecs=LEGACY)


class Announced(PlatformConnection):
    """Notes what ``connect`` says of codecs."""

    fourccs: tuple[str, ...] = ()

    def on_connect(self, request: ConnectRequested) -> None:
        self.fourccs = request.fourcc_list
        super().on_connect(request)


class Lingering(PlatformConnection):
    """Has the goodbye and does not hang up."""

    def eof_received(self) -> bool:
        return True


class Picky(PlatformConnection):
    """Hangs up at the second picture header of a connection."""

    def on_media(self) -> None:
        if sum(isinstance(e, VideoReceived) and e.payload[1] == 0 for e in self.events) == 2:
            self.transport.close()


async def encoder_of(stage: Stage) -> Encoder:
    """An encoder that has not sent any headers yet."""
    encoder = await Encoder.connect(stage.server.port, PUBLISH_KEY)
    await eventually(lambda: stage.relay.stream.publishing)
    return encoder


def send(encoder: Encoder, *, picture: bytes | None = None, sound: bytes | None = None) -> None:
    at_ms = encoder.sent * 40
    if sound is not None:
        encoder.rtmp.send_message(8, at_ms, sound, AUDIO_CSID)
    if picture is not None:
        encoder.rtmp.send_message(9, at_ms, picture, VIDEO_CSID)
    encoder.flush()


@swiftly
async def test_a_codec_that_a_platform_does_not_accept_is_never_sent_there() -> None:
    async with (
        Platform() as old,
        Platform(Announced) as new,
        Stage(legacy(old, "old"), new.endpoint("new")) as stage,
    ):
        encoder = await encoder_of(stage)
        send(encoder, picture=HEVC_HEADER, sound=SOUND_HEADER)
        encoder.send_frame()
        light = await stage.turns(S.REJECTED, "old")
        assert light.cause is not None
        assert light.cause.code == "unsupported-codec"
        assert "hvc1" in light.cause.detail
        assert light.retry_in_s is None
        await stage.turns(S.LIVE, "new")
        await let_pass(20)
        assert old.connections == []
        assert isinstance(new.last, Announced)
        assert new.last.fourccs == ("hvc1",)


@swiftly
async def test_codecs_are_looked_at_again_when_the_encoder_changes_them() -> None:
    async with Platform() as platform, Stage(legacy(platform)) as stage:
        encoder = await encoder_of(stage)
        send(encoder, picture=HEVC_HEADER, sound=SOUND_HEADER)
        await stage.turns(S.REJECTED)
        send(encoder, picture=PICTURE_HEADER)
        encoder.send_frame()
        light = await stage.turns(S.LIVE)
        assert light.cause is None
        send(encoder, picture=HEVC_HEADER)
        light = await stage.turns(S.REJECTED)
        assert platform.last.has(PublishFinished)
        assert HEVC_HEADER not in bytes(platform.last.received)


@swiftly
async def test_codecs_that_are_right_again_before_the_goodbye_is_said_are_connected_for_at_once() -> None:
    async with Platform(Lingering) as platform, Stage(legacy(platform)) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        send(encoder, picture=HEVC_HEADER)
        await eventually(lambda: platform.last.has(PublishFinished))
        send(encoder, picture=PICTURE_HEADER)
        encoder.send_frame()
        await eventually(lambda: len(platform.connections) == 2, patience_s=4)
        encoder.send_frame()
        await eventually(lambda: stage.light().connects == 2)


@swiftly
async def test_a_list_of_codecs_that_is_edited_holds_at_once() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage, stage.on_air():
        await stage.turns(S.LIVE)
        stage.relay.edit(
            "Platform", dataclasses.replace(platform.endpoint(), codecs=frozenset({"av01", "mp4a"}))
        )
        await stage.turns(S.REJECTED)
        assert platform.last.has(PublishFinished)
        stage.relay.edit("Platform", legacy(platform))
        await stage.turns(S.LIVE)
        assert len(platform.connections) == 2


@swiftly
async def test_connect_names_a_codec_whose_header_comes_a_little_later() -> None:
    async with Platform(Announced) as platform, Stage(platform.endpoint()) as stage:
        encoder = await encoder_of(stage)
        await let_pass(0.5)
        send(encoder, sound=SOUND_HEADER)
        await let_pass(0.2)
        assert platform.connections == []
        send(encoder, picture=HEVC_HEADER)
        await eventually(lambda: platform.connections and platform.last.has(ConnectRequested))
        assert isinstance(platform.last, Announced)
        assert platform.last.fourccs == ("hvc1",)


@swiftly
async def test_an_encoder_without_headers_is_connected_for_after_two_seconds() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await encoder_of(stage)
        began = asyncio.get_running_loop().time()
        encoder.send_frame()
        await eventually(lambda: platform.connections)
        assert 1.9 < asyncio.get_running_loop().time() - began < 3


@swiftly
async def test_new_headers_are_passed_on_as_they_come() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await stage.turns(S.LIVE)
        send(encoder, picture=OTHER_PICTURE_HEADER)
        send(encoder, picture=key_frame(1))
        await eventually(lambda: len(platform.last.pictures) == 2)
        headers = [
            e.payload for e in platform.last.events if isinstance(e, VideoReceived) and e.payload[1] == 0
        ]
        assert headers == [PICTURE_HEADER, OTHER_PICTURE_HEADER]
        assert len(platform.connections) == 1


@swiftly
async def test_only_the_platform_that_refuses_new_headers_is_reconnected_and_at_once() -> None:
    async with (
        Platform(Picky) as picky,
        Platform() as other,
        Stage(picky.endpoint("picky"), other.endpoint("other")) as stage,
        stage.on_air() as encoder,
    ):
        await stage.turns(S.LIVE, "picky")
        for number in range(4):
            await eventually(lambda number=number: stage.light("picky").connects == number + 1)  # type: ignore[misc]
            await let_pass(1)
            header = OTHER_PICTURE_HEADER if number % 2 else OTHER_PICTURE_HEADER[:-1] + b"\x82"
            send(encoder, picture=header)
            light = await stage.turns(S.RETRYING, "picky")
            assert light.cause is not None
            assert light.cause.code == "format-refused"
            assert light.retry_in_s is not None
            assert light.retry_in_s < 0.7
        await stage.turns(S.LIVE, "picky")
        assert len(other.connections) == 1
        assert stage.light("other").state is S.LIVE
