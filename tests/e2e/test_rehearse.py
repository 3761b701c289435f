"""``powerstream rehearse``: proves an installation with no account, no camera and no network."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.support.av_sync import pulse_offsets_ms
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.stage import Stage

pytestmark = pytest.mark.e2e

DURATION_S = 4


@dataclass(frozen=True, slots=True)
class Rehearsal:
    exit_code: int
    out: str
    err: str
    recordings: list[Path]


def rehearse(stage: Stage, *options: str, duration_s: int = DURATION_S) -> Rehearsal:
    home = stage.folder / "home"
    process = stage.process(
        [*POWERSTREAM, "rehearse", "--duration", str(duration_s), *options],
        name="rehearse",
        env=environment(home),
    )
    exit_code = process.wait_for_exit(timeout_s=duration_s + 20)
    return Rehearsal(exit_code, process.out, process.err, sorted((home / "recordings").iterdir()))


@pytest.fixture(scope="module")
def rehearsal(shared_stage: Stage) -> Rehearsal:
    return rehearse(shared_stage)


def test_a_rehearsal_succeeds_and_says_so(rehearsal: Rehearsal) -> None:
    assert rehearsal.out.splitlines()[-1] == "● All is well: this computer can broadcast and record."
    assert rehearsal.exit_code == 0
    assert rehearsal.err == ""


def test_a_rehearsal_shows_the_light_turning_green_and_what_arrived(rehearsal: Rehearsal) -> None:
    assert re.search(
        r"◐ Built-in receiver (connecting|starting)\n.*● Built-in receiver live\n", rehearsal.out
    )
    assert "a key frame every 2.000 s" in rehearsal.out


def test_the_recording_of_a_rehearsal_plays(rehearsal: Rehearsal) -> None:
    [recording] = rehearsal.recordings

    video, audio = stream_facts(recording).both
    assert f"Recorded {recording} " in rehearsal.out
    assert video.duration_s == pytest.approx(DURATION_S, abs=0.5)
    assert (video.dts_increases, audio.dts_increases) == (True, True)
    assert video.key_frame_intervals_s == [2.0] * len(video.key_frame_intervals_s)
    assert max(map(abs, pulse_offsets_ms(recording))) <= 40


def test_a_rehearsal_for_scripts_ends_with_a_summary(stage: Stage) -> None:
    ended = rehearse(stage, "--json", duration_s=1)

    *statuses, summary = map(json.loads, ended.out.splitlines())
    assert ended.exit_code == 0
    assert {line["type"] for line in statuses} == {"status"}
    assert summary["type"] == "summary"
    assert summary["ok"] is True
    assert summary["recordings"][0]["state"] == "finalised"
