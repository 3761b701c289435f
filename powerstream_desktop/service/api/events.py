"""What changes, as it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frozen_json import parse_json, write_json
from powerstream_desktop.service.access.middleware import CALLER
from powerstream_desktop.service.access.scope import Caller
from powerstream_desktop.service.api.at_home import is_at_home
from powerstream_desktop.service.api.event_ports import Event
from powerstream_desktop.service.api.event_stream import HEARTBEAT_S, EventStreamResponse
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words import Error, ErrorAnswer
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.settings.settings import OPTIONS

router = APIRouter(prefix="/api", tags=["events"])

FULL_RETRY_S: Final = 10
_PLACES: Final = frozenset(name for name, option in OPTIONS.items() if option.is_place)

_ABOUT: Final = f"""Server-sent events, named {", ".join(topic.value for topic in Topic)}. Each holds a JSON object that tells how its
topic stands now: `live` and `destinations` what `GET /api/live/status` and `GET /api/rtmp/status` say, `studio` what
`GET /api/studio` says but for its `engine` and `levels`, which events of these names tell; `recording` the broadcast's `recording`;
`settings` the `values` of all settings by name, for a paired device without the folders of this computer, which sentences name to it by their last name only;
`notice` a list `notices` of what hinders now (`at` is null) and of what happened (`at` is when). Only `library` tells a change: `added`, `changed`
or `removed` with its `assetId`, `clip` with its `clipId`, `state` and `progress`, `import` as `POST /api/vod/import` says, or `reload`. Changes of state come at once, figures once a second; a slow client gets fewer
figures and every change. `levels` come ten times a second while they are watched (`POST /api/studio/levels`), and without an id.
Who comes without `Last-Event-ID`, or with one that is not known any more, is first told how everything
stands. A comment comes at least every {HEARTBEAT_S:.0f} s."""

_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Events without end.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


def without_places(event: Event) -> Event:
    """Return an event as those are told it who are not to know where files lie on this computer."""
    if event.name != Topic.SETTINGS:
        return event
    values = parse_json(event.data)["values"]
    told = {name: value for name, value in values.items() if name not in _PLACES}
    return replace(event, data=write_json({"values": told}))


def _as_it_is(event: Event) -> Event:
    return event


@router.get(
    "/events", summary="Tell what changes", description=_ABOUT, response_class=Response, responses=_ANSWERS
)
async def get_events(
    parts: Parts, request: Request, last_event_id: Annotated[str | None, Header()] = None
) -> Response:
    """Listen."""
    caller: Caller | None = getattr(request.state, CALLER, None)
    try:
        return EventStreamResponse(
            parts.events.listen(last_event_id),
            lambda: caller is None or parts.access.lets_in(caller),
            _as_it_is if is_at_home(request) else without_places,
        )
    except SystemFault as full:
        # Not logged: who was refused asks again and again.
        words = Error(code="too-many-listeners", message=full.title, hint=full.hint)
        return JSONResponse(ErrorAnswer(error=words).model_dump(), 503, {"retry-after": str(FULL_RETRY_S)})
