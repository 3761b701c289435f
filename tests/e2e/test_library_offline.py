"""The library needs no network, and is whole again when a disk that was away is back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from powerstream_desktop.client.client import Client, client_of_home
from powerstream_desktop.common.paths import Paths
from tests.e2e.support.home_service import HomeService
from tests.e2e.support.live_broadcast import environment
from tests.e2e.support.waiting import wait_until
from tests.integration.library.stamped_film import write_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

TOUR_S: Final = 150.0
DONE_S: Final = 60.0
SCAN_S: Final = 90.0
"""Every half minute it is looked which files are there."""
ALONE: Final = ("unshare", "--user", "--net", "--map-root-user")
LOOPBACK_UP: Final = "ip link set lo up"


def why_not_alone() -> str:
    """Return why no process can be put where there is no network; empty if one can."""
    missing = [name for name in ("unshare", "ip") if shutil.which(name) is None]
    if missing:
        return f"{missing[0]} is not installed"
    tried = subprocess.run(
        [*ALONE, "sh", "-c", LOOPBACK_UP], capture_output=True, text=True, timeout=DONE_S, check=False
    )
    return "" if tried.returncode == 0 else f"no network of its own is allowed here: {tried.stderr.strip()}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "home"
    for name, value in environment(folder).items():  # clients that find no service start one
        monkeypatch.setenv(name, value)
    with HomeService(folder):
        yield folder


def test_without_any_network_replays_are_listed_found_cut_and_served(home: Path, tmp_path: Path) -> None:
    reason = why_not_alone()
    if reason:
        pytest.skip(reason)
    film = write_film(tmp_path / "Harbour.mp4", 3)
    tour = [sys.executable, "-m", "tests.e2e.support.offline_library", str(home), str(film)]
    run = subprocess.run(
        [*ALONE, "sh", "-c", f'{LOOPBACK_UP} && exec "$@"', "sh", *tour],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TOUR_S,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert json.loads(run.stdout) == {
        "is_offline": True,
        "listed": "Harbour",
        "found": ["Harbour"],
        "not_found": [],
        "clip": "done",
        "library": ["Harbour", "Piece"],
        "video_is_whole": True,
    }


def client_at(home: Path) -> Client:
    return client_of_home(Paths.from_environment({"POWERSTREAM_HOME": str(home)}))


def statuses(client: Client) -> list[str]:
    return [each.status for each in client.library.page().assets]


def test_a_folder_that_is_away_when_the_service_starts_makes_replays_missing_until_it_is_back(
    home: Path, tmp_path: Path
) -> None:
    film = write_film(tmp_path / "Harbour.mp4", 2)
    with HomeService(home), client_at(home) as client:
        client.library.import_files([str(film)])
        wait_until(lambda: statuses(client) == ["ready"], what="the import", timeout_s=DONE_S)
        kept = Path(client.library.file(client.library.page().assets[0].id))
    folder, elsewhere = kept.parent, tmp_path / "elsewhere"
    assert folder == home / "recordings", "what lies in a folder for temporary files is copied"
    folder.rename(elsewhere)
    with client_at(home) as client:
        wait_until(lambda: statuses(client) == ["missing"], what="the loss to be noticed", timeout_s=SCAN_S)
        elsewhere.rename(folder)
        wait_until(lambda: statuses(client) == ["ready"], what="the replay to be back", timeout_s=SCAN_S)
        assert Path(client.library.file(client.library.page().assets[0].id)).read_bytes() == film.read_bytes()
