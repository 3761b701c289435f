"""Encoders whose clocks have run for hours or weeks: 24 bits do not hold their time stamps any more (rtmp.md 1.3.4, 5.2)."""

from __future__ import annotations

import pytest

from tests.e2e.support.clients import FFMPEG_PLAYS, RTMPDUMP, ffmpeg_publisher
from tests.e2e.support.films import H264, Films
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.media import AUDIO, VIDEO, Media, faults, lateness_ms, media_of, recorded
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.e2e

KEY = "key-of-nginx"
LONG_PAST_24_BITS_S = 20_000
CROSSING_24_BITS_S = 16_776.5
CROSSING_31_BITS_S = 2_147_482.9
LONGEST_GAP_MS = 100


def broadcast_at(stage: Stage, films: Films, offset_s: float) -> tuple[Media, dict[str, Media]]:
    """Let FFmpeg publish a film whose time stamps start at ``offset_s``; return the film and what arrived where."""
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, Target("nginx", server.server_url, KEY))
    watching = [broadcast.watch(each) for each in (FFMPEG_PLAYS, RTMPDUMP)]
    publisher = ffmpeg_publisher(options=("-output_ts_offset", str(offset_s)))

    sent = broadcast.publish(publisher, films.film(H264, seconds=1.5))

    arrived = {each.player.name: each.seen(sent) for each in watching}
    broadcast.end()
    wait_until(lambda: not server.streams(), what="the end of the stream at nginx", timeout_s=10)
    [at_nginx] = server.recordings(KEY)
    [recording] = broadcast.recordings
    arrived |= {"nginx": media_of(at_nginx), "recording": recorded(recording)}
    return sent.without_settings(), {place: media.without_settings() for place, media in arrived.items()}


@pytest.mark.parametrize("offset_s", [LONG_PAST_24_BITS_S, CROSSING_24_BITS_S])
def test_a_film_arrives_unchanged_whatever_the_encoders_clock_says(
    stage: Stage, films: Films, offset_s: float
) -> None:
    sent, arrived = broadcast_at(stage, films, offset_s)

    assert faults(sent, arrived) == {}
    assert {place: media.pictures[0].dts_ms for place, media in arrived.items()} == dict.fromkeys(arrived, 0)


def test_a_clock_that_jumps_back_by_weeks_costs_a_moment_and_no_packet(stage: Stage, films: Films) -> None:
    """FFmpeg cuts its time stamps off at 31 bits, which after 24.8 days looks like a clock that was set back to 0."""
    sent, arrived = broadcast_at(stage, films, CROSSING_31_BITS_S)

    for place, media in arrived.items():
        late_ms = lateness_ms(sent, media, VIDEO)
        after_jump_ms = late_ms[-1]
        assert 0 <= after_jump_ms < LONGEST_GAP_MS, place
        assert {*late_ms, *lateness_ms(sent, media, AUDIO)} <= {0, after_jump_ms}, place
        for kind, track in sent.tracks.items():
            theirs = media.tracks[kind].packets
            assert [packet.digest for packet in track.packets] == [packet.digest for packet in theirs], place
