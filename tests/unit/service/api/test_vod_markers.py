"""Markers of replays over HTTP."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.api.kept_replays import keep
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import asset, later, session


def test_what_was_marked_in_a_broadcast_is_found_at_its_place_in_the_replay(tmp_path: Path) -> None:
    def story_so_far(tables: Tables) -> None:
        tables.sessions.begin(session("se1"))
        tables.assets.put(asset("as1", session_id="se1", recorded_at=later(6)))
        tables.assets.put(asset("as2", session_id="se1", recorded_at=later(180)))
        for id_, asset_id, session_id, offset_ms in (
            ("early", "as1", "se1", 2_000),
            ("goal", "as1", "se1", 39_000),
            ("second", "as2", "se1", 200_500),
            ("cut", "as2", None, 7_000),
        ):
            mark = Marker(id=id_, asset_id=asset_id, session_id=session_id, offset_ms=offset_ms)
            tables.markers.add(mark)

    async def story(world: World) -> None:
        await world.store.write(story_so_far)
        for asset_id, expected in (
            ("as1", [("early", 0), ("goal", 33_000)]),
            ("as2", [("cut", 7_000), ("second", 20_500)]),
        ):
            told = (await world.client.get(f"/api/vod/{asset_id}")).json["asset"]["markers"]
            assert [(each["id"], each["offsetMs"]) for each in told] == expected
            assert (await world.client.get(f"/api/vod/{asset_id}/markers")).json["markers"] == told
        report = (await world.client.get("/api/multistream/sessions/se1")).json["session"]
        of_session = [(each["id"], each["offsetMs"]) for each in report["markers"]]
        assert of_session == [("early", 2_000), ("goal", 39_000), ("second", 200_500)]

    tell(tmp_path, story)


def test_markers_are_set_listed_and_removed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(world, asset(), asset("as2"))
        path = "/api/vod/as1/markers"
        later = await world.client.post(path, {"offsetMs": 90_500, "label": "Goal"})
        assert later.status == 201
        await world.client.post(path, {"offsetMs": 1000})
        listed = (await world.client.get(path)).json["markers"]
        assert [(each["offsetMs"], each["label"]) for each in listed] == [(1000, ""), (90_500, "Goal")]
        id_ = later.json["marker"]["id"]
        assert (await world.client.delete(f"/api/vod/as2/markers/{id_}")).status == 404
        assert (await world.client.delete(f"{path}/{id_}")).json == {"ok": True}
        assert (await world.client.delete(f"{path}/{id_}")).status == 404
        assert len((await world.client.get(path)).json["markers"]) == 1
        assert (await world.client.post("/api/vod/gone/markers", {"offsetMs": 1000})).status == 404
        assert (await world.client.get("/api/vod/gone/markers")).status == 404
        assert (await world.client.delete("/api/vod/gone/markers/x")).status == 404
        assert (await world.client.post(path, {"offsetMs": -1})).status == 422

    tell(tmp_path, story)
