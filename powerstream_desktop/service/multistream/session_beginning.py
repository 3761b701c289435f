"""How a session begins: what the request means, with which keys, as which broadcast, under which id.

What a service that died was in the middle of begins in the same way, under the id that it had.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.stream_key import checked_stream_key, new_stream_key
from powerstream_desktop.service.broadcast.uplink_record import uplink_file
from powerstream_desktop.service.multistream.broadcast_settings import broadcast_plan
from powerstream_desktop.service.multistream.chronicle import Chronicle
from powerstream_desktop.service.multistream.encoder_access import host_for_encoders
from powerstream_desktop.service.multistream.endpoint_choice import (
    chosen_endpoints,
    destination_names,
    endpoints_as_they_are_now,
    goes_to_platforms,
)
from powerstream_desktop.service.multistream.ingest_key import IngestKey
from powerstream_desktop.service.multistream.keyed_endpoints import KeyedEndpoints, with_keys
from powerstream_desktop.service.multistream.record_keeper import RecordKeeper
from powerstream_desktop.service.multistream.resume_record import GoingOn, ResumeRecord, going_on
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.multistream.session_run import SessionRun
from powerstream_desktop.service.multistream.session_tools import SessionTools
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from powerstream_desktop.service.store.ids import new_id
from powerstream_desktop.service.store.sessions import Session, SessionSource
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import Figures

NO_STATION_SLUG: Final = "-"
"""What stands for the slug in ``/live/…`` while no station is on air; no station has such a one."""

logger = logging.getLogger(__name__)


def hls_slug(station: Station | None) -> str:
    """Return what the broadcast of a station is called in addresses."""
    return NO_STATION_SLUG if station is None else station.slug


class SessionBeginning:
    """Begins sessions. Owner: the sessions' service, which sees to it that there is one at a time.

    Args:
        tools: the rest of the service.
        ingest_key: the key for external encoders.
        record_file: where what goes on is written down.
    """

    def __init__(self, tools: SessionTools, ingest_key: IngestKey, record_file: ResumeRecord) -> None:
        self._tools = tools
        self._ingest_key = ingest_key
        self._record_file = record_file

    async def choose(
        self, request: SessionRequest, before: GoingOn | None = None
    ) -> tuple[Station | None, KeyedEndpoints]:
        """Return what a request means: the station, and the endpoints with their keys.

        Raises:
            UnknownRecordError: station, profile or an endpoint does not exist.
            UserError: no endpoint is meant.
        """
        station, saved = await self._tools.store.read(lambda tables: _chosen(tables, request, before))
        names = destination_names(saved, {})
        tools = self._tools
        return station, await with_keys(saved, names, tools.secrets, tools.catalogue, tools.clock())

    async def begin(
        self,
        request: SessionRequest,
        before: GoingOn | None,
        *,
        on_light: Callable[[], None],
        on_turn: Callable[[], None],
    ) -> SessionRun:
        """Begin a broadcast as a session, which is the caller's to start.

        Args:
            request: what is asked for.
            before: what was going on, when a broadcast is taken up again.
            on_light: called on the loop when a light may have turned.
            on_turn: see ``SessionRun``.

        Raises:
            UserError, SystemFault: it cannot begin; says why.
        """
        tools = self._tools
        station, keyed = await self.choose(request, before)
        if goes_to_platforms(request) and not keyed.served and before is None:
            raise _nobody_to_serve(keyed)
        hls_folder = tools.paths.runtime / "hls" / hls_slug(station)
        plan = await self._plan(request, before, keyed, hls_folder)
        host = await host_for_encoders(plan.host)
        broadcast = tools.open_broadcast(plan, request.source, on_light)
        await broadcast.start()
        try:
            session, figures = await tools.store.write(
                lambda tables: _begun(tables, request, before, tools.wall_now())
            )
        except BaseException:
            await broadcast.stop()
            raise
        record = dataclasses.replace(
            _record(session.id, request, before, keyed, plan),
            key_ref=await self._key_ref(request, before),
        )
        return SessionRun(
            tools,
            session=session,
            request=request,
            station=station,
            hls_folder=hls_folder,
            keyed=keyed,
            broadcast=broadcast,
            keeper=RecordKeeper(self._record_file, record),
            chronicle=Chronicle(figures),
            server_url=broadcast.snapshot().ingest_url.replace(f"//{plan.host}:", f"//{host}:", 1),
            on_turn=on_turn,
        )

    async def _plan(
        self, request: SessionRequest, before: GoingOn | None, keyed: KeyedEndpoints, hls_folder: Path
    ) -> BroadcastPlan:
        return broadcast_plan(
            request,
            self._tools.settings(),
            endpoints=keyed.served,
            stream_key=await self._stream_key(request, before),
            catalogue=self._tools.catalogue,
            hls_folder=hls_folder,
            uplink_file=uplink_file(self._tools.paths),
            port_before=before.ingest_port if before is not None else None,
        )

    async def _stream_key(self, request: SessionRequest, before: GoingOn | None) -> Secret:
        """Return what the publisher has to show."""
        if request.stream_key:
            return checked_stream_key(request.stream_key)
        if before is not None and before.key_ref is not None:
            kept = await self._tools.secrets.get(before.key_ref)
            if kept:
                return kept
        return new_stream_key() if request.source is SessionSource.STUDIO else await self._ingest_key.get()

    async def _key_ref(self, request: SessionRequest, before: GoingOn | None) -> str | None:
        """Keep a key that was given for this broadcast, so that its encoder finds it again after a crash; return the reference."""
        if before is not None or not request.stream_key or request.source is SessionSource.STUDIO:
            return before.key_ref if before is not None else None
        try:
            return await self._tools.secrets.keep(request.stream_key)
        except PowerStreamError as error:
            logger.info("The given stream key is forgotten should PowerStream die: %s", error)
            return None


def _chosen(
    tables: Tables, request: SessionRequest, before: GoingOn | None
) -> tuple[Station | None, tuple[SavedEndpoint, ...]]:
    """Return what a request means; of a broadcast that goes on, what is left of it."""
    if before is None:
        station = None if request.station_id is None else tables.stations.get(request.station_id)
        return station, chosen_endpoints(tables, request)
    try:
        station = None if request.station_id is None else tables.stations.get(request.station_id)
    except UnknownRecordError:
        station = None
    return station, endpoints_as_they_are_now(tables, request, before.endpoint_ids)


def _begun(
    tables: Tables, request: SessionRequest, before: GoingOn | None, now: datetime
) -> tuple[Session, Mapping[str, Figures]]:
    """Begin a session, or go on with one, and return it with the newest figures of its destinations."""
    if before is None:
        session = Session(
            id=new_id(now),
            station_id=request.station_id,
            user_id=request.user_id,
            profile_id=request.profile_id,
            title=request.title,
            description=request.description,
            source=request.source,
            is_recorded=request.is_recorded,
            is_uploaded=request.is_uploaded,
            started_at=now,
            last_seen_at=now,
        )
        return tables.sessions.begin(session), {}
    session = tables.sessions.reopen(before.session_id)
    tables.timelines.note_resumed(session.id, now)
    timelines = tables.timelines.of(session.id)
    return session, {each.destination.endpoint_id: each.figures[-1] for each in timelines if each.figures}


def _record(
    session_id: str,
    request: SessionRequest,
    before: GoingOn | None,
    keyed: KeyedEndpoints,
    plan: BroadcastPlan,
) -> GoingOn:
    """Return what is written down of a session that begins, but for its key."""
    record = dataclasses.replace(
        going_on(session_id, request), endpoint_ids=tuple(keyed.names), ingest_port=plan.port or None
    )
    if before is None:
        return record
    return dataclasses.replace(
        record, live_since=before.live_since, left_behind=(*before.left_behind, *before.files)
    )


def _nobody_to_serve(keyed: KeyedEndpoints) -> UserError:
    """Return why not a single endpoint can be served."""
    causes = [each.cause for each in keyed.left_out]
    words = " ".join(cause.sentence for cause in causes)
    return UserError(f"No endpoint can be served. {words}", hint=causes[0].remedy if causes else "")
