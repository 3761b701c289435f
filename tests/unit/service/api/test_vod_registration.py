"""Other computers register replays: the same film as often as they like, another one never, and no edit that they have not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.service.api.asgi_client import Reply
from tests.unit.service.api.kept_replays import keep
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import asset

FILM = "ab" * 32
ELSEWHERE = {"title": "From the laptop", "recordedAt": "2026-05-01T10:00:00Z", "sha256": FILM}
LINKS: dict[str, Any] = {
    "videoUrl": "https://videos.example.com/vod/theirs.mp4",
    "thumbnailUrl": "https://videos.example.com/vod/theirs.jpg",
}
ADDRESS = "/api/vod/theirs"


async def _put(world: World, headers: dict[str, str] | None = None, **changes: Any) -> tuple[int, Any]:
    reply = await world.client.send("PUT", ADDRESS, {**ELSEWHERE, **changes}, headers=headers)
    return reply.status, reply.json


def test_the_first_time_it_is_added_and_then_the_same_is_answered(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        (first, added), (second, again) = await _put(world), await _put(world)
        assert (first, second) == (201, 200)
        assert added["asset"] == again["asset"]
        assert added["asset"]["sha256"] == FILM

    tell(tmp_path, story)


def test_another_film_under_the_id_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await _put(world)
        status, words = await _put(world, sha256="cd" * 32, title="Other")
        assert (status, words["error"]["code"]) == (409, "conflict")
        kept = (await world.client.get(ADDRESS)).json["asset"]
        assert (kept["title"], kept["sha256"]) == ("From the laptop", FILM)

    tell(tmp_path, story)


def test_a_film_of_our_own_is_none_that_others_can_replace(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, asset("theirs", file="/x/a.mp4", sha256="cd" * 32))
        assert (await _put(world))[0] == 409

    tell(tmp_path, story)


def test_who_says_nothing_of_the_film_leaves_what_is_known_of_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await _put(world)
        _, words = await _put(world, sha256=None, title="Edited")
        assert (words["asset"]["title"], words["asset"]["sha256"]) == ("Edited", FILM)

    tell(tmp_path, story)


def test_an_edit_of_a_revision_that_is_gone_is_refused(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        seen = (await _put(world))[1]["asset"]["revision"]
        assert (await _put(world, {"if-match": f'"{seen}"'}, title="First edit"))[0] == 200
        status, words = await _put(world, {"if-match": f'"{seen}"'}, title="Second edit")
        assert (status, words["error"]["code"]) == (412, "changed")
        now = (await world.client.get(ADDRESS)).json["asset"]
        assert now["title"] == "First edit"
        assert (await _put(world, {"if-match": f'"x", W/"{now["revision"]}"'}, title="Third"))[0] == 200
        assert (await _put(world, {"if-match": "*"}, title="Fourth"))[0] == 200

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "changes", [{"title": "x"}, {"description": "x"}, {"duration": 1}, {"sizeBytes": 1}, LINKS]
)
def test_whatever_is_said_anew_is_another_revision(tmp_path: Path, changes: dict[str, Any]) -> None:
    async def story(world: World) -> None:
        before = (await _put(world))[1]["asset"]["revision"]
        assert (await _put(world, **changes))[1]["asset"]["revision"] != before
        assert (await _put(world))[1]["asset"]["revision"] == before

    tell(tmp_path, story)


def test_an_edit_here_is_another_revision_and_a_pin_is_none(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        before = (await _put(world))[1]["asset"]["revision"]
        pinned = await world.client.send("PATCH", ADDRESS, {"isPinned": True})
        assert pinned.json["asset"]["revision"] == before
        edited = await world.client.send("PATCH", ADDRESS, {"title": "Edited"})
        assert edited.json["asset"]["revision"] != before

    tell(tmp_path, story)


def test_one_that_must_be_new_is_refused_if_it_is_not_and_one_that_must_be_there_if_it_is_not(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        assert (await _put(world, {"if-match": "*"}))[0] == 412
        assert (await _put(world, {"if-match": '"x"'}))[0] == 412
        assert (await world.client.get(ADDRESS)).status == 404
        assert (await _put(world, {"if-none-match": "*"}))[0] == 201
        assert (await _put(world, {"if-none-match": "*"}))[0] == 412

    tell(tmp_path, story)


def test_the_answer_names_its_revision_as_http_does(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.put(ADDRESS, ELSEWHERE)
        assert reply.headers["etag"] == f'"{reply.json["asset"]["revision"]}"'

    tell(tmp_path, story)


def test_a_film_elsewhere_is_played_and_its_picture_shown_from_there(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        _, words = await _put(world, **LINKS)
        said = words["asset"]
        assert (said["videoUrl"], said["thumbnailUrl"]) == (f"{ADDRESS}/video", f"{ADDRESS}/thumbnail")
        for address, link in ((said["videoUrl"], "videoUrl"), (said["thumbnailUrl"], "thumbnailUrl")):
            reply = await world.client.get(address)
            assert (reply.status, reply.headers["location"]) == (307, LINKS[link])

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "ab"},
        {"sha256": "AB" * 32},
        {"videoUrl": "http://videos.example.com/a.mp4"},
        {"videoUrl": "https://user@videos.example.com/a.mp4"},
        {"videoUrl": "https://videos.example.com"},
        {"videoUrl": "https://videos.example.com/a.mp4\r\nX: 1"},
        {"videoUrl": "file:///etc/passwd"},
        {"thumbnailUrl": "https://videos.example.com/" + "x" * 2048},
    ],
)
def test_what_is_no_film_and_no_public_address_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    async def story(world: World) -> None:
        assert (await _put(world, **wrong))[0] == 422

    tell(tmp_path, story)


@pytest.mark.parametrize("query", ["", "bin=true"])
def test_a_replay_that_was_edited_since_it_was_seen_is_not_removed(tmp_path: Path, query: str) -> None:
    async def story(world: World) -> None:
        seen = (await _put(world))[1]["asset"]["revision"]
        await _put(world, title="Edited")
        refused = await _remove(world, query, seen)
        assert (refused.status, refused.json["error"]["code"]) == (412, "changed")
        now = (await world.client.get(ADDRESS)).json["asset"]["revision"]
        removed = await _remove(world, query, now)
        assert removed.status == 200
        assert (await world.client.get(ADDRESS)).status == 404
        assert (await _remove(world, query, now)).status == 404

    tell(tmp_path, story)


async def _remove(world: World, query: str, revision: str) -> Reply:
    return await world.client.send("DELETE", ADDRESS, query=query, headers={"if-match": f'"{revision}"'})
