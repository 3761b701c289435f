"""Which of the saved endpoints a request means, and what they are called while the broadcast runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.store.endpoints import SavedEndpoint
from powerstream_desktop.service.store.store_faults import UnknownRecordError
from powerstream_desktop.service.store.tables import Tables

_WITHOUT = (
    "Choose at least one endpoint, or begin without any: the broadcast is recorded and can be watched here."
)


def chosen_endpoints(tables: Tables, request: SessionRequest) -> tuple[SavedEndpoint, ...]:
    """Return the endpoints that a request means, in their order; a job of the store.

    The first that is given counts: the selection, the profile, the station with what all stations share, the user. An
    endpoint that is not active is meant only if it is named: by the selection or by the profile.

    Raises:
        UnknownRecordError: the profile or a selected endpoint does not exist.
        UserError: there is none.
    """
    if not goes_to_platforms(request):
        return ()
    if request.selected_endpoints is not None:
        if not request.selected_endpoints:
            raise UserError("No endpoint is selected.", hint=_WITHOUT)
        return tables.endpoints.chosen(request.selected_endpoints)
    if request.profile_id is not None:
        profile = tables.profiles.get(request.profile_id)
        if not profile.endpoint_ids:
            raise UserError(f"The profile {profile.name!r} has no endpoints.", hint=_WITHOUT)
        return tables.endpoints.chosen(profile.endpoint_ids)
    found = _active_endpoints(tables, request)
    if not found:
        if request.station_id is None and request.user_id is None:
            raise UserError("No endpoint is active.", hint=_WITHOUT)
        whose = "This station" if request.station_id is not None else "This user"
        raise UserError(f"{whose} has no active endpoint.", hint=_WITHOUT)
    return found


def endpoints_as_they_are_now(
    tables: Tables, request: SessionRequest, before: Iterable[str]
) -> tuple[SavedEndpoint, ...]:
    """Return what the choice of a broadcast that runs has become: without what was deleted; a job of the store.

    Args:
        tables: of the store.
        request: what the broadcast was begun with.
        before: ids of the endpoints that it has; what is left of them is meant when the profile itself was deleted.
    """
    if not goes_to_platforms(request):
        return ()
    if request.selected_endpoints is not None:
        return _still_there(tables, request.selected_endpoints)
    if request.profile_id is not None:
        try:
            profile = tables.profiles.get(request.profile_id)
        except UnknownRecordError:
            return _still_there(tables, before)
        return tables.endpoints.chosen(profile.endpoint_ids)
    return _active_endpoints(tables, request)


def goes_to_platforms(request: SessionRequest) -> bool:
    """Whether any endpoint is wanted; a rehearsal goes to the built-in receiver alone."""
    return request.use_multistream and not request.is_rehearsal


def destination_names(endpoints: Iterable[SavedEndpoint], known: Mapping[str, str]) -> dict[str, str]:
    """Return a name for each endpoint's id that no other one has: ``Twitch``, ``Twitch (2)``.

    Args:
        endpoints: those of the broadcast, in their order.
        known: names by id that were given before; they stay, so that who was renamed is not connected anew. Neither are
            they given to others.
    """
    names: dict[str, str] = {}
    taken = set(known.values())
    for endpoint in endpoints:
        name = known.get(endpoint.id) or _free_name(endpoint.name, taken)
        taken.add(name)
        names[endpoint.id] = name
    return names


def _active_endpoints(tables: Tables, request: SessionRequest) -> tuple[SavedEndpoint, ...]:
    if request.station_id is not None:
        return tables.endpoints.all(station_id=request.station_id, active_only=True)
    return tables.endpoints.all(user_id=request.user_id, active_only=True)


def _still_there(tables: Tables, endpoint_ids: Iterable[str]) -> tuple[SavedEndpoint, ...]:
    saved = {endpoint.id: endpoint for endpoint in tables.endpoints.all()}
    return tuple(saved[each] for each in dict.fromkeys(endpoint_ids) if each in saved)


def _free_name(wanted: str, taken: Collection[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name
