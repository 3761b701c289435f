"""A second service is a whole PowerStream server for the first one: it is told of replays, asked for edits, and keeps another film's id."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client, client_of_home
from powerstream_desktop.client.cloud import LoginWish
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.service_file import ServiceFile, find_service
from tests.e2e.support.home_service import HomeService
from tests.e2e.support.waiting import wait_until
from tests.e2e.test_cloud import LONG_S, vod
from tests.integration.library.drawn_films import Film, make_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    with HomeService(tmp_path / "a") as a, HomeService(tmp_path / "b") as b:
        for each in (a, b):
            vod(each.home, "list")
        yield a.home, b.home


def _client(home: Path) -> Client:
    return client_of_home(Paths.from_environment({"POWERSTREAM_HOME": str(home)}))


def _service(home: Path) -> ServiceFile:
    found = find_service(home / "runtime")
    assert found is not None
    return found


def _found(client: Client, asset_id: str, title: str) -> Asset | None:
    try:
        asset = client.library.get(asset_id)
    except UnknownError:
        return None
    return asset if asset.title == title else None


def test_a_second_service_is_told_of_replays_and_edits_come_and_go(
    homes: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "NAS"
    folder.mkdir()
    film = make_film(tmp_path / "Holiday.mp4", Film(seconds=2))
    with _client(homes[0]) as one, _client(homes[1]) as server:
        one.settings.change(
            {
                "cloud.kind": "folder",
                "cloud.folder": str(folder),
                "cloud.backend_url": _service(homes[1]).url,
                "cloud.upload_automatically": True,
            }
        )
        one.cloud.log_in(LoginWish(access_token=_service(homes[1]).token))
        vod(homes[0], "import", str(film))
        [replay] = one.library.page().assets
        there = wait_until(
            lambda: _found(server, replay.id, replay.title), what="the replay at the server", timeout_s=LONG_S
        )
        assert there is not None
        assert there.size_bytes == film.stat().st_size
        server.library.change(replay.id, description="Written there")
        one.library.change(replay.id, title="Named here")

        def is_merged() -> bool:
            both = [_found(each, replay.id, "Named here") for each in (one, server)]
            return all(each is not None and each.description == "Written there" for each in both)

        wait_until(is_merged, what="both edits on both sides", timeout_s=LONG_S)
        _is_said_what_hinders(one, _service(homes[1]).token)
        one.library.remove(replay.id)
        wait_until(
            lambda: _found(server, replay.id, "Named here") is None, what="the removal", timeout_s=LONG_S
        )
        assert film.exists()
        assert _is_well(one)


def _is_said_what_hinders(client: Client, token: Secret) -> None:
    """A wrong token is a trouble with a remedy, until the right one is there again and all is told anew.

    Every login is another account: what was removed before it was told of is not known to be the same there.
    """
    client.cloud.log_in(LoginWish(access_token=Secret("made-up-token")))
    wait_until(lambda: _trouble(client) == "logged_out", what="the trouble", timeout_s=LONG_S)
    client.cloud.log_in(LoginWish(access_token=token))
    wait_until(lambda: _is_told(client), what="the end of the trouble", timeout_s=LONG_S)


def _trouble(client: Client) -> str | None:
    server = client.cloud.standing().server
    assert server is not None
    return None if server.trouble is None else server.trouble.code


def _is_told(client: Client) -> bool:
    server = client.cloud.standing().server
    return _is_well(client) and server is not None and server.compared_at is not None and server.untold == 0


def _is_well(client: Client) -> bool:
    server = client.cloud.standing().server
    return server is not None and server.trouble is None and not server.refused and server.has_token
