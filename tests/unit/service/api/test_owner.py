"""What the owner decides: settings, where keys are kept, whether the network is let in."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.scope import Caller, Scope
from powerstream_desktop.service.api.owner_parts import OwnerParts
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.secret_store.place import SecretPlace
from powerstream_desktop.service.settings.settings import OPTIONS
from tests.unit.service.api.asgi_client import Client, Reply
from tests.unit.service.api.kept_replays import keep
from tests.unit.service.api.service_parts import World, world
from tests.unit.service.store.rows import asset, endpoint

WORDS = "four unrelated words"
CONTROL = Caller(device="Stream Deck", token_id="t1", scope=Scope.CONTROL)
PLACES = {"recording.folder", "recording.fallback_folders", "cloud.folder"}
WINDOW = Caller(device="this computer", token_id="t2", scope=Scope.ADMIN)


class Scene:
    """A service, asked by somebody."""

    def __init__(self, service: World, caller: Caller | None) -> None:
        self.service = service
        self.caller = caller
        self.client = Client(self._app)

    @property
    def owner(self) -> OwnerParts:
        owner: OwnerParts = self.service.app.state.parts.owner
        return owner

    async def patch(self, changes: object) -> Reply:
        return await self.client.send("PATCH", "/api/settings", changes)

    async def value(self, name: str) -> Any:
        reply = await self.client.get("/api/settings")
        return {each["name"]: each["value"] for each in reply.json["settings"]}[name]

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        await self.service.app({**scope, "state": {"caller": self.caller}}, receive, send)


def play(folder: Path, story: Callable[[Scene], Awaitable[None]], caller: Caller | None = WINDOW) -> None:
    async def run() -> None:
        async with world(folder) as service:
            scene = Scene(service, caller)
            await scene.owner.keys.open(SecretPlace.KEYRING)
            await story(scene)
            await scene.owner.keys.aclose()

    asyncio.run(run())


def test_settings_are_listed_with_all_that_a_window_needs_to_ask_for_them(tmp_path: Path) -> None:
    async def story(scene: Scene) -> None:
        reply = await scene.client.get("/api/settings")
        assert reply.json["findings"] == []
        listed = {each["name"]: each for each in reply.json["settings"]}
        assert list(listed) == list(OPTIONS)
        assert listed["video.fps"] == {
            "name": "video.fps", "value": 30, "default": 30, "help": "Frames a second.", "type": "number",
            "lowest": 1, "highest": 120, "unit": "frames/s", "choices": [], "example": "", "suggestions": [],
            "effect": "next-broadcast", "isGuarded": False,
        }  # fmt: skip
        assert listed["video.latency"]["choices"] == ["normal", "low"]
        assert listed["lan.api"]["isGuarded"] is True
        assert listed["api.port"]["effect"] == "next-start"

    play(tmp_path, story)


@pytest.mark.parametrize(("caller", "is_told"), [(WINDOW, True), (CONTROL, False), (None, False)])
def test_where_files_lie_is_told_to_this_computer_alone(
    tmp_path: Path, caller: Caller | None, *, is_told: bool
) -> None:
    folder = str(tmp_path / "Videos")

    async def story(scene: Scene) -> None:
        await scene.owner.settings.change(dict.fromkeys(PLACES, folder))
        listed = await scene.client.get("/api/settings")
        changed = await scene.patch({"video.fps": 60})
        for reply in (listed, changed):
            names = {each["name"] for each in reply.json["settings"]}
            assert names == set(OPTIONS) - (set() if is_told else PLACES)
            assert (folder.encode() in reply.body) is is_told
        for asset_id, query in (("as1", ""), ("as2", "bin=true")):
            (tmp_path / f"{asset_id}.mp4").write_bytes(b"video")
            file = str(tmp_path / f"{asset_id}.mp4")
            await keep(scene.service, asset(asset_id, file=file))
            removed = await scene.client.send("DELETE", f"/api/vod/{asset_id}", query=query)
            assert removed.json["file"] == (file if is_told else None)

    play(tmp_path, story, caller)


@pytest.mark.parametrize(("caller", "is_told"), [(WINDOW, True), (None, False)])
def test_an_event_of_changed_settings_tells_their_folders_to_this_computer_alone(
    tmp_path: Path, caller: Caller | None, *, is_told: bool
) -> None:
    async def story(scene: Scene) -> None:
        hub, parts = scene.service.events, itertools.count()
        values = {"video.fps": 60, **dict.fromkeys(PLACES, "/v")}

        def sent() -> None:
            match next(parts):
                case 0:  # as soon as it listens
                    asyncio.get_running_loop().call_soon(hub.publish, Topic.SETTINGS, {"values": values})
                case 1:
                    hub.close()

        body = (await scene.client.send("GET", "/api/events", on_part=sent)).body.decode()
        assert '"video.fps":60' in body
        assert all((name in body) is is_told for name in PLACES)

    play(tmp_path, story, caller)


def test_a_folder_that_cannot_be_written_is_refused_in_words_and_nothing_is_saved(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_text("a film")

    async def story(scene: Scene) -> None:
        reply = await scene.patch({"recording.folder": str(film), "video.fps": 60})
        assert reply.status == 422
        assert reply.error["message"] == f"The recording folder {film} is not a folder."
        assert reply.error["hint"]
        assert await scene.value("recording.folder") == ""
        assert await scene.value("video.fps") == 30

    play(tmp_path, story)


def test_a_change_is_saved_and_answered_with_all_settings(tmp_path: Path) -> None:
    async def story(scene: Scene) -> None:
        reply = await scene.patch({"video.fps": 60, "video.adapt_bitrate": True, "video.latency": "low"})
        assert reply.status == 200
        assert len(reply.json["settings"]) == len(OPTIONS)
        assert scene.owner.settings.settings.video.fps == 60
        assert await scene.value("video.adapt_bitrate") is True
        await scene.patch({"video.fps": None})
        assert await scene.value("video.fps") == 30
        assert await scene.value("video.latency") == "low"

    play(tmp_path, story)
    assert b'latency = "low"' in (tmp_path / "config" / "settings.toml").read_bytes()


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"video.fps": 0}, "not-possible", "video.fps must be a whole number from 1 to 120"),
        ({"video.fps": "60"}, "not-possible", "must be a whole number"),
        ({"video.adapt_bitrate": 1}, "not-possible", "must be true or false"),
        ({"video.fpz": 1}, "not-possible", "no setting called video.fpz"),
        ({"video.codec": "hevc", "video.encoder": "x264"}, "not-possible", "x264 cannot make hevc"),
        ({"secrets.place": "this-run"}, "not-possible", "must be moved"),
        ({"video.fps": 1.5}, "invalid-request", "not what it should be"),
        ({"video.fps": [60]}, "invalid-request", "not what it should be"),
        ([], "invalid-request", ""),
        ("video", "invalid-request", ""),
    ],
)
def test_what_cannot_be_is_refused_as_a_whole(tmp_path: Path, changes: Any, code: str, words: str) -> None:
    async def story(scene: Scene) -> None:
        both = {**changes, "video.bitrate_kbps": 9000} if isinstance(changes, dict) else changes
        reply = await scene.patch(both)
        assert (reply.status, reply.error["code"]) == (422, code)
        assert words in reply.error["message"]
        assert await scene.value("video.bitrate_kbps") == 4500

    play(tmp_path, story)


@pytest.mark.parametrize("name", [name for name, option in OPTIONS.items() if option.declared.is_guarded])
@pytest.mark.parametrize("caller", [CONTROL, None])
def test_a_paired_device_cannot_decide_who_gets_in_or_where_files_go(
    tmp_path: Path, name: str, caller: Caller | None
) -> None:
    async def story(scene: Scene) -> None:
        reply = await scene.patch({"video.fps": 60, name: None})
        expected = (422, "not-possible") if name == "secrets.place" else (403, "only-at-this-computer")
        assert (reply.status, reply.error["code"]) == expected
        assert await scene.value("video.fps") == 30
        assert (await scene.patch({"video.fps": 60})).status == 200

    play(tmp_path, story, caller)


@pytest.mark.allow_warning_logs
def test_this_computer_can_and_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_bytes(b"[video")

    async def story(scene: Scene) -> None:
        (finding,) = (await scene.client.get("/api/settings")).json["findings"]
        assert finding["code"] == "settings-damaged"
        reply = await scene.patch({"lan.port": 6443})
        assert (reply.status, reply.json["findings"]) == (200, [])
        assert await scene.value("lan.port") == 6443

    play(tmp_path, story)


def test_the_networks_door_is_shut_and_says_so(tmp_path: Path) -> None:
    async def story(scene: Scene) -> None:
        reply = await scene.client.get("/api/access/lan")
        assert reply.json == {
            "ok": True, "isWanted": False, "isOpen": False, "urls": [], "fingerprint": "", "trouble": "",
        }  # fmt: skip

    play(tmp_path, story)


async def with_key(scene: Scene, key: str) -> str:
    """Save an endpoint with a key; return the key's reference."""
    key_ref = await scene.owner.keys.keep(Secret(key))
    await scene.service.store.write(lambda tables: tables.endpoints.add(endpoint("en1", key_ref=key_ref)))
    return key_ref


