"""The parts of a service for the API's tests: a real store, and hand-written stand-ins for what runs broadcasts."""

from __future__ import annotations

import asyncio
import functools
import math
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.library.clips.cut_request import CutRequest
from powerstream_desktop.platforms.catalogue import Catalogue, load_catalogue
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport, preflight_report
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot, RelaySnapshot
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.record_file import FILE_NAME
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from powerstream_desktop.service.api.app import create_api
from powerstream_desktop.service.api.library_parts import LibraryParts
from powerstream_desktop.service.api.owner_parts import OwnerParts
from powerstream_desktop.service.api.parts import APIParts
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.clips.clip import Clip, ClipSource, ClipWish
from powerstream_desktop.service.clips.clip_states import ClipState
from powerstream_desktop.service.events.event_hub import EventHub
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.multistream.encoder_access import EncoderAccess
from powerstream_desktop.service.multistream.session_request import (
    EndedSession,
    RunningSession,
    SessionRequest,
)
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.vod.library_bin import LibraryBin
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.played_films import PlayedFilms
from powerstream_desktop.service.vod.vod_service import VODService
from tests.unit.service.api.asgi_client import Client
from tests.unit.service.api.fake_cloud import FakeCloud
from tests.unit.service.api.fake_studio import FakeStudio
from tests.unit.service.api.owner_parts import owner_parts
from tests.unit.service.store.rows import NOW, asset, later, session
from tests.unit.service.vod.fake_bin import FakeBin

INGEST = IngestSnapshot(
    publishing=True,
    video_codec="avc1",
    audio_codec="mp4a",
    bitrate_kbps=4500,
    frames_received=300,
    bytes_received=5_000_000,
    timeline_folds=0,
)
VERSION = "1.2.3"
CAUSE = Cause(code="dns", sentence="The server name was not found.", remedy="Check the server URL.")


def known_platforms() -> Catalogue:
    return load_catalogue(Paths.from_environment(os.environ))


def destination(
    name: str, state: DestinationState = DestinationState.LIVE, **fields: Any
) -> DestinationSnapshot:
    values: dict[str, Any] = {
        "name": name, "platform": "twitch", "rendition": Rendition.LANDSCAPE, "server_url": "rtmp://live.example.invalid/app",
        "backup_in_use": False, "state": state, "since_s": 12.34, "attempt": 0, "retry_in_s": None, "cause": None,
        "bytes_sent": 1000, "bitrate_kbps": 4400, "frames_sent": 300, "frames_dropped": 2, "frames_dropped_per_s": 0.0,
        "queue_ms": 40, "connects": 1, **fields,
    }  # fmt: skip
    return DestinationSnapshot(**values)


def running_session(
    request: SessionRequest,
    endpoints: tuple[SavedEndpoint, ...] = (),
    state: BroadcastState = BroadcastState.LIVE,
) -> RunningSession:
    snapshot = BroadcastSnapshot(
        state=state,
        elapsed_s=61.26,
        ingest_url="rtmp://127.0.0.1:1935/live/****",
        relay=RelaySnapshot(
            ingest=INGEST,
            renditions={Rendition.LANDSCAPE: INGEST},
            destinations=tuple(destination(each.name) for each in endpoints),
        ),
        recording=None,
        engine=None,
        engine_stats=None,
        engine_source="",
        engine_troubles=(),
    )
    return RunningSession(
        session=replace(
            session("se1", station_id=request.station_id),
            title=request.title,
            profile_id=request.profile_id,
            source=request.source,
            is_recorded=request.is_recorded,
        ),
        ingest_url=snapshot.ingest_url,
        broadcast=snapshot,
        endpoint_ids=MappingProxyType({each.name: each.id for each in endpoints}),
    )


