"""Pairing over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.service.api.service_parts import World, tell

PAIRING = "/api/access/pairing"


async def code_of(world: World, scope: str = "control") -> str:
    opened = await world.client.post(PAIRING, {"scope": scope})
    code: str = opened.json["code"]
    return code


def test_a_device_is_let_in_by_its_code_and_put_out_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        code = await code_of(world)
        paired = await world.client.post("/api/access/pair", {"code": code, "name": "Tablet"})
        assert paired.status == 200
        assert paired.json["token"].count(".") == 2
        device = paired.json["device"]
        assert (device["name"], device["scope"]) == ("Tablet", "control")
        assert device["pairedAt"] == "2026-05-04T12:30:00Z"
        assert device["expiresAt"] == "2026-08-02T12:30:00Z"
        listed = await world.client.get("/api/access/devices")
        assert listed.json == {"ok": True, "devices": [device]}
        assert paired.json["token"] not in listed.body.decode()
        gone = await world.client.delete(f"/api/access/devices/{device['id']}")
        assert gone.json == {"ok": True}
        assert (await world.client.get("/api/access/devices")).json["devices"] == []
        again = await world.client.delete(f"/api/access/devices/{device['id']}")
        assert (again.status, again.error["code"]) == (404, "not-found")

    tell(tmp_path, story)


def test_pairing_says_how_it_stands_and_tells_its_code_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.client.get(PAIRING)).json == {"ok": True, "state": "closed", "secondsLeft": 0}
        opened = await world.client.post(PAIRING, {"scope": "read"})
        assert opened.json.keys() == {"ok", "state", "secondsLeft", "code"}
        assert len(opened.json["code"]) == 6
        assert (await world.client.get(PAIRING)).json == {"ok": True, "state": "open", "secondsLeft": 120}
        assert (await world.client.delete(PAIRING)).json == {"ok": True, "state": "closed", "secondsLeft": 0}
        late = await world.client.post("/api/access/pair", {"code": opened.json["code"], "name": "Late"})
        assert (late.status, late.error["code"]) == (403, "wrong-pairing-code")

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "body",
    [
        {"code": "123456"},
        {"name": "Tablet"},
        {"code": 123456, "name": "Tablet"},
        {"code": "123456", "name": ""},
        {"code": "123456", "name": "   "},
        {"code": "123456", "name": "a\nb"},
        {"code": "123456", "name": "x" * 65},
        {"code": "1" * 13, "name": "Tablet"},
        {"code": "123456", "name": "Tablet", "scope": "admin"},
        [],
    ],
)
def test_what_is_no_try_does_not_count_as_one(tmp_path: Path, body: Any) -> None:
    async def story(world: World) -> None:
        code = await code_of(world)
        for _ in range(3):
            reply = await world.client.post("/api/access/pair", body)
            assert (reply.status, reply.error["code"]) == (422, "invalid-request")
        assert (await world.client.post("/api/access/pair", {"code": code, "name": "A"})).status == 200

    tell(tmp_path, story)


def test_nobody_may_be_allowed_to_let_others_in(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.client.post(PAIRING, {"scope": "admin"})).status == 422
        assert (await world.client.post(PAIRING, {"scope": "all"})).error["code"] == "invalid-request"
        assert (await world.client.get(PAIRING)).json["state"] == "closed"

    tell(tmp_path, story)


def test_the_key_is_changed_without_putting_anybody_out(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        code = await code_of(world, "read")
        await world.client.post("/api/access/pair", {"code": code, "name": "Tablet"})
        assert (await world.client.post("/api/access/rotate")).json == {"ok": True}
        assert len((await world.client.get("/api/access/devices")).json["devices"]) == 1

    tell(tmp_path, story)
