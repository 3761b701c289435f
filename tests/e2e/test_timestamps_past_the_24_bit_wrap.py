"""Encoders whose clocks have run for hours or days: 24 bits do not hold their time stamps any more (rtmp.md 1.3.4, 5.2)."""

from __future__ import annotations

import pytest

from tests.e2e.support.clients import FFMPEG_PLAYS, RTMPDUMP, ffmpeg_publisher
from tests.e2e.support.films import H264, Films
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.media import differences, faults, media_of, recorded
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.e2e

KEY = "key-of-nginx"
OFFSETS_S = {
    "long past 24 bits": "20000",
    "crossing 24 bits": "16776.5",
    "crossing 31 bits": "2147482.9",
}
"""FFmpeg cuts its time stamps off at 31 bits; it jumps back by 24 days then."""


@pytest.mark.parametrize("offset_s", OFFSETS_S.values(), ids=OFFSETS_S.keys())
def test_a_film_arrives_unchanged_whatever_the_encoders_clock_says(
    stage: Stage, films: Films, offset_s: str
) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, Target("nginx", server.server_url, KEY))
    watching = [broadcast.watch(each) for each in (FFMPEG_PLAYS, RTMPDUMP)]

    sent = broadcast.publish(
        ffmpeg_publisher(options=("-output_ts_offset", offset_s)), films.film(H264, seconds=1.5)
    )

    arrived = {each.player.name: each.seen(sent) for each in watching}
    broadcast.end()
    wait_until(lambda: not server.streams(), what="the end of the stream at nginx", timeout_s=10)
    [at_nginx] = server.recordings(KEY)
    arrived["nginx"] = media_of(at_nginx)
    assert faults(sent, arrived) == {}
    [recording] = broadcast.recordings
    assert differences(sent.without_settings(), recorded(recording)) == []
