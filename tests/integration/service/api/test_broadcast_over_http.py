"""A broadcast with real parts, driven by nothing but the API: sessions, relay, store, encoder and platforms on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.api.app import create_api
from powerstream_desktop.service.api.parts import APIParts
from tests.integration.relay.peers import Platform
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.sessions_stage import INGEST_KEY, Service, serving
from tests.unit.service.api.asgi_client import Client
from tests.unit.service.api.owner_parts import owner_parts
from tests.unit.service.api.service_parts import known_platforms

START = {
    "stationId": "st1",
    "title": "Evening",
    "source": "external",
    "streamKey": INGEST_KEY,
    "recordingEnabled": False,
}


@asynccontextmanager
async def served(home: Path) -> AsyncIterator[tuple[Service, Client]]:
    """Give a service and who speaks to it."""
    async with serving(home) as service:
        nothing: Any = None
        parts: dict[str, Any] = {
            **dict.fromkeys(APIParts.__dataclass_fields__, nothing),
            "store": service.store,
            "multistream": service.sessions,
            "secrets": service.secrets,
            "owner": owner_parts(home),
            "catalogue": known_platforms(),
            "wall_now": lambda: datetime.now(tz=UTC),
            "version": "1.2.3",
        }
        yield service, Client(create_api(APIParts(**parts)))


def endpoint(platform: Platform, name: str, **fields: object) -> dict[str, object]:
    url = f"rtmp://127.0.0.1:{platform.port}/app"
    return {
        "name": name,
        "serverUrl": url,
        "streamKey": f"made-up-key-of-{name}",
        "stationId": "st1",
        **fields,
    }


async def light(client: Client, endpoint_id: str) -> str:
    return str((await client.get(f"/api/rtmp/endpoints/{endpoint_id}/status")).json["status"])


def test_a_broadcast_begins_changes_and_ends_over_http(tmp_path: Path) -> None:
    async def run() -> None:
        async with Platform() as first, Platform() as second, served(tmp_path) as (service, client):
            assert (await client.put("/api/rtmp/endpoints/ep1", endpoint(first, "One"))).status == 200
            started = await client.post("/api/live/start", START)
            assert started.status == 200, started.json
            assert INGEST_KEY not in str(started.json)
            assert (await client.post("/api/live/start", START)).error["code"] == "conflict"
            async with service.published():
                await service.turns(DestinationState.LIVE, "One")
                assert await light(client, "ep1") == "live"
                assert (await client.get("/api/live/status")).json["isLive"]
                assert (await client.put("/api/rtmp/endpoints/ep2", endpoint(second, "Two"))).status == 200
                await service.turns(DestinationState.LIVE, "Two")
                (one,) = (await client.get("/api/rtmp/status")).json["sessions"]
                assert {each["id"]: each["status"] for each in one["endpoints"]} == {
                    "ep1": "live",
                    "ep2": "live",
                }
                assert one["renditions"]["landscape"]["publishing"]
                assert (await client.post("/api/markers", {"label": "Goal"})).status == 201
                assert (await client.delete("/api/rtmp/endpoints/ep2")).status == 200
                await eventually(lambda: second.last.lost)
                assert await light(client, "ep1") == "live"
                assert len(first.connections) == 1
                stopped = (await client.post("/api/live/stop")).json
            assert stopped["sessionId"] == started.json["sessionId"]
            again = await client.post("/api/live/stop", {"sessionId": stopped["sessionId"]})
            assert again.json == stopped
            await history_tells(client, stopped["sessionId"])

    asyncio.run(run())


async def history_tells(client: Client, session_id: str) -> None:
    assert not (await client.get("/api/live/status")).json["isLive"]
    (listed,) = (await client.get("/api/multistream/sessions")).json["sessions"]
    assert (listed["sessionId"], listed["title"], listed["ending"]) == (session_id, "Evening", "stopped")
    report = (await client.get(f"/api/multistream/sessions/{session_id}")).json["session"]
    assert [each["label"] for each in report["markers"]] == ["Goal"]
    assert {each["endpointId"] for each in report["destinations"]} == {"ep1", "ep2"}
    lights = [each["status"] for each in report["destinations"][0]["changes"]]
    assert "live" in lights
    (kept,) = (await client.get("/api/rtmp/endpoints")).json["endpoints"]
    assert kept["lastStatus"] == "live"
    assert kept["lastConnectedAt"] is not None


def test_a_check_finds_who_answers_and_who_has_no_key(tmp_path: Path) -> None:
    async def run() -> None:
        async with Platform() as platform, served(tmp_path) as (_, client):
            await client.put("/api/rtmp/endpoints/ep1", endpoint(platform, "One"))
            await client.put("/api/rtmp/endpoints/ep2", endpoint(platform, "Two", streamKey=""))
            await client.put(
                "/api/rtmp/endpoints/ep3", endpoint(platform, "Three", serverUrl="rtmp://127.0.0.1:1/app")
            )
            found = {}
            for endpoint_id in ("ep1", "ep2", "ep3"):
                reply = await client.post(f"/api/rtmp/endpoints/{endpoint_id}/check")
                assert reply.status == 200, reply.json
                (one,) = reply.json["report"]["destinations"]
                found[endpoint_id] = (one["isReady"], [each["code"] for each in one["findings"]])
            assert found["ep1"][0]
            assert not found["ep2"][0]
            assert found["ep3"] == (False, ["refused"])
            assert platform.connections
            assert not any(b"made-up-key" in each.received for each in platform.connections)

    asyncio.run(run())
