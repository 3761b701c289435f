"""Endpoints over HTTP: their keys go in and never come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.platforms.endpoint import BackupUse
from powerstream_desktop.service.store.endpoints import LastContact
from tests.unit.service.api.endpoint_words import KEY, OTHER_KEY, TODAY, TWITCH, URL
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import NOW, station


def test_an_endpoint_is_added_with_an_id_of_its_own_and_told_without_its_key(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.post(URL, TWITCH)
        assert reply.status == 201
        endpoint = reply.json["endpoint"]
        assert endpoint == {
            "id": endpoint["id"],
            "platform": "twitch",
            "name": "Twitch",
            "serverUrl": "rtmp://live.twitch.tv/app",
            "backupServerUrl": None,
            "backupUse": "off",
            "streamKey": "set",
            "keySavedOn": TODAY,
            "stationId": None,
            "userId": None,
            "isActive": True,
            "priority": 0,
            "rendition": "landscape",
            "videoLimits": {"maxVideoKbps": None, "maxHeight": None, "maxFps": None},
            "lastStatus": "",
            "lastError": "",
            "lastConnectedAt": None,
            "createdAt": "2026-05-04T12:30:00Z",
        }
        assert len(endpoint["id"]) == 26
        assert (await world.client.get(URL)).json == {"ok": True, "endpoints": [endpoint]}
        assert world.secrets.texts == [KEY]
        assert world.multistream.changes == 1

    tell(tmp_path, story)


def test_adding_under_a_taken_id_is_a_conflict_and_leaves_no_key_behind(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.post(URL, {**TWITCH, "id": "ep1"})
        reply = await world.client.post(URL, {**TWITCH, "id": "ep1", "streamKey": OTHER_KEY})
        assert (reply.status, reply.error["code"]) == (409, "conflict")
        assert world.secrets.texts == [KEY]
        assert world.multistream.changes == 1

    tell(tmp_path, story)


def test_putting_adds_or_replaces_and_may_be_repeated(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        first = await world.client.put(f"{URL}/ep1", TWITCH)
        assert first.status == 200
        assert (await world.client.put(f"{URL}/ep1", TWITCH)).json == first.json
        changed = {**TWITCH, "name": "Second", "priority": -7, "isActive": False, "rendition": "portrait"}
        changed |= {"videoLimits": {"maxVideoKbps": 2500}, "userId": "us1"}
        answer = (await world.client.put(f"{URL}/ep1", changed)).json["endpoint"]
        assert (answer["name"], answer["priority"], answer["isActive"]) == ("Second", -7, False)
        assert answer["videoLimits"] == {"maxVideoKbps": 2500, "maxHeight": None, "maxFps": None}
        assert (answer["rendition"], answer["userId"]) == ("portrait", "us1")
        assert len((await world.client.get(URL)).json["endpoints"]) == 1
        assert world.secrets.texts == [KEY]
        assert world.multistream.changes == 3

    tell(tmp_path, story)


def test_a_change_keeps_what_was_last_heard_of_the_server(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{URL}/ep1", TWITCH)
        contact = LastContact(status="rejected", error="No.", connected_at=NOW)
        await world.store.write(lambda tables: tables.endpoints.note_contact("ep1", contact))
        answer = (await world.client.put(f"{URL}/ep1", TWITCH)).json["endpoint"]
        assert (answer["lastStatus"], answer["lastError"]) == ("rejected", "No.")
        assert answer["lastConnectedAt"] == "2026-05-04T12:30:00Z"

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "url",
    [
        "rtmp://host.invalid/live_123456_abcdefghijkl",
        "rtmp://host.invalid/app?token=made-up-key-0123456789",
        "rtmp://host.invalid/app/instance/deeper/made-up-key-0123456789",
        "rtmp://user:made-up-key-0123456789@host.invalid/app",
        "srt://host.invalid/made-up-key-0123456789",
        "made-up-key-0123456789",
        "rtmp://host.invalid",
        "rtmp://host.invalid/app\u0000made-up-key-0123456789",
    ],
)
def test_an_address_that_cannot_be_kept_is_refused_without_being_repeated(tmp_path: Path, url: str) -> None:
    async def story(world: World) -> None:
        for extra in ({}, {"streamKey": KEY}):
            reply = await world.client.put(f"{URL}/ep1", {"name": "x", "serverUrl": url, **extra})
            assert (reply.status, reply.error["code"]) == (422, "not-possible")
            assert b"0123456789" not in reply.body
            assert b"abcdefghijkl" not in reply.body
        assert (await world.client.get(URL)).json["endpoints"] == []
        assert world.secrets.texts == []

    tell(tmp_path, story)


def test_what_is_left_open_is_taken_from_the_catalogue(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        youtube = await world.client.put(
            f"{URL}/yt", {"name": "YouTube", "platform": "youtube", "backupUse": "hot"}
        )
        assert youtube.json["endpoint"]["serverUrl"] == "rtmps://a.rtmps.youtube.com/live2"
        assert youtube.json["endpoint"]["backupServerUrl"] == "rtmps://b.rtmps.youtube.com/live2?backup=1"
        tiktok = await world.client.put(
            f"{URL}/tt", {"name": "TikTok", "platform": "tiktok", "serverUrl": "rtmp://push.invalid/game"}
        )
        assert tiktok.json["endpoint"]["rendition"] == "portrait"
        kick = await world.client.put(
            f"{URL}/ki", {"name": "Kick", "platform": "kick", "serverUrl": "rtmps://abc.live-video.net:443/"}
        )
        assert kick.json["endpoint"]["serverUrl"] == "rtmps://abc.live-video.net/app"
        saved = await world.store.read(lambda tables: tables.endpoints.get("yt"))
        assert saved.backup_use is BackupUse.HOT
        assert "avc1" in (saved.codecs or ())

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"platform": "twich"}, "Did you mean twitch?"),
        ({"serverUrl": ""}, "rtmp://host/app"),
        ({"platform": "linkedin", "serverUrl": ""}, "LinkedIn"),
        ({"backupUse": "hot"}, "backupServerUrl"),
        ({"backupServerUrl": "rtmp://b.invalid/app/another-key"}, "Cut it behind the application"),
        ({"name": "  "}, "Give it one."),
        ({"streamKey": "   "}, "Copy it from the platform's page"),
        ({"streamKey": "two\nlines"}, "one line"),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused_with_what_to_do(
    tmp_path: Path, wish: dict[str, Any], words: str
) -> None:
    async def story(world: World) -> None:
        base = {"name": "x", "serverUrl": "rtmp://host.invalid/app"}
        reply = await world.client.put(f"{URL}/ep1", {**base, **wish})
        assert (reply.status, reply.error["code"]) == (422, "not-possible")
        assert words in f"{reply.error['message']} {reply.error['hint']}"

    tell(tmp_path, story)


def test_a_backup_server_stands_by_unless_something_else_is_said(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        wish = {**TWITCH, "backupServerUrl": f"rtmp://b.invalid/app/{KEY}"}
        answer = (await world.client.put(f"{URL}/ep1", wish)).json["endpoint"]
        assert answer["backupUse"] == "warm"
        assert answer["backupServerUrl"] == "rtmp://b.invalid/app"

    tell(tmp_path, story)


def test_those_of_a_station_include_the_shared_ones_and_go_with_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(lambda tables: tables.stations.add(station()))
        await world.store.write(lambda tables: tables.stations.add(station("Other", "st2")))
        for endpoint_id, station_id in (("ep1", "st1"), ("ep2", "st2"), ("ep3", None)):
            await world.client.put(f"{URL}/{endpoint_id}", {**TWITCH, "stationId": station_id})
        found = (await world.client.get(URL, stationId="st1")).json["endpoints"]
        assert [each["id"] for each in found] == ["ep1", "ep3"]
        assert (await world.client.delete("/api/stations/st1")).status == 200
        assert [each["id"] for each in (await world.client.get(URL)).json["endpoints"]] == ["ep2", "ep3"]
        assert len(world.secrets.texts) == 2
        unknown = await world.client.put(f"{URL}/ep4", {**TWITCH, "stationId": "gone"})
        assert (unknown.status, unknown.error["code"]) == (404, "not-found")
        assert len(world.secrets.texts) == 2

    tell(tmp_path, story)


def test_an_endpoint_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for method, path in (("DELETE", ""), ("GET", "/status"), ("POST", "/check"), ("POST", "/retry")):
            reply = await world.client.send(method, f"{URL}/gone{path}")
            assert (reply.status, reply.error["code"]) == (404, "not-found"), path

    tell(tmp_path, story)


def test_an_endpoint_tells_how_it_stands_and_tries_again_when_asked(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{URL}/ep1", TWITCH)
        idle = (await world.client.get(f"{URL}/ep1/status")).json
        assert (idle["status"], idle["sessionId"], idle["destination"]) == ("off", None, None)
        await world.client.post("/api/live/start")
        now = (await world.client.get(f"{URL}/ep1/status")).json
        assert (now["status"], now["sessionId"], now["cause"]) == ("live", "se1", None)
        assert now["destination"]["bitrateKbps"] == 4400
        assert (await world.client.post(f"{URL}/ep1/retry")).json == {"ok": True}
        assert world.multistream.retried == ["ep1"]

    tell(tmp_path, story)


def test_checking_one_endpoint_looks_at_that_one_only(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{URL}/ep1", TWITCH)
        await world.client.put(f"{URL}/ep2", TWITCH)
        report = (await world.client.post(f"{URL}/ep1/check")).json["report"]
        assert [each["name"] for each in report["destinations"]] == ["Twitch"]
        assert [each["code"] for each in report["destinations"][0]["findings"]] == ["key-shape"]
        assert world.multistream.requests[0].selected_endpoints == ("ep1",)

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_a_broadcast_that_cannot_take_a_change_says_so(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.multistream.refuses = SystemFault("It cannot.")
        reply = await world.client.put(f"{URL}/ep1", TWITCH)
        assert (reply.status, reply.error["code"]) == (503, "system-fault")
        world.multistream.refuses = None
        assert (await world.client.put(f"{URL}/ep1", TWITCH)).status == 200

    tell(tmp_path, story)
