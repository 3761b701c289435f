"""Clips over HTTP."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.library.clips.cut_request import ClipMode, CutResult
from powerstream_desktop.service.api.words_clips import clip_event
from powerstream_desktop.service.clips.clip import ClipWish
from powerstream_desktop.service.clips.clip_states import ClipState
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.api.fake_parts import FakeClips
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import asset

WAITING = {
    "id": "cl1",
    "assetId": "as1",
    "state": "queued",
    "progress": 0.0,
    "resultAssetId": None,
    "title": "Evening",
    "startMs": 1000,
    "endMs": 5000,
    "actualStartMs": None,
    "actualEndMs": None,
    "error": None,
}


def clips_of(world: World) -> FakeClips:
    return cast("FakeClips", world.app.state.parts.clips)


async def keep(world: World, asset_id: str) -> None:
    def put(asset_id: str, tables: Tables) -> None:
        tables.assets.put(asset(asset_id))

    await world.store.write(partial(put, asset_id))


def test_a_clip_that_is_asked_for_is_told_as_it_waits(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, "as1")
        answer = await world.client.post("/api/vod/as1/clips", {"startMs": 1000, "endMs": 5000})
        assert (answer.status, answer.json) == (202, {"ok": True, "clip": WAITING})
        assert clips_of(world).wishes == [("as1", ClipWish(start_ms=1000, end_ms=5000))]

    tell(tmp_path, story)


def test_all_that_can_be_wished_for_reaches_the_desk(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, "as1")
        wish = {"startMs": 0, "endMs": 1, "mode": "exact", "title": "Goal", "vertical": {"centreX": 0.25}}
        assert (await world.client.post("/api/vod/as1/clips", wish)).status == 202
        wanted = ClipWish(start_ms=0, end_ms=1, mode=ClipMode.EXACT, title="Goal", centre_x=0.25)
        assert clips_of(world).wishes == [("as1", wanted)]

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "wish",
    [
        {"startMs": -1, "endMs": 5},
        {"startMs": 0, "endMs": 10**15},
        {"startMs": 0.5, "endMs": 5},
        {"startMs": 0, "endMs": 5, "mode": "slow"},
        {"startMs": 0, "endMs": 5, "vertical": {"centreX": 1.1}},
        {"startMs": 0, "endMs": 5, "title": "two\nlines"},
        {"endMs": 5},
    ],
)
def test_a_wish_that_cannot_be_one_is_refused(tmp_path: Path, wish: dict[str, Any]) -> None:
    async def story(world: World) -> None:
        await keep(world, "as1")
        assert (await world.client.post("/api/vod/as1/clips", wish)).status == 422
        assert clips_of(world).wishes == []

    tell(tmp_path, story)


def test_clips_are_listed_of_one_replay_and_of_all(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for asset_id in ("as1", "as2"):
            await keep(world, asset_id)
            await world.client.post(f"/api/vod/{asset_id}/clips", {"startMs": 1000, "endMs": 5000})
        of_one = (await world.client.get("/api/vod/as1/clips")).json
        assert of_one == {"ok": True, "clips": [WAITING]}
        everything = (await world.client.get("/api/clips")).json
        assert [each["id"] for each in everything["clips"]] == ["cl2", "cl1"]
        assert (await world.client.get("/api/vod/as3/clips")).status == 404

    tell(tmp_path, story)


def test_a_clip_can_be_done_without(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, "as1")
        await world.client.post("/api/vod/as1/clips", {"startMs": 1000, "endMs": 5000})
        answer = await world.client.delete("/api/clips/cl1")
        assert answer.json == {"ok": True, "clip": {**WAITING, "state": "cancelled"}}
        assert (await world.client.delete("/api/clips/cl9")).status == 404

    tell(tmp_path, story)


def test_the_last_seconds_on_air_are_asked_for_by_their_number(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        answer = await world.client.post("/api/live/clip", {})
        assert answer.status == 202
        assert answer.json["clip"]["assetId"] is None
        await world.client.post("/api/live/clip", {"seconds": 12.5})
        assert clips_of(world).live_wishes == [30.0, 12.5]
        for wrong in (0, 601, "30"):
            assert (await world.client.post("/api/live/clip", {"seconds": wrong})).status == 422

    tell(tmp_path, story)


def test_a_clip_that_is_over_tells_what_it_holds_or_why_not(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, "as1")
        for _ in range(2):
            await world.client.post("/api/vod/as1/clips", {"startMs": 1000, "endMs": 5000})
        clips = clips_of(world).clips
        result = CutResult(start_ms=0, end_ms=5033, size_bytes=9)
        clips[0] = replace(clips[0], state=ClipState.DONE, progress=1.0, result=result, result_asset_id="as9")
        error = SystemFault("The disk is full.", hint="Make room.")
        clips[1] = replace(clips[1], state=ClipState.FAILED, progress=0.33333, error=error)
        failed, done = (await world.client.get("/api/clips")).json["clips"]
        assert (done["actualStartMs"], done["actualEndMs"], done["resultAssetId"]) == (0, 5033, "as9")
        assert (failed["error"], failed["progress"]) == ("The disk is full. Make room.", 0.333)

    tell(tmp_path, story)


def test_an_event_tells_which_clip_of_which_replay_is_how_far(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, "as1")
        await world.client.post("/api/vod/as1/clips", {"startMs": 1000, "endMs": 5000})
        assert clip_event(clips_of(world).clips[0]) == {
            "change": "clip",
            "clipId": "cl1",
            "assetId": "as1",
            "state": "queued",
            "progress": 0.0,
            "resultAssetId": None,
        }

    tell(tmp_path, story)
