"""A real screen to two real servers and a recording: everything arrives, exactly as it was meant."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.support.ffprobe import StreamFacts, stream_facts
from tests.e2e.support.live_broadcast import LiveBroadcast, Target
from tests.e2e.support.picture_numbers import shown_numbers
from tests.e2e.support.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

OUTPUTS = ("first server", "second server", "recording")
DURATION_S = 9
"""Long enough for five key frames."""
KEYS = {"first server": "key-of-the-first", "second server": "key-of-the-second"}


@pytest.fixture(scope="module")
def broadcast(shared_stage: Stage) -> LiveBroadcast:
    screen = shared_stage.screen(size=(1280, 720), moving_fps=30)
    servers = [shared_stage.nginx(name.replace(" ", "-")) for name in KEYS]
    targets = [
        Target(name, server.server_url, KEYS[name]) for name, server in zip(KEYS, servers, strict=True)
    ]
    options = ("--source", "screen", "--display", screen.display, "--size", "1280x720")
    broadcast = LiveBroadcast(shared_stage, targets, *options, "--duration", str(DURATION_S))
    assert broadcast.process.wait_for_exit(timeout_s=DURATION_S + 20) == 0
    return broadcast


@pytest.fixture(scope="module")
def outputs(broadcast: LiveBroadcast, shared_stage: Stage) -> dict[str, Path]:
    """The one file that each output wrote."""
    found = {}
    for name, key in KEYS.items():
        [found[name]] = shared_stage.folder.glob(f"{name.replace(' ', '-')}/run-1/{key}-*.flv")
    [found["recording"]] = broadcast.recordings()
    return found


@pytest.fixture(scope="module")
def facts(outputs: dict[str, Path]) -> dict[str, StreamFacts]:
    return {name: stream_facts(path) for name, path in outputs.items()}


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_picture_has_the_size_and_rate_that_were_asked_for(
    facts: dict[str, StreamFacts], output: str
) -> None:
    video, _ = facts[output].both

    assert (video.codec, video.profile, video.width, video.height) == ("h264", "High", 1280, 720)
    assert (video.pixel_format, video.color_space) == ("yuv420p", "bt709")
    assert video.fps == pytest.approx(30, rel=0.01)
    assert video.duration_s == pytest.approx(DURATION_S, abs=0.5)
    assert video.gaps(longer_than_ms=100) == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_key_frame_comes_every_two_seconds_exactly(facts: dict[str, StreamFacts], output: str) -> None:
    video, _ = facts[output].both

    assert video.packets[0].key
    assert video.key_frame_intervals_s == [2.0] * len(video.key_frame_intervals_s)
    assert len(video.key_frame_intervals_s) >= 4


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_sound_is_aac_in_stereo_and_starts_and_ends_with_the_picture(
    facts: dict[str, StreamFacts], output: str
) -> None:
    video, audio = facts[output].both

    assert (audio.codec, audio.sample_rate, audio.channels) == ("aac", 48_000, 2)
    assert audio.gaps(longer_than_ms=40) == []
    assert facts[output].audio_start_offset_ms == pytest.approx(0, abs=40)
    assert (audio.end_s - video.end_s) * 1000 == pytest.approx(0, abs=40)


@pytest.mark.parametrize("output", OUTPUTS)
def test_decoding_times_only_ever_grow(facts: dict[str, StreamFacts], output: str) -> None:
    video, audio = facts[output].both

    assert video.dts_increases
    assert audio.dts_increases


def test_all_outputs_got_the_very_same_packets(facts: dict[str, StreamFacts]) -> None:
    sizes = [
        [[packet.size for packet in track.packets] for track in facts[output].both] for output in OUTPUTS
    ]

    assert sizes[0] == sizes[1] == sizes[2]


def test_what_moves_on_the_screen_moves_in_the_recording(outputs: dict[str, Path]) -> None:
    numbers = shown_numbers(outputs["recording"])

    assert all(later >= earlier for earlier, later in pairwise(numbers))
    assert len(set(numbers)) > 0.7 * len(numbers)  # a busy machine paints more slowly
    assert numbers[-1] - numbers[0] == pytest.approx(30 * DURATION_S, rel=0.05)


def test_the_lights_were_green_and_the_engine_kept_its_pace(broadcast: LiveBroadcast) -> None:
    are_green = [
        all(light["status"] == "live" for light in line["destinations"]) for line in broadcast.statuses
    ]
    since_green = are_green[are_green.index(True) :]

    assert all(since_green)
    assert len(since_green) >= DURATION_S - 2
    assert broadcast.statuses[-1]["engine"]["framesSkipped"] <= 3
    assert broadcast.summary["ok"] is True
    assert [each["droppedFrames"] for each in broadcast.summary["destinations"]] == [0, 0]