def test_keys_move_with_the_choice_and_no_answer_holds_one(tmp_path: Path) -> None:
    key = "CANARY-live-77"

    async def story(scene: Scene) -> None:
        key_ref = await with_key(scene, key)
        reply = await scene.client.post(
            "/api/access/secrets/place", {"place": "sealed-file", "passphrase": WORDS}
        )
        assert reply.json == {
            "ok": True, "place": "sealed-file", "isShut": False, "hasSealedFile": True, "keyring": "available",
            "leftBehind": 0,
        }  # fmt: skip
        assert await scene.owner.keys.get(key_ref) == Secret(key)
        assert await scene.value("secrets.place") == "sealed-file"
        answers = b"".join(each.body for each in scene.client.replies)
        assert key.encode() not in answers
        assert WORDS.encode() not in answers

    play(tmp_path, story)


def test_keys_that_no_endpoint_names_move_with_the_others(tmp_path: Path) -> None:
    async def story(scene: Scene) -> None:
        key_ref = await scene.owner.keys.keep(Secret("CANARY-encoder"))
        scene.owner.keys._kept.clear()  # as in the next run
        scene.service.multistream.kept_refs = (key_ref,)
        await scene.client.post("/api/access/secrets/place", {"place": "sealed-file", "passphrase": WORDS})
        assert await scene.owner.keys.get(key_ref) == Secret("CANARY-encoder")

    play(tmp_path, story)


