"""Stations and profiles over HTTP."""

from __future__ import annotations

from pathlib import Path

from tests.unit.service.api.service_parts import World, tell

STATIONS = "/api/stations"
PROFILES = "/api/multistream/profiles"
ENDPOINT = {"name": "Twitch", "platform": "twitch"}


def test_a_station_is_added_with_a_slug_made_from_its_name(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        wish = {"name": " Café Zürich ", "description": "Words\nin lines", "picture": "cafe.png"}
        reply = await world.client.post(STATIONS, wish)
        assert reply.status == 201
        station = reply.json["station"]
        assert len(station["id"]) == 26
        assert station == {
            "id": station["id"],
            "slug": "cafe-zurich",
            "name": "Café Zürich",
            "description": "Words\nin lines",
            "picture": "cafe.png",
            "createdAt": "2026-05-04T12:30:00Z",
        }
        assert (await world.client.get(STATIONS)).json == {"ok": True, "stations": [station]}
        one = await world.client.get(f"{STATIONS}/{station['id']}")
        assert one.json == {"ok": True, "station": station}

    tell(tmp_path, story)


def test_putting_a_station_adds_or_replaces_it_and_leaves_its_slug(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        first = await world.client.put(f"{STATIONS}/st1", {"name": "News"})
        assert (first.status, first.json["station"]["slug"]) == (200, "news")
        assert (await world.client.put(f"{STATIONS}/st1", {"name": "News"})).json == first.json
        changed = (await world.client.put(f"{STATIONS}/st1", {"name": "Late news"})).json["station"]
        assert (changed["name"], changed["slug"]) == ("Late news", "news")
        moved = (await world.client.put(f"{STATIONS}/st1", {"name": "Late", "slug": "Late News"})).json
        assert moved["station"]["slug"] == "late-news"

    tell(tmp_path, story)


def test_a_taken_id_or_slug_is_a_conflict(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{STATIONS}/st1", {"name": "News"})
        for wish in ({"id": "st1", "name": "Other"}, {"name": "Other", "slug": "news"}):
            reply = await world.client.post(STATIONS, wish)
            assert (reply.status, reply.error["code"]) == (409, "conflict")
        reply = await world.client.put(f"{STATIONS}/st2", {"name": "Other", "slug": "NEWS"})
        assert (reply.status, reply.error["code"]) == (409, "conflict")
        assert (await world.client.post(STATIONS, {"name": "News"})).json["station"]["slug"] == "news-2"

    tell(tmp_path, story)


def test_a_station_on_air_stays(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{STATIONS}/st1", {"name": "News"})
        await world.client.put(f"{STATIONS}/st2", {"name": "Other"})
        await world.client.post("/api/live/start", {"stationId": "st1"})
        reply = await world.client.delete(f"{STATIONS}/st1")
        assert (reply.status, reply.error["message"]) == (409, "This station is on air.")
        assert (await world.client.delete(f"{STATIONS}/st2")).json == {"ok": True}
        await world.client.post("/api/live/stop")
        assert (await world.client.delete(f"{STATIONS}/st1")).json == {"ok": True}
        assert (await world.client.get(STATIONS)).json["stations"] == []

    tell(tmp_path, story)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for method, path in (
            ("GET", f"{STATIONS}/gone"),
            ("DELETE", f"{STATIONS}/gone"),
            ("DELETE", f"{PROFILES}/gone"),
        ):
            reply = await world.client.send(method, path)
            assert (reply.status, reply.error["code"]) == (404, "not-found"), path
        for wish in ({"name": "x", "stationId": "gone"}, {"name": "x", "endpointIds": ["gone"]}):
            for reply in (
                await world.client.post(PROFILES, wish),
                await world.client.put(f"{PROFILES}/pr1", wish),
            ):
                assert (reply.status, reply.error["code"]) == (404, "not-found"), wish
        assert (await world.client.get(PROFILES)).json["profiles"] == []

    tell(tmp_path, story)


def test_a_profile_is_added_replaced_listed_and_removed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{STATIONS}/st1", {"name": "News"})
        for endpoint_id in ("ep1", "ep2"):
            await world.client.put(f"/api/rtmp/endpoints/{endpoint_id}", ENDPOINT)
        shared = {"id": "pr1", "name": "All", "endpointIds": ["ep2", "ep1", "ep2"]}
        reply = await world.client.post(PROFILES, shared)
        assert reply.status == 201
        everywhere = {"id": "pr1", "name": "All", "stationId": None, "endpointIds": ["ep2", "ep1"]}
        assert reply.json == {"ok": True, "profile": everywhere}
        assert (await world.client.post(PROFILES, shared)).status == 409
        own = {"name": "Own", "stationId": "st1", "endpointIds": ["ep1"]}
        for _ in range(2):
            put = await world.client.put(f"{PROFILES}/pr2", own)
            assert put.json["profile"] == {"id": "pr2", **own}
        assert (await world.client.get(PROFILES)).json["profiles"] == [everywhere, {"id": "pr2", **own}]
        other = (await world.client.get(PROFILES, stationId="st9")).json["profiles"]
        assert other == [everywhere]
        await world.client.delete("/api/rtmp/endpoints/ep1")
        left = (await world.client.get(PROFILES)).json["profiles"]
        assert [each["endpointIds"] for each in left] == [["ep2"], []]
        assert (await world.client.delete(f"{PROFILES}/pr1")).json == {"ok": True}
        assert [each["id"] for each in (await world.client.get(PROFILES)).json["profiles"]] == ["pr2"]

    tell(tmp_path, story)


def test_a_broadcast_that_runs_notices_a_changed_profile(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put(f"{PROFILES}/pr1", {"name": "All"})
        assert world.multistream.changes == 1

    tell(tmp_path, story)
