"""Other people's encoders and players against our relay: what is published arrives unchanged everywhere (rtmp.md 5.3.3).

Everywhere: at players, at a destination and in the recording; unchanged: every packet's bytes and both its times.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import av
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
from tests.e2e.support.films import AV1, CHUNK_BYTES, H264, HEVC, Codecs, make_film
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.media import Media, differences, media_of
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.pyav_ingest import PyAVIngest
from tests.e2e.support.relay_broadcast import RelayBroadcast, Watching
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

pytestmark = pytest.mark.e2e

PUBLISH_S = 20.0
KEY = "key-of-nginx"


class Films:
    """Films of this module, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = cache(self._make)

    def film(self, codecs: Codecs, *, seconds: float = 2.0, gop_s: float = 1.0) -> Path:
        return self._made(codecs, seconds, gop_s)

    def _make(self, codecs: Codecs, seconds: float, gop_s: float) -> Path:
        target = self._folder / f"{codecs.name}-{seconds:g}-{gop_s:g}.flv"
        return make_film(target, codecs, seconds=seconds, gop_s=gop_s)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Films:
    return Films(tmp_path_factory.mktemp("films"))


def target_of(server: NginxRtmp) -> Target:
    return Target("nginx", server.server_url, KEY)


def arrived_at(server: NginxRtmp) -> list[Media]:
    """Return one medium for each publish, when the last of them has ended."""
    wait_until(lambda: not server.streams(), what="the end of the stream at nginx", timeout_s=10)
    return [media_of(path) for path in server.recordings(KEY)]


def faults(sent: Media, arrived: Mapping[str, Media]) -> dict[str, list[str]]:
    """Return for each place what is wrong there; places without a fault are left out."""
    found = {place: differences(sent, media) for place, media in arrived.items()}
    return {place: differing for place, differing in found.items() if differing}


def seen_by(watching: list[Watching], sent: Media) -> dict[str, Media]:
    """Return what the players saw; one that may lose the last packet is given it back."""
    return {
        each.player.name: each.seen().with_the_last_of(sent) if each.player.loses_the_last else each.seen()
        for each in watching
    }


def recorded(path: Path) -> Media:
    """Return what a recording holds; every picture and sound in it must decode."""
    media = media_of(path)
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0)) == len(media.pictures)
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(audio=0)) >= len(media.sounds) - 1
    return media.without_settings()  # libavformat writes HEVC's in its own order


@pytest.mark.parametrize("publisher", [FFMPEG_PUBLISHES, RTMP2SINK, RTMPSINK], ids=lambda each: each.name)
def test_h264_arrives_unchanged_everywhere(stage: Stage, films: Films, publisher: Publisher) -> None:
    server = stage.nginx()
    broadcast = RelayBroadcast(stage, target_of(server))
    watching = [broadcast.player(each) for each in (FFMPEG_PLAYS, PYAV_PLAYS, RTMP2SRC, RTMPDUMP)]

    film = films.film(H264)
    encoder = broadcast.publisher(publisher, film)
    assert encoder.wait_for_exit(timeout_s=PUBLISH_S) == 0

    sent = publisher.sent(film, stage.folder / "publisher.flv")
    seen = seen_by(watching, sent)
    broadcast.end()
    [at_nginx] = arrived_at(server)
    [recording] = broadcast.recordings
    assert faults(sent, {**seen, "nginx": at_nginx}) == {}
    assert faults(sent.without_settings(), {"recording": recorded(recording)}) == {}
