"""Keys of endpoints: kept, left out, pasted with an address, and what becomes of them when keyring or disk refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.service.secret_store.secret_faults import keyring_locked
from powerstream_desktop.service.store.store_faults import StoreFault
from tests.unit.service.api.endpoint_words import KEY, OTHER_KEY, TODAY, TWITCH, URL, without
from tests.unit.service.api.service_parts import World, tell


def test_a_key_that_is_left_out_stays_and_an_empty_one_goes(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{URL}/ep1", {**TWITCH, "keySavedOn": "2026-05-01"})
        kept = await world.client.put(f"{URL}/ep1", without(TWITCH, "streamKey"))
        assert kept.json["endpoint"]["streamKey"] == "set"
        assert kept.json["endpoint"]["keySavedOn"] == "2026-05-01"
        assert world.secrets.texts == [KEY]
        changed = await world.client.put(f"{URL}/ep1", {**TWITCH, "streamKey": f" {OTHER_KEY}\n"})
        assert changed.json["endpoint"]["keySavedOn"] == TODAY
        assert world.secrets.texts == [OTHER_KEY]
        removed = await world.client.put(f"{URL}/ep1", {**TWITCH, "streamKey": ""})
        assert removed.json["endpoint"]["streamKey"] == "unset"
        assert removed.json["endpoint"]["keySavedOn"] is None
        assert world.secrets.texts == []

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("change", "is_taken"),
    [
        ({"serverUrl": "rtmps://home.invalid/other"}, True),
        ({"serverUrl": "rtmps://HOME.invalid:8443/app"}, True),
        ({"serverUrl": "rtmps://standby.invalid/app", "backupServerUrl": None}, True),
        ({"serverUrl": "rtmp://live.twitch.tv/app"}, True),
        ({"serverUrl": "rtmps://elsewhere.invalid/app"}, False),
        ({"serverUrl": "rtmp://home.invalid:443/app"}, False),
        ({"backupServerUrl": "rtmps://elsewhere.invalid/app"}, False),
        ({"serverUrl": "rtmp://live.twitch.tv/app", "platform": "custom"}, False),
        ({"serverUrl": "rtmps://a.rtmps.youtube.com/live2", "platform": "youtube"}, False),
    ],
)
def test_a_kept_key_goes_to_no_server_that_it_was_not_given_for(
    tmp_path: Path, change: dict[str, Any], is_taken: bool
) -> None:
    home = {
        **TWITCH,
        "serverUrl": "rtmps://home.invalid/app",
        "backupServerUrl": "rtmps://standby.invalid/app",
    }

    async def story(world: World) -> None:
        before = (await world.client.put(f"{URL}/ep1", home)).json["endpoint"]
        reply = await world.client.put(f"{URL}/ep1", without({**home, **change}, "streamKey"))
        if is_taken:
            assert (reply.status, reply.json["endpoint"]["streamKey"]) == (200, "set")
            return
        assert (reply.status, reply.error["message"]) == (422, "The key was given for another server.")
        assert (await world.client.get(URL)).json["endpoints"] == [before]
        for key in (KEY, ""):
            assert (await world.client.put(f"{URL}/ep1", {**home, **change, "streamKey": key})).status == 200

    tell(tmp_path, story)


def test_an_endpoint_without_a_key_may_move_anywhere(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for host in ("one", "two"):
            wish = {"name": "x", "serverUrl": f"rtmp://{host}.invalid/app"}
            assert (await world.client.put(f"{URL}/ep1", wish)).status == 200

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("url", "saved", "key"),
    [
        ("rtmp://a.rtmp.example.invalid/live2/abcd-efgh-ijkl-mnop", "live2", "abcd-efgh-ijkl-mnop"),
        ("rtmp://a.rtmp.example.invalid/live2/abcd?token=e%2Ff", "live2", "abcd?token=e%2Ff"),
        (
            "rtmp://a.rtmp.example.invalid/app/_definst_/made-up-key",
            "app/_definst_",
            "made-up-key",
        ),
    ],
)
def test_a_key_that_was_pasted_with_the_address_is_cut_off_and_kept(
    tmp_path: Path, url: str, saved: str, key: str
) -> None:
    async def story(world: World) -> None:
        wish = {"name": "Pasted", "serverUrl": f" {url} "}
        reply = await world.client.put(f"{URL}/ep1", wish)
        assert reply.status == 200, reply.json
        assert reply.json["endpoint"]["serverUrl"] == f"rtmp://a.rtmp.example.invalid/{saved}"
        assert reply.json["endpoint"]["streamKey"] == "set"
        assert world.secrets.texts == [key]
        assert (await world.client.put(f"{URL}/ep1", {**wish, "streamKey": key})).json == reply.json
        other = await world.client.put(f"{URL}/ep1", {**wish, "streamKey": OTHER_KEY})
        assert other.status == 422
        assert "seems to hold a key" in other.error["message"]
        assert world.secrets.texts == [key]

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_without_a_keyring_nothing_is_changed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        before = (await world.client.put(f"{URL}/ep1", TWITCH)).json["endpoint"]
        world.secrets.refuses = keyring_locked()
        reply = await world.client.put(f"{URL}/ep1", {**TWITCH, "name": "New", "streamKey": OTHER_KEY})
        assert (reply.status, reply.error["code"]) == (503, "keyring-locked")
        assert reply.error["hint"] == "Unlock it with your password, then try again."
        assert (await world.client.get(URL)).json["endpoints"] == [before]
        assert world.secrets.texts == [KEY]

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_key_that_cannot_be_forgotten_does_not_keep_an_endpoint(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{URL}/ep1", TWITCH)
        world.secrets.refuses = keyring_locked()
        assert (await world.client.delete(f"{URL}/ep1")).json == {"ok": True}
        assert (await world.client.get(URL)).json["endpoints"] == []

    tell(tmp_path, story)
    assert "a key that nobody needs stays in the keyring as endpoint-1" in caplog.text


@pytest.mark.allow_warning_logs
def test_a_disk_that_refuses_leaves_the_endpoint_with_its_old_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(world: World) -> None:
        before = (await world.client.put(f"{URL}/ep1", TWITCH)).json["endpoint"]

        async def refuse(job: Any) -> Any:
            raise StoreFault("The disk is full.", hint="Free some space.")

        with monkeypatch.context() as patch:
            patch.setattr(world.store, "write", refuse)
            reply = await world.client.put(f"{URL}/ep1", {**TWITCH, "name": "New", "streamKey": OTHER_KEY})
        assert (reply.status, reply.error["code"]) == (503, "data-fault")
        assert (await world.client.get(URL)).json["endpoints"] == [before]
        assert world.secrets.texts == [KEY]

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_disk_that_saves_too_late_to_say_so_keeps_the_new_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(world: World) -> None:
        write = world.store.write

        async def write_and_say_nothing(job: Any) -> Any:
            await write(job)
            raise StoreFault("The disk does not answer.", hint="It may still be done.")

        with monkeypatch.context() as patch:
            patch.setattr(world.store, "write", write_and_say_nothing)
            assert (await world.client.put(f"{URL}/ep1", TWITCH)).status == 503
        assert (await world.client.get(URL)).json["endpoints"][0]["streamKey"] == "set"
        assert world.secrets.texts == [KEY]

    tell(tmp_path, story)
