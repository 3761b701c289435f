"""Replays in the cloud as two computers of a station have them: real services, real couriers, and stores that other people wrote."""

from __future__ import annotations

import json
import os
import secrets
import signal
import struct
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from powerstream_desktop.client.address import HomeAddress
from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.cloud import CredentialsWish, StoreWish
from powerstream_desktop.client.errors import RefusedError, UnknownError
from powerstream_desktop.cloud.uploads.part_plan import LEAST_PART_BYTES, MIB
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.service_file import find_service
from powerstream_desktop.engine.scene.sources import TestPictureContent
from tests.e2e.support.home_service import HomeService
from tests.e2e.support.live_broadcast import POWERSTREAM, environment
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.served import Served, processes_of
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until
from tests.integration.cloud.store_servers import BUCKET, CREDENTIALS, moto_store
from tests.integration.library.drawn_films import Film, make_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

LONG_S = 120.0
PASS_EVERY_S = 1.0
LINE_BYTES_PER_S = 24_000_000
BESIDE_BYTES = 1_000_000
"""What is sent beside the film, at most: heads of requests, its picture, its manifest."""


@pytest.fixture(scope="module")
def moto_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with moto_store(tmp_path_factory.mktemp("moto")) as config:
        yield config.endpoint_url


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    with HomeService(tmp_path / "a") as a, HomeService(tmp_path / "b") as b:
        yield a.home, b.home


def client_at(home: Path) -> Client:
    """Return a client of a home's service, which a command has started: it takes the home from its environment.

    One that was killed is waited for as long as anything else: a busy machine needs more than people would wait.
    """
    be_awake(home)
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(home)})
    return Client(HomeAddress(runtime=paths.runtime), patience_s=LONG_S, was_found=True)


def be_awake(home: Path) -> None:
    """Have a home's service run: one that nobody asks anything for ten seconds ends."""
    if find_service(home / "runtime") is None:
        vod(home, "list")


