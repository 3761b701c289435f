"""Pre-flight: what is known of a broadcast's destinations before anybody goes live."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import Choice, Id
from powerstream_desktop.service.api.words import Asked
from powerstream_desktop.service.api.words_preflight import PreflightAnswer, PreflightWords
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.sessions import SessionSource

router = APIRouter(prefix="/api/preflight", tags=["live"])


class PlannedBroadcast(Asked):
    """Where the broadcast would go, chosen as for the start."""

    station_id: Id | None = None
    profile_id: Id | None = None
    selected_endpoints: Choice | None = None
    """Ids of endpoints; said once for each."""
    source: SessionSource = SessionSource.STUDIO
    """Who publishes: what an external encoder sends is not known before."""


@router.get("", summary="Look at all destinations before going live")
async def get_preflight(parts: Parts, asked: Annotated[PlannedBroadcast, Query()]) -> PreflightAnswer:
    """Asks the servers for a connection, and leaves them again; sends no key and publishes nothing. Takes 15 s at most."""
    chosen = asked.selected_endpoints
    request = SessionRequest(
        station_id=asked.station_id,
        profile_id=asked.profile_id,
        selected_endpoints=None if chosen is None else tuple(chosen),
        source=asked.source,
    )
    return PreflightAnswer(report=PreflightWords.of(await parts.multistream.preflight(request)))