@dataclass
class FakeMultistream:
    """Runs what it is told to run; remembers what it was asked for."""

    store: Store
    catalogue: Catalogue
    running: RunningSession | None = None
    ended: dict[str, EndedSession] = field(default_factory=dict)
    requests: list[SessionRequest] = field(default_factory=list)
    changes: int = 0
    kept_refs: tuple[str, ...] = ()
    retried: list[str] = field(default_factory=list)
    orders: list[RecordingOrder] = field(default_factory=list)
    encoder_keys: list[Secret] = field(default_factory=lambda: [Secret("made-up-encoder-key-1")])
    refuses: Exception | None = None

    async def start(self, request: SessionRequest) -> RunningSession:
        self._refuse()
        if self.running is not None:
            raise ConflictError("A broadcast runs already.", hint="End it first.")
        self.requests.append(request)
        endpoints = await self.store.read(lambda tables: tables.endpoints.all(station_id=request.station_id))
        if request.station_id is not None:
            await self.store.read(lambda tables: tables.stations.get(request.station_id or ""))
        self.running = running_session(request, endpoints)
        return self.running

    async def stop(self, session_id: str | None) -> EndedSession | None:
        self._refuse()
        if self.running is not None and session_id in {None, self.running.session.id}:
            over = replace(self.running.session, ended_at=later(60), ending=SessionEnding.STOPPED)
            self.ended[over.id] = EndedSession(session=over, assets=(asset("as1"),))
            self.running = None
            return self.ended[over.id]
        if session_id is None:
            return None
        if session_id not in self.ended:
            raise UnknownRecordError("There is no such session.", hint="Reload the list of sessions.")
        return self.ended[session_id]

    async def key_refs(self) -> tuple[str, ...]:
        return self.kept_refs

    async def endpoints_changed(self) -> None:
        self._refuse()
        self.changes += 1

    async def retry(self, endpoint_id: str) -> None:
        if self.running is None or endpoint_id not in self.running.endpoint_ids.values():
            raise UnknownRecordError("No broadcast that runs has this endpoint.")
        self.retried.append(endpoint_id)

    async def mark(self, label: str) -> Marker:
        if self.running is None:
            raise ConflictError("No broadcast runs.", hint="Go live first.")
        return Marker(id="ma1", session_id=self.running.session.id, offset_ms=1500, label=label)

    async def order_recording(self, order: RecordingOrder) -> None:
        if self.running is None or not self.running.session.is_recorded:
            raise ConflictError("Nothing is recorded.", hint="Go live first.")
        self.orders.append(order)

    async def encoder_access(self, *, renews: bool = False) -> EncoderAccess:
        self._refuse()
        if renews:
            self.encoder_keys.append(Secret(f"made-up-encoder-key-{len(self.encoder_keys) + 1}"))
        return EncoderAccess(server_url="rtmp://127.0.0.1:1935/live", key=self.encoder_keys[-1])

    async def preflight(self, request: SessionRequest) -> PreflightReport:
        self._refuse()
        self.requests.append(request)
        chosen = request.selected_endpoints or ()
        rows = await self.store.read(lambda tables: tables.endpoints.chosen(chosen))
        endpoints = tuple(each.with_key(Secret("made-up-key-of-a-test")) for each in rows)
        return preflight_report(PreflightPlan(endpoints=endpoints, today=NOW.date()), self.catalogue)

    def _refuse(self) -> None:
        if self.refuses is not None:
            raise self.refuses


@dataclass
class FakeClips:
    """Takes wishes for clips, and makes none."""

    store: Store
    wishes: list[tuple[str, ClipWish]] = field(default_factory=list)
    live_wishes: list[float] = field(default_factory=list)
    clips: list[Clip] = field(default_factory=list)
    recorded_s: float = math.inf

    async def make(self, asset_id: str, wish: ClipWish) -> Clip:
        await self.store.read(lambda tables: tables.assets.get(asset_id))
        self.wishes.append((asset_id, wish))
        return self._waiting(asset_id, CutRequest(start_ms=wish.start_ms, end_ms=wish.end_ms, mode=wish.mode))

    async def make_live(self, seconds: float) -> Clip:
        self.live_wishes.append(seconds)
        return self._waiting(None, CutRequest(end_ms=round(min(seconds, self.recorded_s) * 1000)))

    def all(self) -> tuple[Clip, ...]:
        return tuple(reversed(self.clips))

    def of_asset(self, asset_id: str) -> tuple[Clip, ...]:
        return tuple(clip for clip in self.all() if clip.source.asset_id == asset_id)

    async def cancel(self, clip_id: str) -> Clip:
        for place, clip in enumerate(self.clips):
            if clip.id == clip_id:
                self.clips[place] = replace(clip, state=ClipState.CANCELLED)
                return self.clips[place]
        raise UnknownRecordError("There is no such clip.", hint="Reload the list of clips.")

    def _waiting(self, asset_id: str | None, request: CutRequest) -> Clip:
        source = ClipSource(
            asset_id=asset_id, file=Path("/x/film.mp4"), stem="film", title="Evening", recorded_at=NOW
        )
        self.clips.append(
            Clip(id=f"cl{len(self.clips) + 1}", source=source, title="Evening", request=request)
        )
        return self.clips[-1]


