"""An encoder is killed under a running relay, twice: it comes back as it was, then with another picture size."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from tests.e2e.support.ffprobe import StreamFacts, stream_facts
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.relay_broadcast import RelayBroadcast
from tests.e2e.support.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

BEFORE_S, AWAY_S, AFTER_S = 1.5, 3.0, 1.5
SAME = {"-g": "30", "-bf": "2"}
WIDER = {"-g": "30", "-bf": "2", "-s": "480x270"}
LONGEST_SOUND_GAP_MS = 35
FIRST_STILL_MS, STILL_EVERY_MS = 100, 1_000


@dataclass(frozen=True, slots=True)
class Shown:
    """One decoded picture."""

    at_s: float
    width: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Ordeal:
    """A broadcast that is over."""

    lines: list[dict[str, Any]]
    arrived: list[Path]
    recordings: list[Path]


@pytest.fixture(scope="module")
def ordeal(shared_stage: Stage) -> Ordeal:
    servers = [shared_stage.nginx(name) for name in ("one", "two")]
    targets = [Target(server.name, server.server_url, f"key-{server.name}") for server in servers]
    broadcast = RelayBroadcast(shared_stage, *targets)
    encoder = shared_stage.publish(broadcast.url, options=SAME)
    wait_for_lights(broadcast, ["live"] * 2)
    for number, options in enumerate((SAME, WIDER)):
        time.sleep(BEFORE_S)
        encoder.kill()
        time.sleep(AWAY_S)
        encoder = shared_stage.publish(broadcast.url, name=f"returns-{number}", options=options)
        broadcast.process.wait_for_json(
            lambda line: line["type"] == "status" and line["state"] == "live",
            what="the encoder's return",
            timeout_s=10,
            skip=len(list(broadcast.process.json_lines())),
        )
        time.sleep(AFTER_S)
    encoder.interrupt()
    encoder.wait_for_exit(timeout_s=10)
    broadcast.end()
    return Ordeal(
        lines=list(broadcast.process.json_lines()),
        arrived=[path for server in servers for path in server.recordings(f"key-{server.name}")],
        recordings=broadcast.recordings,
    )


def wait_for_lights(broadcast: RelayBroadcast, wanted: Sequence[str]) -> None:
    broadcast.process.wait_for_json(
        lambda line: (
            line["type"] == "status" and [light["status"] for light in line["destinations"]] == list(wanted)
        ),
        what=f"lights {wanted}",
        timeout_s=15,
    )


def shown(path: Path) -> list[Shown]:
    """Decode a file; a picture or a piece of sound that cannot be decoded fails the test."""
    pictures = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0, audio=0):
            if isinstance(frame, av.VideoFrame):
                assert frame.time is not None
                pictures.append(Shown(frame.time, frame.width, frame.to_ndarray().tobytes()))
    return pictures


@pytest.fixture(scope="module")
def facts(ordeal: Ordeal) -> list[StreamFacts]:
    return [stream_facts(path) for path in ordeal.arrived]


def test_no_platform_was_ever_disconnected(ordeal: Ordeal) -> None:
    assert len(ordeal.arrived) == 2
    summary = ordeal.lines[-1]
    assert [each["connects"] for each in summary["destinations"]] == [1, 1]
    assert summary["ok"] is True


def test_the_session_says_that_it_is_bridging_and_its_clock_runs_on(ordeal: Ordeal) -> None:
    states = [line["state"] for line in ordeal.lines if line["type"] == "status"]
    changes = [state for state, before in zip(states, [None, *states], strict=False) if state != before]
    assert changes[-6:-1] == ["live", "bridging", "live", "bridging", "live"]
    bridging = [line for line in ordeal.lines if line.get("state") == "bridging"]
    assert {light["status"] for line in bridging for light in line["destinations"]} == {"live"}
    # The session hears of the cut a moment after the stream: a line from between has no duration any more.
    away_s = [line["ingest"]["bridgingSeconds"] or 0.0 for line in bridging]
    assert max(away_s) == pytest.approx(AWAY_S, abs=2.0)
    live_s = 2 * (BEFORE_S + AWAY_S + AFTER_S)
    assert ordeal.lines[-1]["elapsedSeconds"] > live_s


def test_platforms_get_one_stream_whose_times_never_go_back(facts: list[StreamFacts]) -> None:
    for each in facts:
        video, audio = each.both
        assert (video.dts_increases, audio.dts_increases) == (True, True)
        assert audio.gaps(longer_than_ms=LONGEST_SOUND_GAP_MS) == []
        assert video.duration_s == pytest.approx(audio.duration_s, abs=0.5)  # the encoder was interrupted
        assert video.duration_s > 2 * (BEFORE_S + AWAY_S)


def test_a_still_a_second_fills_the_gap(facts: list[StreamFacts]) -> None:
    for each in facts:
        gaps = each.both[0].gaps(longer_than_ms=STILL_EVERY_MS / 2)
        assert len(gaps) >= 2 * (AWAY_S - 1)
        assert max(gap.length_ms for gap in gaps) <= STILL_EVERY_MS + 1


def test_what_is_shown_meanwhile_is_the_last_key_frame(ordeal: Ordeal) -> None:
    for path in ordeal.arrived:
        pictures = shown(path)
        stills = [earlier for earlier, later in pairwise(pictures) if later.at_s - earlier.at_s > 0.5]
        first_absence = [still for still in stills if still.at_s < stills[0].at_s + AWAY_S + 1]
        assert len(first_absence) >= AWAY_S - 1
        assert len({still.pixels for still in first_absence}) == 1
        before = [picture.pixels for picture in pictures if picture.at_s < first_absence[0].at_s]
        assert first_absence[0].pixels in before


def test_a_publisher_with_another_size_is_decoded_on_the_same_connection(ordeal: Ordeal) -> None:
    for path in ordeal.arrived:
        widths = [picture.width for picture in shown(path)]
        assert widths == sorted(widths)
        assert set(widths) == {320, 480}
        assert widths.count(480) >= AFTER_S * 30 * 0.5


def test_the_recording_goes_on_through_the_first_gap_and_is_split_where_the_size_changes(
    ordeal: Ordeal,
) -> None:
    assert len(ordeal.recordings) == 2
    first, second = map(stream_facts, ordeal.recordings)
    assert first.both[0].duration_s > 2 * (BEFORE_S + AWAY_S)
    for each in (first, second):
        video, audio = each.both
        assert (video.dts_increases, audio.dts_increases) == (True, True)
        assert audio.gaps(longer_than_ms=LONGEST_SOUND_GAP_MS) == []
    assert {picture.width for picture in shown(ordeal.recordings[0])} == {320}
    assert {picture.width for picture in shown(ordeal.recordings[1])} == {480}
