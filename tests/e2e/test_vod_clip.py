"""Clips as a script has them made: of a replay, and of what is on air."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.client.client import Client, client_of_home
from powerstream_desktop.client.clips import Clip
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.home_service import HomeService
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.integration.library.stamped_film import watch, write_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

ANSWER_S = 90.0
CUT_S = 60.0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    with HomeService(folder):
        yield folder


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*POWERSTREAM, *arguments],
        env={**os.environ, **environment(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=ANSWER_S,
        check=False,
    )


def answer(ended: subprocess.CompletedProcess[str]) -> Any:
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def client_at(home: Path) -> Client:
    return client_of_home(Paths.from_environment({"POWERSTREAM_HOME": str(home)}))


def test_a_piece_of_a_replay_is_cut_exactly_and_taken_away(home: Path, tmp_path: Path) -> None:
    write_film(tmp_path / "Show.mp4", 6)
    assert run(home, "vod", "import", str(tmp_path / "Show.mp4")).returncode == 0
    with client_at(home) as client:
        [replay] = client.library.page().assets
    cut = answer(run(home, "vod", "clip", replay.id, "--from", "1.233", "--to", "0:04", "--exact", "--json"))
    clip = cut["clip"]
    assert (clip["state"], clip["actualStartMs"], clip["actualEndMs"]) == ("done", 1233, 4000)
    assert watch(Path(cut["file"])).numbers == list(range(37, 120))
    with client_at(home) as client:
        kept = client.library.get(clip["resultAssetId"])
        assert kept.clip_of is not None
        assert (kept.clip_of.asset_id, kept.clip_of.start_ms) == (replay.id, 1233)
    away = tmp_path / "away"
    away.mkdir()
    assert run(home, "vod", "export", kept.id, str(away)).returncode == 0
    [film] = away.iterdir()
    assert film.read_bytes() == Path(cut["file"]).read_bytes()
    refused = run(home, "vod", "clip", replay.id, "--from", "4", "--to", "3")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)


def test_the_last_seconds_on_air_are_saved_while_it_goes_on(stage: Stage) -> None:
    served = Served(stage)
    served.wait_until_ready()
    served.show(TestPictureContent())
    nothing = run(served.home, "ctl", "clip")
    assert (nothing.returncode, len(nothing.stderr.splitlines())) == (2, 1)
    answer(run(served.home, "ctl", "start", "--title", "Evening", "--no-platforms", "--json"))
    with client_at(served.home) as client:
        wait_until(lambda: recorded_s(client) > 5, what="five seconds recorded", timeout_s=CUT_S)
        begun = answer(run(served.home, "ctl", "clip", "3", "--json"))["clip"]
        assert (begun["state"], begun["assetId"]) == ("queued", None)
        done = wait_until(lambda: over(client, begun["id"]), what="the clip", timeout_s=CUT_S)
        assert done is not None
        assert (done.state, done.error) == ("done", None)
        clip = client.library.get(done.result_asset_id or "")
        assert 2.5 <= clip.duration <= 6.5
        assert clip.multistream_session_id is not None
        before_s = recorded_s(client)
        wait_until(lambda: recorded_s(client) > before_s, what="the recording going on", timeout_s=CUT_S)
    stopped = answer(run(served.home, "ctl", "stop", "--json"))
    assert [each["status"] for each in stopped["recordings"]] == ["ready"]


def recorded_s(client: Client) -> float:
    sessions = client.live.destinations().sessions
    recording = sessions[0].recording if sessions else None
    return 0.0 if recording is None else recording.duration_seconds


def over(client: Client, clip_id: str) -> Clip | None:
    [clip] = [each for each in client.clips.all() if each.id == clip_id]
    return clip if clip.is_over else None
