"""The pictures of stations over HTTP."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.unit.service.api.asgi_client import Reply
from tests.unit.service.api.service_parts import World, tell

STATION = "/api/stations/st1"
PICTURE = f"{STATION}/picture"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)


async def put(world: World, content: bytes, path: str = PICTURE) -> Reply:
    return await world.client.put(path, {"content": base64.b64encode(content).decode()})


async def add(world: World) -> None:
    assert (await world.client.put(STATION, {"name": "News"})).status == 200


def files(home: Path) -> list[bytes]:
    folder = home / "pictures"
    return sorted(each.read_bytes() for each in folder.iterdir()) if folder.exists() else []


def test_a_station_gets_a_picture_and_another_one_takes_its_place(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await add(world)
        assert (await world.client.get(PICTURE)).status == 404
        for content, media_type in ((PNG, "image/png"), (JPEG, "image/jpeg"), (JPEG, "image/jpeg")):
            reply = await put(world, content)
            assert reply.status == 200
            assert reply.json["station"]["picture"].startswith("station-st1-")
            shown = await world.client.get(PICTURE)
            assert (shown.status, shown.body, shown.headers["content-type"]) == (200, content, media_type)
            assert files(tmp_path) == [content]

    tell(tmp_path, story)


def test_what_is_said_of_a_station_leaves_its_picture(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await add(world)
        name = (await put(world, PNG)).json["station"]["picture"]
        await world.client.put(STATION, {"name": "Late news", "picture": name})
        assert (await world.client.get(PICTURE)).body == PNG

    tell(tmp_path, story)


def test_a_picture_is_taken_away_and_goes_with_its_station(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await add(world)
        await put(world, PNG)
        for _ in range(2):
            reply = await world.client.delete(PICTURE)
            assert (reply.status, reply.json["station"]["picture"]) == (200, None)
        assert files(tmp_path) == []
        await put(world, PNG)
        assert (await world.client.delete(STATION)).status == 200
        assert files(tmp_path) == []

    tell(tmp_path, story)


@pytest.mark.parametrize("content", [b"GIF89a" + bytes(50), b"<svg onload='x'/>", b"\xff\xd8", b"\x89PNG"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    async def story(world: World) -> None:
        await add(world)
        assert (await put(world, content)).status in {400, 422}
        assert files(tmp_path) == []

    tell(tmp_path, story)


@pytest.mark.parametrize("text", ["", "not base64!", "%%%%", "A", "A" * 60_001])
def test_what_is_no_base64_is_refused(tmp_path: Path, text: str) -> None:
    async def story(world: World) -> None:
        await add(world)
        assert (await world.client.put(PICTURE, {"content": text})).status in {400, 422}

    tell(tmp_path, story)


def test_no_station_has_no_picture(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        path = "/api/stations/unknown/picture"
        assert (await put(world, PNG, path)).status == 404
        assert (await world.client.get(path)).status == 404
        assert (await world.client.delete(path)).status == 404
        assert files(tmp_path) == []

    tell(tmp_path, story)


@pytest.mark.parametrize("name", ["secret.txt", "..", "show.mp4"])
def test_a_name_that_is_none_of_a_picture_opens_nothing(tmp_path: Path, name: str) -> None:
    async def story(world: World) -> None:
        (tmp_path / "pictures").mkdir(parents=True, exist_ok=True)
        (tmp_path / "pictures" / "secret.txt").write_bytes(b"secret")
        await world.client.put(STATION, {"name": "News", "picture": name})
        assert (await world.client.get(PICTURE)).status == 404

    tell(tmp_path, story)


def test_a_picture_that_was_named_by_hand_is_not_deleted(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        (tmp_path / "pictures").mkdir(parents=True, exist_ok=True)
        (tmp_path / "pictures" / "mine.png").write_bytes(PNG)
        await world.client.put(STATION, {"name": "News", "picture": "mine.png"})
        await put(world, JPEG)
        assert files(tmp_path) == [PNG, JPEG]

    tell(tmp_path, story)
