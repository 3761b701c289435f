"""The sessions' service with real parts on loopback: store, relay, recording; encoders and platforms are the relay's peers."""

from __future__ import annotations

import asyncio
import functools
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.platforms.catalogue import load_catalogue
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.rtmp.chunks import AUDIO_CSID, DATA_CSID, VIDEO_CSID
from powerstream_desktop.rtmp.events import PublishStarted
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.multistream.broadcast_settings import BroadcastSettings
from powerstream_desktop.service.multistream.multistream_service import MultistreamService
from powerstream_desktop.service.multistream.session_request import RunningSession, SessionRequest
from powerstream_desktop.service.multistream.session_tools import OpenBroadcast, SessionTools
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from powerstream_desktop.service.store.sessions import SessionSource
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.vod_service import VODService
from tests.integration.recording.clips import packets_of, shifted
from tests.integration.relay.peers import FRAME_MS, Encoder, Platform
from tests.integration.relay.swift_loop import eventually
from tests.unit.service.multistream.fakes import FakeSecrets

INGEST_KEY = "sk_encoder_0815_4711"
NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
NEWS = Station(id="st1", name="News", slug="news", created_at=NOW)
EXTERNAL = SessionRequest(station_id="st1", title="Evening", source=SessionSource.EXTERNAL, is_recorded=False)

_MESSAGES = {
    MediaKind.AUDIO: (8, AUDIO_CSID),
    MediaKind.VIDEO: (9, VIDEO_CSID),
    MediaKind.DATA: (18, DATA_CSID),
}


def saved(
    platform: Platform, endpoint_id: str = "ep1", name: str = "Platform", **fields: object
) -> SavedEndpoint:
    """Return an endpoint of a platform, whose key is kept under its id."""
    values: dict[str, object] = {
        "id": endpoint_id,
        "station_id": "st1",
        "name": name,
        "platform": "custom",
        "server_url": f"rtmp://127.0.0.1:{platform.port}/app",
        "key_ref": endpoint_id,
        "created_at": NOW,
        **fields,
    }
    return SavedEndpoint(**values)  # type: ignore[arg-type]


@dataclass
class Service:
    """A running service, and what a test does to it."""

    sessions: MultistreamService
    store: Store
    secrets: FakeSecrets
    paths: Paths

    async def save(self, *endpoints: SavedEndpoint) -> None:
        """Save endpoints with keys."""
        for endpoint in endpoints:
            self.secrets.keys[endpoint.key_ref or ""] = Secret(f"key-of-{endpoint.id}-4711")
            await self.store.write(functools.partial(_add, endpoint))

    def light(self, name: str = "Platform") -> DestinationSnapshot:
        """The light of a destination."""
        running = self.sessions.running
        assert running is not None
        return next(each for each in running.broadcast.relay.destinations if each.name == name)

    async def turns(self, state: DestinationState, name: str = "Platform") -> None:
        """Wait until a light shows ``state``."""
        await eventually(lambda: self.light(name).state is state)

    @asynccontextmanager
    async def published(self, key: str = INGEST_KEY, film: bytes = b"") -> AsyncIterator[Encoder]:
        """Let an encoder publish at the usual pace for as long as the context lasts; then it says goodbye.

        Args:
            key: what it shows.
            film: an FLV file to send again and again, instead of pictures that no decoder could read.
        """
        running = self.sessions.running
        assert running is not None
        async with publishing(port_of(running), key, film) as encoder:
            yield encoder


def port_of(running: RunningSession) -> int:
    """Where a session is published to."""
    return int(running.ingest_url.split(":")[2].split("/")[0])


@asynccontextmanager
async def publishing(port: int, key: str, film: bytes = b"") -> AsyncIterator[Encoder]:
    """Let an encoder publish for as long as the context lasts; of a film, ``sent`` are milliseconds."""
    encoder = await Encoder.connect(port, key)
    if film:
        await encoder.hears(PublishStarted)
    else:
        await encoder.starts()
    sending = asyncio.create_task(_show(encoder, packets_of(film)) if film else encoder.stream(3600.0))
    try:
        yield encoder
    finally:
        sending.cancel()
        await asyncio.wait({sending})
        if not encoder.closed:
            encoder.say_goodbye()


async def _show(encoder: Encoder, film: Sequence[MediaPacket]) -> None:
    loop = asyncio.get_running_loop()
    begin_s, length_ms = loop.time(), film[-1].dts_ms + FRAME_MS
    for number in itertools.count():
        for packet in shifted(film, number * length_ms):
            await asyncio.sleep(begin_s + packet.dts_ms / 1000 - loop.time())
            message_type, channel = _MESSAGES[packet.kind]
            encoder.rtmp.send_message(message_type, packet.dts_ms, bytes(packet.payload), channel)
            encoder.flush()
            encoder.sent = packet.dts_ms


def _add(endpoint: SavedEndpoint, tables: Tables) -> None:
    tables.endpoints.add(endpoint)


def relay_for_encoders(plan: BroadcastPlan, _: SessionSource, on_turn: Callable[[], None]) -> Broadcast:
    """Make a broadcast of what an external encoder publishes."""
    return Broadcast(plan, asyncio.get_running_loop().time, on_turn)


@asynccontextmanager
async def serving(
    home: Path, secrets: FakeSecrets | None = None, open_broadcast: OpenBroadcast | None = None
) -> AsyncIterator[Service]:
    """Run the service in a home, with the station ``NEWS``; a broadcast that broke off is taken up."""
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(home)})
    paths.ensure()
    store = Store(paths.data)
    await store.start()
    await store.write(lambda tables: tables.stations.all() or tables.stations.add(NEWS))
    kept = secrets or FakeSecrets()
    loop = asyncio.get_running_loop()

    def wall_now() -> datetime:
        return datetime.now(tz=UTC)

    vod = VODService(store, wall_now)
    tools = SessionTools(
        store=store,
        vod=vod,
        secrets=kept,
        catalogue=load_catalogue(paths),
        paths=paths,
        settings=lambda: BroadcastSettings(
            recording=RecordingOptions(folder=paths.recordings), ingest_port=20_000
        ),
        engine_config=lambda: engine_config(
            TestPictureContent(), program_video(size="320x180", bitrate_kbps=500)
        ),
        open_broadcast=open_broadcast or relay_for_encoders,
        clock=loop.time,
        wall_now=wall_now,
    )
    sessions = MultistreamService(tools)
    await vod.start(lambda: sessions.running is not None)
    try:
        await sessions.resume()
        yield Service(sessions, store, kept, paths)
    finally:
        await sessions.aclose()
        await vod.aclose()
        await store.aclose()