@dataclass
class FakeSecrets:
    """Keeps keys in a dictionary."""

    kept: dict[str, Secret] = field(default_factory=dict)
    refuses: PowerStreamError | None = None
    made: int = 0

    async def keep(self, key: Secret) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.made += 1
        reference = f"endpoint-{self.made}"
        self.kept[reference] = key
        return reference

    async def forget(self, key_ref: str | None) -> None:
        if self.refuses is not None:
            raise self.refuses
        if key_ref is not None:
            self.kept.pop(key_ref, None)

    async def get(self, key_ref: str | None) -> Secret | None:
        return None if key_ref is None else self.kept.get(key_ref)

    @property
    def texts(self) -> list[str]:
        return [key.reveal() for key in self.kept.values()]


@dataclass
class FakeMedia:
    """Has the waveforms that it is given; remembers what was asked for."""

    waveforms: dict[str, tuple[float, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def ask(self, asset_id: str) -> None:
        self.asked.append(asset_id)

    async def waveform(self, asset_id: str) -> tuple[float, str] | None:
        if asset_id not in self.waveforms:
            self.ask(asset_id)
        return self.waveforms.get(asset_id)


@dataclass
class FakeImports:
    """Remembers what it was told to take in."""

    begun: list[tuple[tuple[Path, ...], str | None]] = field(default_factory=list)
    refuses: PowerStreamError | None = None

    async def begin(self, paths: Sequence[Path], station_id: str | None) -> tuple[str, int]:
        if self.refuses is not None:
            raise self.refuses
        self.begun.append((tuple(paths), station_id))
        return f"im{len(self.begun)}", len(paths)


@functools.cache
def application() -> Any:
    """Return the application, which is the same for all tests but for its parts: making it takes half a second."""
    version: Any = SimpleNamespace(version=VERSION)
    return create_api(version)


@dataclass
class World:
    """A service with its API."""

    client: Client
    store: Store
    multistream: FakeMultistream
    secrets: FakeSecrets
    studio: FakeStudio
    events: EventHub
    owner: OwnerParts
    app: Any
    media: FakeMedia
    imports: FakeImports
    cloud: FakeCloud
    played: PlayedFilms


@asynccontextmanager
async def world(folder: Path, wall_now: Callable[[], datetime] = lambda: NOW) -> AsyncIterator[World]:
    """Give a service whose data is in a folder."""
    catalogue = known_platforms()
    store = Store(folder / "data", wall_now=wall_now)
    await store.start()
    try:
        multistream, secrets = FakeMultistream(store, catalogue), FakeSecrets()
        parts = api_parts(store, multistream, secrets, catalogue, wall_now, folder=folder)
        app, events = application(), cast("EventHub", parts.events)
        app.state.parts = parts
        studio, media = cast("FakeStudio", parts.studio), cast("FakeMedia", parts.media)
        imports, owner = cast("FakeImports", parts.imports), parts.owner
        cloud = cast("FakeCloud", parts.cloud)
        yield World(
            Client(app), store, multistream, secrets, studio, events, owner, app, media, imports, cloud,
            parts.library.played,
        )  # fmt: skip
        await parts.library.bin.aclose()
    finally:
        await store.aclose()


def api_parts(
    store: Any,
    multistream: Any,
    secrets: Any,
    catalogue: Catalogue,
    wall_now: Callable[[], datetime] = lambda: NOW,
    *,
    folder: Path,
) -> APIParts:
    vod, events = VODService(store, wall_now), EventHub(dict)
    vod.listen(
        lambda change, asset_id: events.publish(Topic.LIBRARY, {"change": change, "assetId": asset_id})
    )
    return APIParts(
        store=store,
        multistream=multistream,
        studio=FakeStudio(),
        events=events,
        secrets=secrets,
        catalogue=catalogue,
        wall_now=wall_now,
        version=VERSION,
        access=AccessDesk(
            TokenAuthority(new_record()), folder / FILE_NAME, clock=lambda: 0.0, wall_clock=NOW.timestamp
        ),
        pictures=folder / "pictures",
        library=LibraryParts(
            vod=vod,
            bin=LibraryBin(store, FakeBin(folder / "system bin"), wall_now, vod.tell),
            folders=LibraryFolders(store, vod, wall_now),
            played=PlayedFilms(lambda: 0.0),
        ),
        hls_folder=lambda slug: folder / "hls" if slug in ("news", "-") and multistream.running else None,
        media=FakeMedia(),
        imports=FakeImports(),
        owner=owner_parts(folder),
        clips=FakeClips(store),
        cloud=FakeCloud(store),
    )


def tell(folder: Path, story: Callable[[World], Awaitable[None]]) -> None:
    """Run a story in a service of its own."""

    async def run() -> None:
        async with world(folder) as service:
            await story(service)

    asyncio.run(run())