def vod(home: Path, *arguments: str) -> Any:
    ended = subprocess.run(
        [*POWERSTREAM, "vod", *arguments, "--json"],
        env={**os.environ, **environment(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONG_S,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def use_moto(client: Client, url: str, prefix: str, **more: Any) -> None:
    client.cloud.keep_credentials(
        CredentialsWish(access_key_id=CREDENTIALS.access_key_id, secret_access_key=CREDENTIALS.secret)
    )
    store = {
        "cloud.kind": "s3", "cloud.endpoint_url": url, "cloud.region": "us-east-1", "cloud.bucket": BUCKET,
        "cloud.prefix": prefix, "cloud.addressing": "path",
    }  # fmt: skip
    client.settings.change({**store, **more})


def find(client: Client, asset_id: str) -> Asset | None:
    try:
        return client.library.get(asset_id)
    except UnknownError:
        return None


def wait_for(client: Client, asset_id: str, what: str, condition: Callable[[Asset], bool]) -> Asset:
    """Wait until a replay is so; a pass over the manifests is asked for every second meanwhile."""
    next_s = time.monotonic()

    def look() -> Asset | None:
        nonlocal next_s
        found = find(client, asset_id)
        if found is not None and condition(found):
            return found
        if time.monotonic() >= next_s:
            next_s = time.monotonic() + PASS_EVERY_S
            client.cloud.sync()
        return None

    found = wait_until(look, what=what, timeout_s=LONG_S)
    assert found is not None
    return found


def large_film(path: Path, size_mib: int) -> Path:
    """Make a film that takes a while to be sent: behind the film lie bytes that no player looks at."""
    make_film(path, Film(seconds=2))
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", size_mib * MIB, b"free"))
        file.write(secrets.token_bytes(size_mib * MIB - 8))
    return path


def sent_bytes(line: FaultProxy) -> int:
    """Return how many bytes the store was sent, of all that was sent."""
    return sum(each.received_bytes for each in list(line.passages))


def has_got(line: FaultProxy, size_bytes: int) -> bool:
    return sent_bytes(line) >= size_bytes


def test_a_broadcast_of_which_that_was_said_is_in_the_cloud_by_itself_and_belongs_to_two_computers(
    stage: Stage, tmp_path: Path, moto_url: str
) -> None:
    served = Served(stage, "--headless")
    served.wait_until_ready()
    served.show(TestPictureContent())
    with HomeService(tmp_path / "b") as second, client_at(served.home) as one:
        use_moto(one, moto_url, "evening/")
        trial = one.cloud.test(StoreWish())
        assert trial.is_good, trial.words
        run = [*POWERSTREAM, "ctl", "start", "--title", "Evening", "--no-platforms", "--upload"]
        subprocess.run(run, env={**os.environ, **environment(served.home)}, check=True, timeout=LONG_S)
        wait_until(lambda: recorded_s(one) > 3, what="three seconds recorded", timeout_s=LONG_S)
        subprocess.run(
            [*POWERSTREAM, "ctl", "stop"],
            env={**os.environ, **environment(served.home)},
            check=True,
            timeout=LONG_S,
        )
        [replay] = one.library.page().assets
        here = wait_for(one, replay.id, "a copy in the cloud", lambda each: each.sync.state == "synced")
        with client_at(second.home) as other:
            use_moto(other, moto_url, "evening/")
            there = wait_for(other, replay.id, "the replay", lambda each: each.thumbnail_url is not None)
            assert (there.title, there.sync.state, there.has_file) == ("Evening", "evicted", False)
            assert there.size_bytes == here.size_bytes
            other.library.change(replay.id, title="The first evening")
            wait_for(one, replay.id, "the name", lambda each: each.title == "The first evening")
            recorded = Path(one.library.file(replay.id)).read_bytes()
            film = other.library.film(replay.id)
            assert (film.file, film.is_here) == (None, False)
            assert watched(other.film_place(film)) == recorded
            assert watched(other.film_place(film), 1000, 70_000) == recorded[1000:70_000]
            assert vod(second.home, "verify", replay.id, "--cloud", "--full")["ok"]
            vod(second.home, "download", replay.id, "--wait")
            fetched = Path(other.library.file(replay.id))
        assert fetched.read_bytes() == Path(one.library.file(replay.id)).read_bytes()


def watched(url: str, first: int = 0, end: int | None = None) -> bytes:
    """Return bytes of a film as a player gets them: by an address, without a token."""
    last = "" if end is None else end - 1
    request = urllib.request.Request(url, headers={"Range": f"bytes={first}-{last}"})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=LONG_S) as answer:
        assert answer.status == 206
        content: bytes = answer.read()
    return content


def recorded_s(client: Client) -> float:
    sessions = client.live.destinations().sessions
    recording = sessions[0].recording if sessions else None
    return 0.0 if recording is None else recording.duration_seconds


def test_a_courier_and_a_service_that_are_killed_on_the_way_cost_a_part_each(
    homes: tuple[Path, Path], stage: Stage, tmp_path: Path, moto_url: str
) -> None:
    home = homes[0]
    film = large_film(tmp_path / "Large.mp4", 96)
    line = stage.proxy(urlsplit(moto_url).port or 0)
    line.limit_bandwidth(LINE_BYTES_PER_S)
    with client_at(home) as client:
        use_moto(client, f"http://127.0.0.1:{line.port}", "killed/", **{"cloud.parts_at_once": 1})
        vod(home, "import", str(film))
        [replay] = client.library.page().assets
        client.cloud.upload(replay.id)
        kills = ((kill_courier, 30 * MIB), (kill_service, 60 * MIB))
        for kill, at_bytes in kills:
            wait_until(partial(has_got, line, at_bytes), what="bytes on their way", timeout_s=LONG_S)
            kill(home)
        wait_for(client, replay.id, "the copy", lambda each: each.sync.state == "synced")
        again_bytes = sent_bytes(line) - film.stat().st_size
        assert 0 <= again_bytes <= len(kills) * LEAST_PART_BYTES + BESIDE_BYTES
        wait_until(lambda: may_go(client, replay.id), what="all computers to be told", timeout_s=LONG_S)
        wait_for(client, replay.id, "the end of its file", lambda each: not each.has_file)
        assert not client.library.get(replay.id).has_file
        vod(home, "download", replay.id, "--wait")
        assert Path(client.library.file(replay.id)).read_bytes() == film.read_bytes()


def may_go(client: Client, asset_id: str) -> bool:
    """Have the file of a replay given up as soon as its copy was told to all."""
    try:
        client.cloud.evict(asset_id)
    except RefusedError:
        return False
    return True


def kill_courier(home: Path) -> None:
    for pid in processes_of(home):
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists() and "courier" in command.read_bytes().decode(errors="replace"):
            os.kill(pid, signal.SIGKILL)


def kill_service(home: Path) -> None:
    running = find_service(home / "runtime")
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)


def is_gone(client: Client, asset_id: str) -> bool:
    """Return whether a replay is not known any more; if it is, edits are compared."""
    if find(client, asset_id) is None:
        return True
    client.cloud.sync()
    return False


def test_a_folder_is_a_store_too(homes: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "NAS"
    folder.mkdir()
    film = make_film(tmp_path / "Holiday.mp4", Film(seconds=2))
    store: dict[str, Any] = {"cloud.kind": "folder", "cloud.folder": str(folder)}
    with client_at(homes[0]) as one, client_at(homes[1]) as other:
        one.settings.change({**store, "cloud.upload_automatically": True})
        vod(homes[0], "import", str(film))
        [replay] = one.library.page().assets
        wait_for(one, replay.id, "a copy in the folder", lambda each: each.sync.state == "synced")
        be_awake(homes[1])
        [copy] = folder.glob(f"vod/{replay.id}/*.mp4")
        assert copy.read_bytes() == film.read_bytes()
        other.settings.change(store)
        there = wait_for(other, replay.id, "the replay", lambda _: True)
        assert there.video_url is not None
        watched_from = other.library.film(replay.id)
        assert (watched_from.file, watched_from.is_here) == (str(copy), False)
        assert vod(homes[1], "verify", replay.id, "--cloud")["ok"]
        be_awake(homes[0])
        one.library.remove(replay.id)
        one.cloud.sync()
        wait_until(
            lambda: one.cloud.standing().cloud_only == 0 and is_gone(other, replay.id),
            what="its end",
            timeout_s=LONG_S,
        )
    assert copy.exists(), "what was removed rests in the store for a month"
