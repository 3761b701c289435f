"""The studio with a real engine, driven by nothing but the API, and what who listens is told of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.engine.scene.one_source import one_source_sound, one_source_studio
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.service.api.app import create_api
from powerstream_desktop.service.api.parts import APIParts
from powerstream_desktop.service.events.broadcast_events import BroadcastEvents
from powerstream_desktop.service.events.event_hub import EventHub, Listener
from powerstream_desktop.service.events.standing import Standing
from powerstream_desktop.service.studio.studio_engine import StudioEngine
from tests.unit.service.api.asgi_client import Client
from tests.unit.service.api.owner_parts import owner_parts

PICTURE = TestPictureContent()
CONFIG = EngineConfig(
    studio=one_source_studio(PICTURE, "Test picture"),
    sound=one_source_sound(PICTURE),
    landscape=VideoSettings(width=320, height=180, bitrate_kbps=300),
)
PATIENCE_S = 30.0


@asynccontextmanager
async def studio(home: Path) -> AsyncIterator[tuple[Client, EventHub]]:
    """Give a service that has a studio and its owner's settings, and nothing else, and its events."""
    nobody: Any = SimpleNamespace(running=None, is_saving=False)
    listening: list[Callable[[EngineReport], None]] = []

    def on_report(report: EngineReport) -> None:
        for each in listening:
            each(report)

    engine = StudioEngine(lambda: CONFIG, monotonic, on_report)
    owner = owner_parts(home)
    standing = Standing(nobody, engine, lambda: owner.settings.settings, lambda: datetime.now(UTC))
    hub = EventHub(standing.everything)
    events = BroadcastEvents(hub, standing)
    listening.append(events.engine_said)
    events.start()
    nothing: Any = None
    parts: dict[str, Any] = {
        **dict.fromkeys(APIParts.__dataclass_fields__, nothing),
        "multistream": nobody,
        "studio": engine,
        "events": hub,
        "owner": owner,
        "version": "1.2.3",
    }
    try:
        yield Client(create_api(APIParts(**parts))), hub
    finally:
        await events.aclose()
        await engine.aclose()


def files_of(ring: str) -> list[Path]:
    """Return the files of a ring; they carry a number behind its name."""
    return list(Path(ring).parent.glob(f"{Path(ring).name}*"))


async def told(listener: Listener, topic: str, is_it: Callable[[Any], object]) -> Any:
    """Return what a topic says as soon as it says that."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            event = await anext(listener)
            if event.name == topic and is_it(data := json.loads(event.data)):
                return data


def test_a_studio_is_driven_over_http_and_tells_what_became_of_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with studio(tmp_path) as (client, hub):
            listener = hub.listen(None)
            # The first wish starts the engine; a name that nothing has is refused in the engine's words.
            refused = await client.post("/api/studio/scene", {"scene": "Break"})
            assert (refused.status, refused.error["message"]) == (422, "There is no such scene.")
            assert (await told(listener, "engine", lambda data: data["state"] == "running"))["troubles"] == []
            first = (await client.get("/api/studio")).json["studio"]

            pause = {"id": "break", "name": "Break", "layers": []}
            assert (await client.post("/api/studio/scenes", {"scene": pause})).status == 200
            assert (await client.post("/api/studio/scene", {"scene": "break"})).status == 200
            now = await told(listener, "studio", lambda data: data["studio"]["current"] == "break")
            assert [each["name"] for each in now["studio"]["scenes"]][-1] == "Break"
            assert now["canUndo"] is True

            on_air = await client.post("/api/studio/scenes/remove", {"scene": "Break"})
            assert (on_air.status, on_air.error["code"]) == (422, "not-possible")
            await client.post("/api/studio/scene", {"scene": first["current"]})
            assert (await client.post("/api/studio/undo")).status == 200
            undone = await told(listener, "studio", lambda data: data["canRedo"])
            assert undone["studio"]["scenes"] == first["scenes"]

            assert (await client.post("/api/studio/privacy", {"isOn": True})).status == 200
            assert (await client.get("/api/studio")).json["isPrivate"] is True
            await told(listener, "studio", lambda data: data["isPrivate"])

    asyncio.run(run())


def test_a_studio_is_watched_over_http(tmp_path: Path) -> None:
    async def run() -> None:
        async with studio(tmp_path) as (client, hub):
            listener = hub.listen(None)
            assert (await client.post("/api/studio/preview", {"width": 160, "height": 90})).status == 200
            preview = (await told(listener, "studio", lambda data: data["preview"]))["preview"]
            assert (preview["width"], preview["height"]) == (160, 90)
            assert files_of(preview["path"])
            assert (await client.post("/api/studio/levels", {"isWatched": True})).status == 200
            levels = await told(listener, "levels", lambda data: data["channels"])
            assert levels["program"]["peakDbfs"][0] <= 0
            figures = await told(listener, "engine", lambda data: data["stats"])
            assert figures["stats"]["renditions"] == []  # nothing is on air, so nothing is encoded

            devices = (await client.get("/api/devices")).json["devices"]
            assert {"screens", "cameras", "microphones", "outputs", "problems"} <= devices.keys()

            stats = (await client.get("/api/stats")).json
            assert stats["service"]["cpuSeconds"] > 0
            assert stats["service"]["memoryBytes"] > 10_000_000
            assert any(each["memoryBytes"] > 10_000_000 for each in stats["processes"])

    asyncio.run(run())
