"""The whole upload collapses under a real broadcast whose bitrate may follow: nobody loses a picture or a connection (ADR 0007)."""

from __future__ import annotations

import json
import time

import pytest

from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.live_broadcast import Line, LiveBroadcast, Target
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.shaping import Uplink
from tests.e2e.support.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

NAMES = ("one", "two")
BITRATE_KBPS = 1500
AMPLE_BYTES_PER_S = 1_250_000
NARROW_BYTES_PER_S = 250_000
"""2 Mbit/s: of 3.3 that both together need."""
FITTING_KBPS = 700
SETTLED_S, NARROW_S = 5.0, 6.0
ANSWERED_WITHIN_S = 6.0
"""Two seconds, one that the proxies' own buffers take, and what the engine's figures and the status lines add."""


def test_the_bitrate_follows_the_upload_down_and_up_again(stage: Stage) -> None:
    servers = [stage.nginx(name) for name in NAMES]
    upload = Uplink(AMPLE_BYTES_PER_S)
    targets = []
    for name, server in zip(NAMES, servers, strict=True):
        proxy = stage.proxy(server.port)
        proxy.share(upload)
        targets.append(Target(name, f"rtmp://{LOOPBACK}:{proxy.port}/live", f"key-{name}"))
    broadcast = LiveBroadcast(
        stage, targets, "--source", "test", "--size", "320x180", "--bitrate", str(BITRATE_KBPS),
        "--adapt-bitrate",
    )  # fmt: skip
    broadcast.wait_until_live()
    time.sleep(SETTLED_S)
    assert target_kbps(broadcast.statuses[-1]) == BITRATE_KBPS

    upload.bytes_per_s = NARROW_BYTES_PER_S
    began = time.monotonic()
    broadcast.wait_for(lambda line: target_kbps(line) < BITRATE_KBPS, what="a lower bitrate")
    answered_after_s = time.monotonic() - began
    time.sleep(NARROW_S)
    narrow = broadcast.statuses[-1]
    upload.bytes_per_s = AMPLE_BYTES_PER_S
    broadcast.wait_for(
        lambda line: target_kbps(line) > target_kbps(narrow),
        what="the bitrate to rise",
        since=len(broadcast.statuses),
    )
    assert broadcast.finish() == 0

    assert answered_after_s < ANSWERED_WITHIN_S
    assert target_kbps(narrow) == pytest.approx(FITTING_KBPS, abs=200)
    assert narrow["engine"]["videoKbps"] == pytest.approx(target_kbps(narrow), rel=0.25)
    assert narrow["uplinkKbps"] == pytest.approx(NARROW_BYTES_PER_S * 8 / 1000, rel=0.25)
    for name, server in zip(NAMES, servers, strict=True):
        end = broadcast.end_of(name)
        assert (end["droppedFrames"], end["connects"]) == (0, 1)
        [recorded] = server.recordings(f"key-{name}")
        video, _ = stream_facts(recorded).both
        assert video.gaps(longer_than_ms=100) == []


def test_without_leave_the_bitrate_stays_and_the_measured_upload_is_kept_for_next_time(stage: Stage) -> None:
    upload = Uplink(AMPLE_BYTES_PER_S)
    targets = []
    for name in NAMES:
        proxy = stage.proxy(stage.nginx(name).port)
        proxy.share(upload)
        targets.append(Target(name, f"rtmp://{LOOPBACK}:{proxy.port}/live", f"key-{name}"))
    broadcast = LiveBroadcast(
        stage, targets, "--source", "test", "--size", "320x180", "--bitrate", str(BITRATE_KBPS)
    )
    broadcast.wait_until_live()
    time.sleep(SETTLED_S)
    upload.bytes_per_s = NARROW_BYTES_PER_S
    broadcast.wait_for(lambda line: line["uplinkKbps"] is not None, what="the upload to be measured")
    time.sleep(1.5)
    assert broadcast.finish() == 0

    assert {target_kbps(line) for line in broadcast.statuses if line["engine"].get("videoTargetKbps")} == {
        BITRATE_KBPS
    }
    assert broadcast.end_of("one")["droppedFrames"] == 0
    assert broadcast.end_of("two")["droppedFrames"] > 0
    kept = json.loads((broadcast.home / "data" / "uplink.json").read_text())
    assert kept["kbps"] == broadcast.summary["uplinkKbps"]


def target_kbps(line: Line) -> int:
    """What the encoder is set to; the engine says so from its first figures on."""
    return int(line["engine"].get("videoTargetKbps", BITRATE_KBPS))
