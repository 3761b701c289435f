"""The library over HTTP: what is told of a replay, how replays are listed and found, and what may be said of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.service.store.asset_gaps import AssetGap, DestinationGap
from powerstream_desktop.service.store.assets import AssetStatus, ClipSource
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.uploads import Upload, UploadState
from powerstream_desktop.service.vod.revisions import revision_of
from tests.unit.service.api.kept_replays import changes, keep
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import NOW, asset, session, station

ELSEWHERE = {"title": "From the laptop", "recordedAt": "2026-05-01T10:00:00Z"}


WHOLE = asset(
    station_id="st1", session_id="se1", user_id="us1", description="Long", file="/x/a.mp4",
    thumbnail="as1.jpg", duration_ms=61_500, size_bytes=1234, width=1920, height=1080, fps=29.97,
    video_codec="h264", audio_codec="aac", sha256="ab" * 32, is_pinned=True,
    clip_of=ClipSource(asset_id="as0", start_ms=1000, end_ms=62_500),
    gaps=(AssetGap(start_ms=5, end_ms=5, reason="paused"),),
    destination_gaps=(
        DestinationGap(destination="Kick", platform="kick", start_ms=1, end_ms=9, cause="It hung up."),
    ),
)  # fmt: skip
"""A replay of which all is known."""


def test_a_replay_has_exactly_the_fields_of_the_design(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(lambda tables: tables.stations.add(station()))
        await world.store.write(lambda tables: tables.sessions.begin(session()))
        await keep(world, WHOLE)
        await world.store.write(
            lambda tables: tables.markers.add(Marker(id="ma1", asset_id="as1", offset_ms=5, label="Goal"))
        )
        upload = Upload(asset_id="as1", state=UploadState.SYNCED, changed_at=NOW)
        await world.store.write(lambda tables: tables.uploads.put(upload))
        expected = {
            "id": "as1",
            "title": "Evening show",
            "description": "Long",
            "revision": revision_of(WHOLE),
            "videoUrl": "/api/vod/as1/video",
            "thumbnailUrl": "/api/vod/as1/thumbnail",
            "duration": 61.5,
            "recordedAt": "2026-05-04T12:30:00Z",
            "status": "ready",
            "stationId": "st1",
            "multistreamSessionId": "se1",
            "userId": "us1",
            "sizeBytes": 1234,
            "sync": {
                "state": "synced",
                "bytesDone": 0,
                "bytesTotal": 0,
                "secondsLeft": None,
                "trouble": None,
                "wanted": None,
                "verifiedAt": None,
            },
            "markers": [{"id": "ma1", "sessionId": None, "assetId": "as1", "offsetMs": 5, "label": "Goal"}],
            "hasFile": True,
            "isPinned": True,
            "width": 1920,
            "height": 1080,
            "fps": 29.97,
            "videoCodec": "h264",
            "audioCodec": "aac",
            "sha256": "ab" * 32,
            "clipOf": {"assetId": "as0", "startMs": 1000, "endMs": 62_500},
            "gaps": [{"startMs": 5, "endMs": 5, "reason": "paused"}],
            "destinationGaps": [
                {"destination": "Kick", "platform": "kick", "startMs": 1, "endMs": 9, "cause": "It hung up."}
            ],
        }
        assert (await world.client.get("/api/vod/as1")).json == {"ok": True, "asset": expected}
        page = (await world.client.get("/api/vod")).json
        assert page == {"ok": True, "assets": [expected], "nextCursor": None, "total": 1}

    tell(tmp_path, story)


@pytest.mark.parametrize("status", AssetStatus)
def test_only_what_can_be_played_has_an_address(tmp_path: Path, status: AssetStatus) -> None:
    async def story(world: World) -> None:
        await keep(world, asset("as1", status=status, file="/x/a.mp4"), asset("as2", status=status))
        urls = [each["videoUrl"] for each in (await world.client.get("/api/vod")).json["assets"]]
        can_play = status in {AssetStatus.READY, AssetStatus.RECOVERED}
        assert urls == [None, "/api/vod/as1/video" if can_play else None]

    tell(tmp_path, story)


def test_replays_come_a_page_at_a_time_and_can_be_found(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(lambda tables: tables.stations.add(station()))
        await keep(
            world,
            *(asset(f"as{number}", f"Show {number}", float(number)) for number in range(7)),
            asset("cup", "Cup final", 10, station_id="st1"),
        )
        seen, cursor = [], ""
        while True:
            query: dict[str, object] = {"limit": 3, **({"cursor": cursor} if cursor else {})}
            page = (await world.client.get("/api/vod", **query)).json
            seen += [each["id"] for each in page["assets"]]
            assert page["total"] == (None if cursor else 8)
            if page["nextCursor"] is None:
                break
            cursor = page["nextCursor"]
        assert seen == ["cup", *(f"as{number}" for number in range(6, -1, -1))]
        for wanted, ids in (
            ({"q": "fin cup"}, ["cup"]),
            ({"q": "nothing"}, []),
            ({"stationId": "st1"}, ["cup"]),
            ({"stationId": "st1", "q": "show"}, []),
            ({"status": "missing"}, []),
            ({"from": "2026-05-04T12:30:05Z", "sort": "oldest"}, ["as5", "as6", "cup"]),
            ({"to": "2026-05-04T14:30:01+02:00"}, ["as0"]),
            ({"q": "cup", "sort": "title"}, ["cup"]),
        ):
            found = (await world.client.get("/api/vod", **wanted)).json["assets"]
            assert [each["id"] for each in found] == ids

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "x"},
        {"cursor": "z"},
        {"q": "x" * 201},
        {"file": "a"},
        {"sort": "best"},
        {"status": "great"},
        {"from": "2026-05-04"},
        {"to": "5"},
        {"cursor": "1." + "0" * 2000},
    ],
)
def test_what_is_no_query_is_refused(tmp_path: Path, query: Any) -> None:
    async def story(world: World) -> None:
        reply = await world.client.get("/api/vod", **query)
        assert (reply.status, reply.error["code"]) == (422, "invalid-request")

    tell(tmp_path, story)


def test_another_computer_registers_its_replay_as_often_as_it_likes(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        body = {**ELSEWHERE, "duration": 12.5, "sizeBytes": 99, "userId": "us1", "description": "From afar"}
        first = await world.client.put("/api/vod/theirs", body)
        again = await world.client.put("/api/vod/theirs", body)
        assert (first.status, again.status) == (201, 200)
        assert first.json == again.json
        kept = again.json["asset"]
        assert (kept["duration"], kept["sizeBytes"], kept["videoUrl"]) == (12.5, 99, None)
        assert await changes(world) == [("added", "theirs"), ("changed", "theirs")]

    tell(tmp_path, story)


def test_what_was_recorded_here_keeps_its_file_whatever_is_said_of_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await keep(
            world,
            asset(
                file="/x/a.mp4",
                thumbnail="a.jpg",
                duration_ms=5000,
                size_bytes=7,
                status=AssetStatus.RECOVERED,
            ),
        )
        body = {**ELSEWHERE, "duration": 1, "sizeBytes": 1, "status": "failed"}
        assert (await world.client.put("/api/vod/as1", body)).json["asset"]["title"] == "From the laptop"
        kept = await world.store.read(lambda tables: tables.assets.get("as1"))
        assert (kept.file, kept.thumbnail, kept.duration_ms) == ("/x/a.mp4", "a.jpg", 5000)
        assert (kept.size_bytes, kept.status) == (7, AssetStatus.RECOVERED)
        assert kept.recorded_at == datetime(2026, 5, 1, 10, tzinfo=UTC)

    tell(tmp_path, story)


@pytest.mark.parametrize(
    "wrong",
    [
        {"file": "/etc/passwd"},
        {"thumbnail": "../../secret"},
        {"videoUrl": "/etc/passwd"},
        {"recordedAt": "2026-05-01T10:00:00"},
        {"recordedAt": 5},
        {"duration": -1},
        {"duration": "long"},
        {"status": "great"},
        {"title": "two\nlines"},
        {"sizeBytes": 2**60},
        {"stationId": "../x"},
    ],
)
def test_nobody_can_say_which_file_a_replay_is(tmp_path: Path, wrong: Any) -> None:
    async def story(world: World) -> None:
        reply = await world.client.put("/api/vod/as1", {**ELSEWHERE, **wrong})
        assert (reply.status, reply.error["code"]) == (422, "invalid-request")
        assert (await world.client.get("/api/vod/as1")).status == 404

    tell(tmp_path, story)


def test_a_replay_may_be_of_a_station_that_only_another_computer_has(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.put("/api/vod/as1", {**ELSEWHERE, "stationId": "theirs"})
        assert (await world.client.get("/api/vod/as1")).json["asset"]["stationId"] == "theirs"

    tell(tmp_path, story)


def test_only_what_is_said_changes(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(lambda tables: tables.stations.add(station()))
        await keep(world, asset(description="Old", station_id="st1", file="/x/a.mp4"))

        async def patched(body: Any) -> Any:
            found = (await world.client.send("PATCH", "/api/vod/as1", body)).json["asset"]
            return found["title"], found["description"], found["stationId"], found["isPinned"]

        assert await patched({"title": "New"}) == ("New", "Old", "st1", False)
        assert await patched({"description": ""}) == ("New", "", "st1", False)
        assert await patched({"stationId": None}) == ("New", "", None, False)
        assert await patched({"isPinned": True}) == ("New", "", None, True)
        assert await patched({}) == ("New", "", None, True)
        found = (await world.client.get("/api/vod", q="new")).json["assets"]
        assert [each["id"] for each in found] == ["as1"]
        assert (await world.client.send("PATCH", "/api/vod/gone", {"title": "New"})).status == 404

    tell(tmp_path, story)
