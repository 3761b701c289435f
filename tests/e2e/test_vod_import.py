"""``powerstream vod import`` and ``vod verify`` as a script uses them: with a real service and its media processes."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.client.client import Client, client_of_home
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.common.paths import Paths
from tests.e2e.support.home_service import HomeService
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.waiting import wait_until
from tests.integration.library.drawn_films import Film, make_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ANSWER_S = 60.0
MADE_S = 60.0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    with HomeService(folder):
        yield folder


def vod(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*POWERSTREAM, "vod", *arguments],
        env={**os.environ, **environment(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=ANSWER_S,
        check=False,
    )


def made(client: Client, asset_id: str) -> tuple[Any, bytes] | None:
    """Return waveform and strip of a replay, once they are there."""
    try:
        return client.library.waveform(asset_id), client.library.strip(asset_id)
    except UnknownError:
        return None


def test_films_come_into_the_library_and_get_their_pictures(home: Path, tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    film = make_film(films / "Holiday.mp4", Film(seconds=3))
    (films / "list.m3u8").write_text("#EXTM3U\n")
    ended = vod(home, "import", str(films), str(films / "list.m3u8"), "--json")
    words = json.loads(ended.stdout)
    assert (ended.returncode, words["ok"], words["total"], words["taken"]) == (1, False, 2, 1)
    assert [each["code"] for each in words["refused"]] == ["no-video"]

    with client_of_home(Paths.from_environment({"POWERSTREAM_HOME": str(home)})) as client:
        [asset] = client.library.page().assets
        assert (asset.title, round(asset.duration), asset.words["videoCodec"]) == ("Holiday", 3, "h264")
        kept = Path(client.library.file(asset.id))
        assert kept.parent == home / "recordings", "what lies in a folder for temporary files is copied"
        assert kept.read_bytes() == film.read_bytes()
        wait_until(
            lambda: client.library.get(asset.id).thumbnail_url is not None,
            what="a picture that nobody has asked for",
            timeout_s=MADE_S,
        )
        both = wait_until(lambda: made(client, asset.id), what="strip and waveform", timeout_s=MADE_S)
        assert both is not None
        waveform, strip = both
        assert max(waveform.peaks) > 200
        assert strip[:3] == client.library.thumbnail(asset.id)[:3] == b"\xff\xd8\xff"

    again = vod(home, "import", str(film))
    assert (again.returncode, again.stdout) == (1, "0 of 1 taken into the library.\n")
    assert "is in the library already" in again.stderr

    whole = vod(home, "verify", asset.id, "--json")
    assert (whole.returncode, json.loads(whole.stdout)["faults"]) == (0, [])


def test_a_film_that_is_cut_off_is_found_out_without_a_service(home: Path, tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.ts", Film(seconds=4, sound_ends_s=1))
    ended = vod(home, "verify", str(film))
    assert ended.returncode == 1
    assert "go on for" in ended.stdout
    text = tmp_path / "diary.mp4"
    text.write_text("Dear diary")
    refused = vod(home, "verify", str(text))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "is a text, not a video" in refused.stderr
    assert not (home / "runtime").exists()
