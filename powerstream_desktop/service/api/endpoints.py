"""Endpoints: where a broadcast may go."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.api.endpoint_entry import endpoint_entry
from powerstream_desktop.service.api.endpoint_keys import forget_keys, save_endpoint
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.wish_fields import PathId, StationQuery
from powerstream_desktop.service.api.words import Answer
from powerstream_desktop.service.api.words_endpoints import (
    Endpoint,
    EndpointAnswer,
    EndpointList,
    EndpointNow,
    EndpointWish,
    NewEndpointWish,
)
from powerstream_desktop.service.api.words_preflight import PreflightAnswer, PreflightWords
from powerstream_desktop.service.api.words_rtmp import DestinationStatus, destination_statuses
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.ids import new_id

router = APIRouter(prefix="/api/rtmp/endpoints", tags=["endpoints"])


@router.get("", summary="List endpoints")
async def list_endpoints(parts: Parts, asked: StationQuery) -> EndpointList:
    """Those of a station include the ones that all stations share."""
    found = await parts.store.read(lambda tables: tables.endpoints.all(station_id=asked.station_id))
    return EndpointList(endpoints=tuple(map(Endpoint.of, found)))


@router.post("", summary="Add an endpoint", status_code=201)
async def add_endpoint(parts: Parts, wish: NewEndpointWish) -> EndpointAnswer:
    """409 if there is one of this id already."""
    now = parts.wall_now().astimezone()
    entry = endpoint_entry(wish, parts.catalogue, endpoint_id=wish.id or new_id(now), now=now)
    return EndpointAnswer(endpoint=Endpoint.of(await save_endpoint(parts, entry, is_new=True)))


@router.put("/{id}", summary="Add or replace an endpoint")
async def put_endpoint(parts: Parts, endpoint_id: PathId, wish: EndpointWish) -> EndpointAnswer:
    """Repeating it changes nothing. Without ``streamKey`` the key stays as it is, if the server does too. A broadcast that runs notices at once."""
    entry = endpoint_entry(wish, parts.catalogue, endpoint_id=endpoint_id, now=parts.wall_now().astimezone())
    return EndpointAnswer(endpoint=Endpoint.of(await save_endpoint(parts, entry, is_new=False)))


@router.delete("/{id}", summary="Remove an endpoint")
async def remove_endpoint(parts: Parts, endpoint_id: PathId) -> Answer:
    """Also from profiles and from a broadcast that runs; its key is forgotten."""
    key_ref = await parts.store.write(lambda tables: tables.endpoints.remove(endpoint_id))
    if key_ref is not None:
        await forget_keys(parts, (key_ref,))
    await parts.multistream.endpoints_changed()
    return Answer()


@router.get("/{id}/status", summary="Tell how an endpoint stands")
async def get_endpoint_status(parts: Parts, endpoint_id: PathId) -> EndpointNow:
    """Now, if a broadcast that runs has it, and when it was last used."""
    endpoint = await parts.store.read(lambda tables: tables.endpoints.get(endpoint_id))
    destination = _destination(parts, endpoint_id)
    running = parts.multistream.running
    return EndpointNow(
        id=endpoint_id,
        status=DestinationState.OFF if destination is None else destination.status,
        cause=None if destination is None else destination.cause,
        session_id=None if destination is None or running is None else running.session.id,
        destination=destination,
        last_status=endpoint.last_contact.status,
        last_error=endpoint.last_contact.error,
        last_connected_at=endpoint.last_contact.connected_at,
    )


@router.post("/{id}/check", summary="Look at one endpoint before going live")
async def check_endpoint(parts: Parts, endpoint_id: PathId) -> PreflightAnswer:
    """Asks its server for a connection, and leaves it again; sends no key and publishes nothing."""
    endpoint = await parts.store.read(lambda tables: tables.endpoints.get(endpoint_id))
    request = SessionRequest(station_id=endpoint.station_id, selected_endpoints=(endpoint_id,))
    return PreflightAnswer(report=PreflightWords.of(await parts.multistream.preflight(request)))


@router.post("/{id}/retry", summary="Have an endpoint try again at once")
async def retry_endpoint(parts: Parts, endpoint_id: PathId) -> Answer:
    """404 if no broadcast that runs has it."""
    await parts.multistream.retry(endpoint_id)
    return Answer()


def _destination(parts: APIParts, endpoint_id: str) -> DestinationStatus | None:
    running = parts.multistream.running
    statuses = () if running is None else destination_statuses(running)
    return next((each for each in statuses if each.id == endpoint_id), None)
