"""Platforms outlive the encoder: killed, silent, back with other settings, away for good (DESIGN 5, bridging)."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.stream.stream import SILENT_S
from powerstream_desktop.rtmp.chunks import VIDEO_CSID
from powerstream_desktop.rtmp.events import AudioReceived, VideoReceived
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_audio, classify_video
from tests.integration.relay.door import door
from tests.integration.relay.peers import FRAME_MS, Encoder, Platform
from tests.integration.relay.stage import PUBLISH_KEY, Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.unit.relay.packets import PICTURE_HEADER, inter_frame

S = DestinationState
WIDER_HEADER = PICTURE_HEADER[:-1] + b"\x81"


class WiderEncoder(Encoder):
    """Comes with other settings than the one before it."""

    picture_header = WIDER_HEADER


def sound_times(platform: Platform) -> list[int]:
    sounds = [event for event in platform.last.events if isinstance(event, AudioReceived)]
    return [event.timestamp for event in sounds if classify_audio(event.payload).kind is TagKind.FRAME]


def headers(platform: Platform) -> list[bytes]:
    videos = [event for event in platform.last.events if isinstance(event, VideoReceived)]
    return [event.payload for event in videos if classify_video(event.payload).kind is TagKind.HEADER]


def assert_continuous(platform: Platform) -> None:
    """One connection, no time goes back, no sound is missing."""
    assert len(platform.connections) == 1
    pictures = [picture.timestamp for picture in platform.last.pictures]
    assert pictures == sorted(set(pictures))
    steps = [later - earlier for earlier, later in itertools.pairwise(sound_times(platform))]
    # The encoder sends a piece of sound beside each picture; silence has a quicker rhythm.
    assert 0 < min(steps) <= max(steps) <= FRAME_MS


@swiftly
async def test_platforms_stay_connected_while_a_killed_encoder_is_away() -> None:
    async with (
        Platform() as one,
        Platform() as other,
        Stage(one.endpoint("One"), other.endpoint("Other")) as stage,
    ):
        encoder = await stage.publish()
        await encoder.stream(1.2)
        encoder.hang_up()
        await let_pass(5.0)
        assert [stage.light(name).state for name in ("One", "Other")] == [S.LIVE, S.LIVE]
        back = await stage.publish()
        await back.stream(1.2)
        for platform in (one, other):
            assert_continuous(platform)
            assert platform.last.picture_numbers[-1] == back.sent - 1
            assert platform.last.pictures[-1].timestamp == pytest.approx(7_400, abs=600)
            assert headers(platform) == [PICTURE_HEADER]
        assert stage.light("One").connects == 1


@swiftly
async def test_an_encoder_that_stops_in_mid_stream_is_bridged_and_cut_in_where_it_goes_on() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await encoder.stream(1.2)
        before = len(platform.last.pictures)
        await let_pass(SILENT_S + 3.0)
        assert not stage.relay.snapshot().ingest.publishing
        assert len(platform.last.pictures) > before
        encoder.sent = 175  # its clock ran on; the next picture is a key frame
        await encoder.stream(1.0)
        assert stage.relay.snapshot().ingest.publishing
        assert platform.last.picture_numbers[-1] == encoder.sent - 1
        assert_continuous(platform)


@swiftly
async def test_other_settings_arrive_with_their_key_frame_on_the_same_connection() -> None:
    async with Platform() as platform, Stage(platform.endpoint()) as stage:
        encoder = await stage.publish()
        await encoder.stream(0.5)
        encoder.hang_up()
        await let_pass(2.0)
        back = await WiderEncoder.connect(stage.server.port, PUBLISH_KEY)
        await back.starts()
        await back.stream(0.5)
        assert headers(platform) == [PICTURE_HEADER, WIDER_HEADER]
        assert_continuous(platform)


@swiftly
async def test_a_destination_that_joins_a_bridge_starts_on_a_whole_picture() -> None:
    async with Platform() as platform, Stage() as stage:
        encoder = await stage.publish()
        encoder.hang_up()
        await let_pass(5.0)
        stage.relay.add(platform.endpoint())
        await stage.turns(S.LIVE)
        assert platform.last.picture_numbers[0] == 0
        assert headers(platform) == [PICTURE_HEADER]


@swiftly
async def test_a_key_frame_that_never_comes_keeps_the_bridge_no_longer_than_the_limit() -> None:
    async with door(bridge_limit_s=4.0) as d:
        (await d.publisher()).hang_up()
        await let_pass(1.0)
        hopeless = await d.encoder()
        await hopeless.starts()
        for number in range(20):
            hopeless.rtmp.send_message(9, number * 100, inter_frame(number), VIDEO_CSID)
            hopeless.flush()
            await let_pass(0.1)
        await let_pass(2.0)
        assert d.log == ["publish program", "bridge program", "done program: not-back"]
        await eventually(lambda: hopeless.closed)
