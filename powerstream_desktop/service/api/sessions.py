"""Sessions: the broadcasts that are and were."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import PageOf, PageQuery, PathId
from powerstream_desktop.service.api.words_sessions import (
    Marker,
    PastSession,
    Recorded,
    ReportedDestination,
    SessionAnswer,
    SessionReport,
    SessionsPage,
    session_facts,
)
from powerstream_desktop.service.store.tables import Tables

router = APIRouter(prefix="/api/multistream/sessions", tags=["sessions"])


@router.get("", summary="List broadcasts, the newest first")
async def list_sessions(parts: Parts, asked: PageQuery) -> SessionsPage:
    """With what each destination went through, without figures."""
    return await parts.store.read(lambda tables: _page(tables, asked))


@router.get("/{id}", summary="Tell all that is known of one broadcast")
async def get_session(parts: Parts, session_id: PathId) -> SessionAnswer:
    """With each destination's figures once a minute, markers and replays."""
    return SessionAnswer(session=await parts.store.read(lambda tables: _report(tables, session_id)))


def _page(tables: Tables, asked: PageOf) -> SessionsPage:
    """Return a page; made on the store's thread, because a long one is the work of many milliseconds."""
    page = tables.sessions.page(station_id=asked.station_id, limit=asked.limit, cursor=asked.cursor)
    return SessionsPage(
        sessions=tuple(
            PastSession.of(each, tables.timelines.of(each.id, with_figures=False)) for each in page.rows
        ),
        next_cursor=page.next_cursor,
    )


def _report(tables: Tables, session_id: str) -> SessionReport:
    session = tables.sessions.get(session_id)
    destinations = tuple(map(ReportedDestination.of, tables.timelines.of(session_id)))
    return SessionReport(
        **dict(session_facts(session, destinations)),
        destinations=destinations,
        markers=tuple(map(Marker.of, tables.markers.of_session(session_id))),
        recordings=tuple(map(Recorded.of, tables.assets.of_session(session_id))),
    )
