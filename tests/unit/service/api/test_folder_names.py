"""Sentences that name a folder of this computer name it to others by its last name only."""

from __future__ import annotations

import asyncio
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.access.scope import Caller, Scope
from powerstream_desktop.service.api.folder_names import without_folders
from powerstream_desktop.service.events.topics import Topic
from tests.unit.service.api.asgi_client import Client
from tests.unit.service.api.service_parts import World, world

CONTROL = Caller(device="Stream Deck", token_id="t1", scope=Scope.CONTROL)
WINDOW = Caller(device="this computer", token_id="t2", scope=Scope.ADMIN)
CALLERS = pytest.mark.parametrize(("caller", "is_told"), [(WINDOW, True), (CONTROL, False), (None, False)])


def _client(service: World, caller: Caller | None) -> Client:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await service.app({**scope, "state": {"caller": caller}}, receive, send)

    return Client(app)


async def _choose(service: World, folder: Path) -> None:
    await service.app.state.parts.owner.settings.change({"recording.folder": str(folder)})


@pytest.mark.parametrize(("caller", "is_told"), [(WINDOW, True), (None, False)])
def test_a_notice_of_a_disk_names_its_folder_whole_to_this_computer_alone(
    tmp_path: Path, caller: Caller | None, *, is_told: bool
) -> None:
    folder = tmp_path / "Säle" / "Videos"
    notice = {"notices": [{"code": "recording", "message": f"The recording folder {folder} cannot be used."}]}

    async def run() -> list[dict[str, Any]]:
        async with world(tmp_path) as service:
            await _choose(service, folder)
            hub, parts = service.events, itertools.count()

            def sent() -> None:
                match next(parts):
                    case 0:  # as soon as it listens
                        asyncio.get_running_loop().call_soon(hub.publish, Topic.NOTICE, notice)
                    case 1:
                        hub.close()

            reply = await _client(service, caller).send("GET", "/api/events", on_part=sent)
            lines = reply.body.decode().splitlines()
            return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]

    said = [each["notices"][0]["message"] for each in asyncio.run(run()) if each.get("notices")]
    named = folder if is_told else "Videos"
    assert said == [f"The recording folder {named} cannot be used."]


@CALLERS
def test_an_error_names_a_folder_whole_to_this_computer_alone_and_its_answer_has_the_right_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caller: Caller | None, *, is_told: bool
) -> None:
    folder = tmp_path / "Säle" / "Videos"

    async def run() -> None:
        async with world(tmp_path) as service:
            await _choose(service, folder)

            async def full(_query: object) -> None:
                raise UserError(f"The recording folder {folder} is not a folder.", hint="Choose one.")

            monkeypatch.setattr(service.store, "read", full)
            reply = await _client(service, caller).get("/api/stations")
            named = folder if is_told else "Videos"
            assert reply.error["message"] == f"The recording folder {named} is not a folder."
            assert reply.status == 422
            assert int(reply.headers["content-length"]) == len(reply.body)

    asyncio.run(run())


def test_the_longest_folder_is_found_and_only_where_its_name_ends(tmp_path: Path) -> None:
    home, videos = tmp_path / "anna", tmp_path / "anna" / "Videos"
    text = json.dumps([f"{videos}/a.mp4", f"{home}.", f"{home}bel", f"'{videos}'"])
    told = without_folders(text.encode(), (str(home), str(videos)))
    assert json.loads(told) == ["Videos/a.mp4", "anna.", f"{home}bel", "'Videos'"]


def test_a_folder_at_the_root_is_left_for_addresses_begin_like_it() -> None:
    text = b'{"videoUrl":"/live/main/index.m3u8"}'
    assert without_folders(text, ("/live", "/")) == text


def test_the_home_of_the_user_is_never_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "anna"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "anna"))
    folders = (str(tmp_path / "elsewhere"),)
    text = json.dumps({"sentence": f"{tmp_path / 'anna'}/.key cannot be read."})
    assert json.loads(without_folders(text.encode(), folders)) == {"sentence": "~/.key cannot be read."}
