"""Going on air and off, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.sessions import SessionSource
from tests.unit.service.api.running_session import running_session
from tests.unit.service.api.service_parts import World, tell
from tests.unit.service.store.rows import endpoint, station


def test_health_tells_the_version(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.client.get("/api/live/health")).json == {"ok": True, "version": "1.2.3"}

    tell(tmp_path, story)


def test_nothing_is_on_air_at_first(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.client.get("/api/live/status")).json == {
            "ok": True,
            "isLive": False,
            "state": "idle",
            "sessionId": None,
            "stationId": None,
            "title": None,
            "startedAt": None,
            "elapsedSeconds": None,
        }
        assert (await world.client.get("/api/rtmp/status")).json == {
            "ok": True,
            "sessions": [],
            "totalActive": 0,
        }

    tell(tmp_path, story)


@pytest.mark.parametrize("state", BroadcastState)
def test_only_what_goes_out_is_live(tmp_path: Path, state: BroadcastState) -> None:
    async def story(world: World) -> None:
        world.multistream.running = running_session(SessionRequest(title="Evening"), state=state)
        status = (await world.client.get("/api/live/status")).json
        assert status["isLive"] is (state.value in {"live", "bridging"})
        assert status["state"] == state.value
        assert status["startedAt"] == "2026-05-04T12:30:00Z"
        assert status["elapsedSeconds"] == 61.3
        sessions = (await world.client.get("/api/rtmp/status")).json
        assert sessions["sessions"][0]["isActive"] is (state.value not in {"ending", "ended"})
        assert sessions["totalActive"] == (state.value not in {"ending", "ended"})

    tell(tmp_path, story)


def test_a_start_hands_on_all_that_was_wished_and_answers_with_every_destination(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.store.write(lambda tables: tables.stations.add(station()))
        await world.store.write(lambda tables: tables.endpoints.add(endpoint("ep1", station_id="st1")))
        wish = {
            "streamKey": "made-up-key-0123456789",
            "title": " Evening ",
            "description": "Words",
            "stationId": "st1",
            "userId": "us1",
            "useMultistream": False,
            "profileId": "pr1",
            "selectedEndpoints": ["ep1"],
            "recordingEnabled": False,
            "source": "external",
            "isRehearsal": True,
        }
        reply = await world.client.post("/api/live/start", wish)
        assert reply.status == 200
        answer = reply.json
        assert (answer["ok"], answer["sessionId"]) == (True, "se1")
        assert answer["ingestUrl"] == "rtmp://127.0.0.1:1935/live/****"
        assert answer["multistream"]["sessionId"] == "se1"
        one = answer["multistream"]["endpoints"][0]
        assert (one["id"], one["status"], one["bitrateKbps"], one["droppedFrames"]) == (
            "ep1",
            "live",
            4400,
            2,
        )
        assert world.multistream.requests == [
            SessionRequest(
                stream_key=Secret("made-up-key-0123456789"),
                title="Evening",
                description="Words",
                station_id="st1",
                user_id="us1",
                use_multistream=False,
                profile_id="pr1",
                selected_endpoints=("ep1",),
                is_recorded=False,
                source=SessionSource.EXTERNAL,
                is_rehearsal=True,
            )
        ]
        assert (await world.client.get("/api/rtmp/status")).json["sessions"] == [answer["multistream"]]

    tell(tmp_path, story)


def test_a_start_without_wishes_is_a_studio_broadcast_that_is_recorded(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.client.post("/api/live/start")).status == 200
        assert world.multistream.requests == [SessionRequest()]

    tell(tmp_path, story)


def test_a_second_start_is_a_conflict(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.client.post("/api/live/start")
        reply = await world.client.post("/api/live/start")
        assert (reply.status, reply.error["code"]) == (409, "conflict")
        assert reply.error["message"] == "A broadcast runs already."

    tell(tmp_path, story)


def test_a_start_for_a_station_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.post("/api/live/start", {"stationId": "gone"})
        assert (reply.status, reply.error["code"]) == (404, "not-found")

    tell(tmp_path, story)


def test_a_stop_may_be_repeated_and_tells_the_same(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        nothing: dict[str, Any] = {"ok": True, "sessionId": None, "recording": None, "recordings": []}
        assert (await world.client.post("/api/live/stop")).json == nothing
        await world.client.post("/api/live/start")
        first = await world.client.post("/api/live/stop", {"sessionId": "se1"})
        assert first.status == 200
        assert first.json["sessionId"] == "se1"
        assert first.json["recording"] == first.json["recordings"][0]
        assert first.json["recording"]["assetId"] == "as1"
        assert (await world.client.post("/api/live/stop", {"sessionId": "se1"})).json == first.json
        assert (await world.client.post("/api/live/stop")).json == nothing
        unknown = await world.client.post("/api/live/stop", {"sessionId": "never"})
        assert (unknown.status, unknown.error["code"]) == (404, "not-found")

    tell(tmp_path, story)


def test_a_moment_is_marked_while_something_runs(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        reply = await world.client.post("/api/markers", {"label": "Goal"})
        assert (reply.status, reply.error["code"]) == (409, "conflict")
        await world.client.post("/api/live/start")
        reply = await world.client.post("/api/markers", {"label": "Goal"})
        assert reply.status == 201
        marker = {"id": "ma1", "sessionId": "se1", "assetId": None, "offsetMs": 1500, "label": "Goal"}
        assert reply.json == {"ok": True, "marker": marker}

    tell(tmp_path, story)


@pytest.mark.parametrize("order", RecordingOrder)
def test_the_recording_is_told_what_to_do_while_there_is_one(tmp_path: Path, order: RecordingOrder) -> None:
    async def story(world: World) -> None:
        path = f"/api/live/recording/{order.value}"
        reply = await world.client.post(path)
        assert (reply.status, reply.error["code"]) == (409, "conflict")
        await world.client.post("/api/live/start", {"recordingEnabled": False})
        assert (await world.client.post(path)).status == 409
        await world.client.post("/api/live/stop")
        await world.client.post("/api/live/start")
        assert (await world.client.post(path)).json == {"ok": True, "recording": None}
        assert world.multistream.orders == [order]

    tell(tmp_path, story)
