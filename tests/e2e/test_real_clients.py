"""Other people's encoders and players against our relay: what is published arrives unchanged everywhere (rtmp.md 5.3.3).

Everywhere: at players, at a destination and in the recording. Unchanged: every packet's bytes and both its times, so that
deltas and the distance between sound and picture are those of the encoder.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise, takewhile

import pytest

from tests.e2e.support.clients import (
    FFMPEG_PLAYS,
    FFMPEG_PUBLISHES,
    PYAV_PLAYS,
    PYAV_PUBLISHES,
    RTMP2SINK,
    RTMP2SRC,
    RTMPDUMP,
    RTMPSINK,
    Publisher,
)
from tests.e2e.support.films import AV1, H264, HEVC, Codecs, Films
from tests.e2e.support.flv import video_frame_times_ms
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.media import Media, Packet, differences, faults, media_of, recorded
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.pyav_ingest import PyAVIngest
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.e2e

KEY = "key-of-nginx"
AWAY_TOLERANCE_MS = 700
"""Starting and ending an encoder takes some time, which counts as away."""


def target_of(server: NginxRtmp) -> Target:
    return Target("nginx", server.server_url, KEY)


def arrived_at(server: NginxRtmp) -> list[Media]:
    """Return one medium for each publish, when the last of them has ended."""
    wait_until(lambda: not server.streams(), what="the end of the stream at nginx", timeout_s=10)
    return [media_of(path) for path in server.recordings(KEY)]


def wait_for_pictures_at(server: NginxRtmp, count: int) -> None:
    def came() -> bool:
        return any(len(video_frame_times_ms(path)) >= count for path in server.recordings(KEY))

    wait_until(came, what=f"{count} pictures at nginx", timeout_s=15)


@pytest.mark.parametrize("publisher", [FFMPEG_PUBLISHES, RTMP2SINK, RTMPSINK], ids=lambda each: each.name)
def test_h264_arrives_unchanged_everywhere(stage: Stage, films: Films, publisher: Publisher) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, target_of(server))
    watching = [broadcast.watch(each) for each in (FFMPEG_PLAYS, PYAV_PLAYS, RTMP2SRC, RTMPDUMP)]

    sent = broadcast.publish(publisher, films.film(H264))

    arrived = {each.player.name: each.seen(sent) for each in watching}
    broadcast.end()
    [arrived["nginx"]] = arrived_at(server)
    assert faults(sent, arrived) == {}
    [recording] = broadcast.recordings
    assert differences(sent.without_settings(), recorded(recording)) == []


@pytest.mark.parametrize("codecs", [HEVC, AV1], ids=lambda each: each.name)
def test_enhanced_codecs_arrive_unchanged_everywhere(stage: Stage, films: Films, codecs: Codecs) -> None:
    ingest = PyAVIngest(stage)
    broadcast = RelayBroadcast(stage, ingest.target)
    watching = [broadcast.watch(each) for each in (PYAV_PLAYS, RTMP2SRC, RTMPDUMP)]

    sent = broadcast.publish(PYAV_PUBLISHES, films.film(codecs))

    arrived = {each.player.name: each.seen(sent) for each in watching}
    broadcast.end()
    arrived["ingest"] = ingest.arrived()
    assert faults(sent, arrived) == {}
    [recording] = broadcast.recordings
    assert differences(sent.without_settings(), recorded(recording)) == []


def test_a_player_that_comes_late_gets_the_running_group_from_its_key_frame_on(
    stage: Stage, films: Films
) -> None:
    only_one_key_frame = films.film(H264, seconds=4.0, gop_s=10.0)
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, target_of(server))
    encoder = broadcast.start_publishing(FFMPEG_PUBLISHES, only_one_key_frame)
    wait_for_pictures_at(server, 30)

    watching = [broadcast.watch(each) for each in (RTMPDUMP, RTMP2SRC, FFMPEG_PLAYS, PYAV_PLAYS)]

    assert encoder.running, "the players came too late to be late"
    sent = media_of(only_one_key_frame)
    assert faults(sent, {each.player.name: each.seen(sent) for each in watching}) == {}
    broadcast.end()


def test_an_encoder_that_stops_and_starts_again_makes_a_second_broadcast(stage: Stage, films: Films) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, target_of(server))
    watching = [broadcast.watch(each) for each in (FFMPEG_PLAYS, RTMPDUMP)]

    first = broadcast.publish(FFMPEG_PUBLISHES, films.film(H264), name="first")
    second = broadcast.publish(FFMPEG_PUBLISHES, films.film(H264, seconds=1.5), name="second")

    seen = {each.player.name: each.seen(first) for each in watching}
    assert faults(first, seen) == {}
    summary = broadcast.end()
    assert summary["destinations"][0]["connects"] == 2
    published = arrived_at(server)
    assert [differences(*pair) for pair in zip((first, second), published, strict=True)] == [[], []]
    recordings = [recorded(path) for path in broadcast.recordings]
    sent = first.without_settings(), second.without_settings()
    assert [differences(*pair) for pair in zip(sent, recordings, strict=True)] == [[], []]


def test_an_encoder_that_is_killed_and_returns_goes_on_where_everybody_still_is(
    stage: Stage, films: Films
) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, target_of(server))
    watching = [broadcast.watch(each) for each in (FFMPEG_PLAYS, RTMPDUMP)]
    encoder = broadcast.start_publishing(FFMPEG_PUBLISHES, films.film(H264, seconds=4.0), name="first")
    wait_for_pictures_at(server, 30)

    encoder.kill()
    killed_at_s = time.monotonic()
    broadcast.process.wait_for_json(
        lambda line: line["ingest"]["bridgingSeconds"] is not None,
        what="notice of the loss",
        timeout_s=5,
    )
    film = films.film(H264)
    again = broadcast.publish(FFMPEG_PUBLISHES, film, name="second")
    away_ms = (time.monotonic() - killed_at_s) * 1000 - again.duration_ms

    arrived = {each.player.name: each.seen(again) for each in watching}
    summary = broadcast.end()
    assert summary["destinations"][0]["connects"] == 1
    [arrived["nginx"]] = arrived_at(server)
    [recording] = broadcast.recordings
    arrived["recording"] = recorded(recording)
    first = media_of(films.film(H264, seconds=4.0))
    for place, media in arrived.items():
        assert goes_on_faults(first, again, media, away_ms) == [], place


def goes_on_faults(first: Media, again: Media, media: Media, away_ms: float) -> list[str]:
    """Say what is wrong with a timeline of the beginning of one film, a bridge over ``away_ms``, and another whole film."""
    pictures, sounds = -len(again.pictures), -len(again.sounds)
    before = media.part(pictures=slice(0, pictures), sounds=slice(0, sounds))
    behind = media.part(pictures=slice(pictures, None), sounds=slice(sounds, None))
    known = common_beginning(first.pictures, before.pictures), common_beginning(first.sounds, before.sounds)
    beginning = before.part(pictures=slice(0, known[0]), sounds=slice(0, known[1]))
    bridge = before.part(pictures=slice(known[0], None), sounds=slice(known[1], None))
    sent = first.part(pictures=slice(0, known[0]), sounds=slice(0, known[1])).without_settings()
    found = differences(sent, beginning.without_settings())
    found += differences(again.without_settings(), behind.without_settings())
    if not bridge.sounds or not all(picture.key for picture in bridge.pictures):
        found.append("the bridge has no sound, or a picture that cannot stand alone")
    for kind, track in media.tracks.items():
        if any(one.dts_ms >= other.dts_ms for one, other in pairwise(track.packets)):
            found.append(f"{kind}: time stands still or goes back")
    away_in_media_ms = behind.pictures[0].dts_ms - beginning.pictures[-1].dts_ms
    if abs(away_in_media_ms - away_ms) > AWAY_TOLERANCE_MS:
        found.append(f"away for {away_in_media_ms} ms instead of {away_ms:.0f} ms")
    return found


def common_beginning(sent: Sequence[Packet], seen: Sequence[Packet]) -> int:
    """Return how many packets from the first one on are the same."""
    pairs = zip(sent, seen, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].digest == pair[1].digest, pairs))