def test_a_sealed_file_is_opened_and_endpoints_that_waited_are_served(tmp_path: Path) -> None:
    async def story(scene: Scene) -> None:
        place = "/api/access/secrets/place"
        await scene.client.post(place, {"place": "sealed-file", "passphrase": WORDS})
        await scene.owner.keys.open(SecretPlace.SEALED_FILE)
        assert (await scene.client.get("/api/access/secrets")).json["isShut"] is True
        wrong = await scene.client.post("/api/access/secrets/unlock", {"passphrase": "four other words"})
        assert (wrong.status, wrong.error["code"]) == (422, "not-possible")
        before = scene.service.multistream.changes
        right = await scene.client.post("/api/access/secrets/unlock", {"passphrase": WORDS})
        assert (right.status, right.json["isShut"]) == (200, False)
        assert scene.service.multistream.changes == before + 1

    play(tmp_path, story)


@pytest.mark.parametrize("wish", [{"place": "sealed-file"}, {"place": "sealed-file", "passphrase": "short"}])
def test_a_move_that_cannot_be_changes_neither_keys_nor_setting(tmp_path: Path, wish: Any) -> None:
    async def story(scene: Scene) -> None:
        key_ref = await with_key(scene, "live_1")
        reply = await scene.client.post("/api/access/secrets/place", wish)
        assert (reply.status, reply.error["code"]) == (422, "not-possible")
        assert (await scene.client.get("/api/access/secrets")).json["place"] == "keyring"
        assert await scene.value("secrets.place") == "automatic"
        assert await scene.owner.keys.get(key_ref) == Secret("live_1")

    play(tmp_path, story)


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"place": "clear-text"},
        {"place": "keyring", "path": "/tmp"},
        {"place": "keyring", "passphrase": 5},
    ],
)
def test_there_are_no_other_places(tmp_path: Path, wish: Any) -> None:
    async def story(scene: Scene) -> None:
        reply = await scene.client.post("/api/access/secrets/place", wish)
        assert (reply.status, reply.error["code"]) == (422, "invalid-request")

    play(tmp_path, story)
