"""Players at the relay's door: on this machine only, with the key, on a whole picture (rtmp.md 1.14, 3.2, 3.4)."""

from __future__ import annotations

import asyncio
import itertools
import sys

import pytest

from powerstream_desktop.relay.ingest.connection import PLAYER_WAITS_S
from powerstream_desktop.rtmp.chunks import AUDIO_CSID, DATA_CSID
from powerstream_desktop.rtmp.client import Purpose
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    DataReceived,
    PlayFinished,
    PlayRefused,
    PlayStarted,
    PublishStarted,
    VideoReceived,
)
from tests.integration.relay.door import KEY, Door, door
from tests.integration.relay.peers import FRAME_MS, Client, picture_number
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.unit.relay.packets import METADATA, PICTURE_HEADER, SOUND_HEADER, sound
from tests.unit.rtmp.pair import NO, YES, command


async def player(door: Door, key: str = KEY, source: str = "127.0.0.1") -> Client:
    return await Client.connect(door.server.port, key, purpose=Purpose.PLAY, source=source)


def pictures(client: Client) -> list[VideoReceived]:
    return [video for video in client.heard(VideoReceived) if video.payload != PICTURE_HEADER]


def numbers(client: Client) -> list[int]:
    return [picture_number(picture.payload) for picture in pictures(client)]


@swiftly
async def test_a_player_starts_on_the_running_group_and_follows() -> None:
    async with door() as d:
        encoder = await d.publisher()
        for _ in range(27):
            encoder.send_frame()
        await eventually(lambda: d.stream.snapshot().frames_received == 28)
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder.send_frame()
        await eventually(lambda: len(pictures(viewer)) == 4)
        encoder.send_frame()
        await eventually(lambda: len(pictures(viewer)) == 5)
        assert numbers(viewer) == [25, 26, 27, 28, 29]
        assert [picture.timestamp for picture in pictures(viewer)] == [n * FRAME_MS for n in range(5)]


@swiftly
async def test_a_player_gets_headers_first_and_plain_metadata() -> None:
    async with door() as d:
        encoder = await d.publisher()
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder.send_frame()
        await eventually(lambda: len(pictures(viewer)) == 2)
        media = [
            event
            for event in viewer.events
            if isinstance(event, AudioReceived | VideoReceived | DataReceived)
        ]
        assert [event.payload for event in media[:3]] == [METADATA, SOUND_HEADER, PICTURE_HEADER]
        assert [event.timestamp for event in media[:4]] == [0, 0, 0, 0]


@swiftly
async def test_a_player_that_was_there_first_sees_everything_once() -> None:
    async with door() as d:
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder = await d.publisher()
        for _ in range(10):
            encoder.send_frame()
        await eventually(lambda: len(pictures(viewer)) == 11)
        assert numbers(viewer) == list(range(11))
        assert len(viewer.heard(DataReceived)) == 1
        assert len(viewer.heard(AudioReceived)) == 12


@swiftly
async def test_a_stream_of_sound_alone_is_heard_from_its_first_piece_and_nothing_twice() -> None:
    async with door() as d:
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder = await d.encoder()
        await encoder.hears(PublishStarted)
        encoder.rtmp.send_message(18, 0, METADATA, DATA_CSID)
        encoder.rtmp.send_message(8, 0, SOUND_HEADER, AUDIO_CSID)
        encoder.flush()
        await let_pass(0.2)
        for number in range(3):
            encoder.rtmp.send_message(8, number * 21, sound(number), AUDIO_CSID)
        encoder.flush()
        await let_pass(0.2)
        d.stream.hand_out()
        await eventually(lambda: len(viewer.heard(AudioReceived)) == 4)
        payloads = [event.payload for event in viewer.heard(AudioReceived)]
        assert payloads == [SOUND_HEADER, sound(0), sound(1), sound(2)]
        assert [event.payload for event in viewer.heard(DataReceived)] == [METADATA]


