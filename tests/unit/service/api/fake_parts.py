"""Parts of the service that an API is given in tests: they note what they are asked, and answer at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.library.clips.cut_request import CutRequest
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport, preflight_report
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.service.clips.clip import Clip, ClipSource, ClipWish
from powerstream_desktop.service.clips.clip_states import ClipState
from powerstream_desktop.service.multistream.encoder_access import EncoderAccess
from powerstream_desktop.service.multistream.session_request import (
    EndedSession,
    RunningSession,
    SessionRequest,
)
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from tests.unit.service.api.running_session import running_session
from tests.unit.service.store.rows import NOW, asset, later


@dataclass
class FakeMultistream:
    """Runs what it is told to run; remembers what it was asked for."""

    store: Store
    catalogue: Catalogue
    running: RunningSession | None = None
    ended: dict[str, EndedSession] = field(default_factory=dict)
    requests: list[SessionRequest] = field(default_factory=list)
    changes: int = 0
    is_saving: bool = False
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
