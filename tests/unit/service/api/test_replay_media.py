"""Strips, waveforms, and films that come from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.routes import Reach, needed_scope
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import asset

IMPORT = "/api/vod/import"


async def keep(world: World) -> None:
    await world.store.write(lambda tables: tables.assets.put(asset("as1")))


def test_a_strip_is_sent_as_it_is(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        (tmp_path / "pictures").mkdir()
        (tmp_path / "pictures" / "strip-as1.jpg").write_bytes(b"\xff\xd8\xff twelve")
        reply = await world.client.get("/api/vod/as1/strip")
        assert (reply.status, reply.body) == (200, b"\xff\xd8\xff twelve")
        assert reply.headers["content-type"] == "image/jpeg"
        assert world.media.asked == []

    tell(tmp_path, story)


def test_a_strip_that_is_not_made_is_asked_for(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        reply = await world.client.get("/api/vod/as1/strip")
        assert (reply.status, reply.json["error"]["code"]) == (404, "not-found")
        assert world.media.asked == ["as1"]

    tell(tmp_path, story)


def test_a_waveform_is_told_or_asked_for(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world)
        missing = await world.client.get("/api/vod/as1/waveform")
        assert (missing.status, world.media.asked) == (404, ["as1"])
        world.media.waveforms["as1"] = (10.0, "AID/")
        found = await world.client.get("/api/vod/as1/waveform")
        assert found.json == {"ok": True, "perSecond": 10.0, "peaks": "AID/"}

    tell(tmp_path, story)


@pytest.mark.parametrize("what", ["strip", "waveform"])
def test_of_a_replay_that_is_not_there_nothing_is_made(tmp_path: Path, what: str) -> None:
    async def story(world: World) -> None:
        assert (await world.client.get(f"/api/vod/as1/{what}")).status == 404
        assert world.media.asked == []

    tell(tmp_path, story)


def test_films_are_taken_in_by_their_whole_paths(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        paths = [str(tmp_path / "a.mp4"), str(tmp_path)]
        reply = await world.client.post(IMPORT, {"paths": paths, "stationId": "st1"})
        assert (reply.status, reply.json) == (202, {"ok": True, "importId": "im1", "total": 2})
        assert world.imports.begun == [((tmp_path / "a.mp4", tmp_path), "st1")]

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "paths",
    [[], ["a.mp4"], ["../a.mp4"], [""], ["/a\0.mp4"], ["/" + "a" * 5000], [7], ["/a"] * 501, "/a.mp4"],
)
def test_what_is_no_list_of_whole_paths_is_refused(tmp_path: Path, paths: Any) -> None:
    async def story(world: World) -> None:
        reply = await world.client.post(IMPORT, {"paths": paths})
        assert (reply.status, reply.json["error"]["code"]) == (422, "invalid-request")
        assert world.imports.begun == []

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("error", "status"),
    [(UnknownRecordError("There is no such station."), 404), (SystemFault("Too many."), 503)],
)
@pytest.mark.allow_warning_logs
def test_an_import_that_cannot_begin_says_why(tmp_path: Path, error: Any, status: int) -> None:
    async def story(world: World) -> None:
        world.imports.refuses = error
        reply = await world.client.post(IMPORT, {"paths": ["/a.mp4"]})
        assert (reply.status, reply.json["error"]["message"]) == (status, error.title)

    tell(tmp_path, story)


@pytest.mark.parametrize("reach", list(Reach))
def test_naming_files_of_this_computer_takes_a_token_that_allows_everything(reach: Reach) -> None:
    facts = RequestFacts(method="POST", path=IMPORT, headers=())
    assert needed_scope(facts, reach) is Scope.ADMIN