@swiftly
async def test_without_the_key_there_is_nothing_to_see() -> None:
    async with door() as d:
        await d.publisher()
        viewer = await player(d, "wrong_key_123456")
        assert (await viewer.hears(PlayRefused)).code == "NetStream.Play.StreamNotFound"
        await eventually(lambda: viewer.closed)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8")
@swiftly
async def test_from_another_machine_there_is_nothing_to_see_even_with_the_key() -> None:
    async with door() as d:
        await d.publisher()
        viewer = await player(d, source="127.0.0.2")
        await viewer.hears(PlayRefused)
        await eventually(lambda: viewer.closed)


@swiftly
async def test_the_end_of_a_stream_is_said_to_its_players() -> None:
    async with door() as d:
        encoder = await d.publisher()
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder.say_goodbye()
        await viewer.hears(PlayFinished)
        await eventually(lambda: viewer.closed)


@swiftly
async def test_players_stay_while_an_encoder_is_away_and_see_it_come_back() -> None:
    async with door() as d:
        encoder = await d.publisher()
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder.send_frame()
        await eventually(lambda: pictures(viewer))
        encoder.hang_up()
        await let_pass(15)
        back = await d.publisher()
        back.send_frame()
        await eventually(lambda: picture_number(pictures(viewer)[-1].payload) == 1)
        times = [picture.timestamp for picture in pictures(viewer)]
        assert times == sorted(times)
        assert 14_000 < times[-1] < 17_000
        assert not viewer.closed


@swiftly
async def test_a_player_that_nobody_publishes_for_is_sent_away_after_ten_seconds() -> None:
    async with door() as d:
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        began = asyncio.get_running_loop().time()
        await viewer.hears(PlayFinished)
        waited_s = asyncio.get_running_loop().time() - began
        assert PLAYER_WAITS_S - 1 < waited_s < PLAYER_WAITS_S + 1
        await eventually(lambda: viewer.closed)


@swiftly
async def test_a_player_that_leaves_while_it_waits_leaves_nothing_behind() -> None:
    async with door() as d:
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        viewer.hang_up()
        await let_pass(0.5)
        encoder = await d.publisher()
        encoder.send_frame()
        await eventually(lambda: len(d.audience.packets) >= 5)


@swiftly
async def test_a_paused_player_gets_nothing_and_goes_on_at_a_key_frame() -> None:
    async with door() as d:
        encoder = await d.publisher()
        viewer = await player(d)
        await viewer.hears(PlayStarted)
        encoder.send_frame()
        await eventually(lambda: len(pictures(viewer)) == 2)

        viewer.transport.write(
            viewer.rtmp.writer.write(command("pause", 9, None, YES, 0, stream_id=viewer.rtmp.stream_id))
        )
        await let_pass(0.2)
        for _ in range(5):
            encoder.send_frame()
        await let_pass(0.2)
        assert numbers(viewer) == [0, 1]
        viewer.transport.write(
            viewer.rtmp.writer.write(command("pause", 10, None, NO, 0, stream_id=viewer.rtmp.stream_id))
        )
        await let_pass(0.2)
        for _ in range(20):
            encoder.send_frame()
        await eventually(lambda: len(pictures(viewer)) == 4)
        assert numbers(viewer) == [0, 1, 25, 26]


@swiftly
async def test_a_player_that_does_not_read_is_cut_and_costs_nobody_a_frame() -> None:
    async with door() as d:
        encoder = await d.publisher()
        deaf, viewer = await player(d), await player(d)
        await deaf.hears(PlayStarted)
        await viewer.hears(PlayStarted)
        deaf.transport.pause_reading()
        for _ in range(16):
            for _ in range(encoder.gop):
                encoder.send_frame(size=40_000)
            await let_pass(1.0)
        await eventually(lambda: len(pictures(viewer)) == encoder.sent)
        assert numbers(viewer) == list(range(encoder.sent))
        deaf.transport.resume_reading()
        await eventually(lambda: deaf.closed)
        seen = numbers(deaf)
        assert len(seen) < encoder.sent
        for earlier, later in itertools.pairwise(seen):
            assert later == earlier + 1 or later % encoder.gop == 0
