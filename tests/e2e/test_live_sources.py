"""What ``powerstream live`` shows besides a screen: a file with its own sound, and a portrait for whoever takes it."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.support.av_sync import pulse_offsets_ms
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.live_broadcast import LiveBroadcast, Target, write_destinations
from tests.e2e.support.stage import Stage
from tests.integration.engine.programs import pattern_program, settings, write_flv

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

SMALL = ("--size", "640x360", "--bitrate", "1500")
WIDE, TALL = "wide", "tall"


def test_a_files_picture_and_sound_stay_together_through_its_loops(stage: Stage) -> None:
    clip = write_flv(pattern_program(settings(width=320, height=180, fps=25), 3.0), stage.folder / "clip.flv")
    server = stage.nginx("server")
    broadcast = LiveBroadcast(
        stage, [Target(WIDE, server.server_url, "key")], "--source", str(clip), *SMALL, "--duration", "8"
    )

    assert broadcast.process.wait_for_exit(timeout_s=30) == 0

    [recording] = broadcast.recordings()
    offsets_ms = pulse_offsets_ms(recording)
    assert len(offsets_ms) >= 6
    assert max(map(abs, offsets_ms)) <= 40, offsets_ms
    assert abs(sum(offsets_ms) / len(offsets_ms)) <= 20, offsets_ms
    video, audio = stream_facts(recording).both
    assert video.gaps(longer_than_ms=100) == []
    assert audio.gaps(longer_than_ms=40) == []


def test_a_portrait_is_encoded_for_as_long_as_somebody_takes_it(stage: Stage) -> None:
    wide, tall = stage.nginx(WIDE), stage.nginx(TALL)
    landscape = Target(WIDE, wide.server_url, "key-wide")
    portrait = Target(TALL, tall.server_url, "key-tall", rendition="portrait")
    broadcast = LiveBroadcast(stage, [landscape], "--source", "test", *SMALL)
    broadcast.wait_until_live()
    assert list(broadcast.statuses[-1]["engine"].get("renditions", {})) in ([], ["landscape"])

    reload(broadcast, stage.folder, landscape, portrait)
    broadcast.wait_for(
        lambda line: [each["status"] for each in line["destinations"]] == ["live", "live"],
        what="the portrait to be live",
    )
    time.sleep(1.5)
    since = len(broadcast.statuses)
    reload(broadcast, stage.folder, landscape)
    broadcast.wait_for(
        lambda line: list(line["engine"]["renditions"]) == ["landscape"],
        what="the portrait to be encoded no more",
        since=since,
    )
    assert broadcast.finish() == 0

    [at_tall] = tall.recordings("key-tall")
    video, audio = stream_facts(at_tall).both
    assert (video.width, video.height) == (720, 1280)
    assert video.gaps(longer_than_ms=100) == []
    assert audio.gaps(longer_than_ms=40) == []
    [at_wide] = wide.recordings("key-wide")
    video, audio = stream_facts(at_wide).both
    assert (video.width, video.height) == (640, 360)
    assert video.gaps(longer_than_ms=100) == []
    assert set(video.key_frame_intervals_s) == {2.0}


def reload(broadcast: LiveBroadcast, folder: Path, *targets: Target) -> None:
    path = write_destinations(folder / "destinations.json", targets)
    assert json.loads(path.read_text())
    os.kill(broadcast.process.pid, signal.SIGUSR1)
