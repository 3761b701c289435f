"""Makes of an outlook and something that the service told the next outlook. Pure.

The words of the events are those of docs/api.md, ``GET /api/events``. What is not known is left alone, so that a newer service can be
listened to.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from powerstream_desktop.client.cloud import CloudStanding
from powerstream_desktop.client.errors import not_understood
from powerstream_desktop.client.event_stream import Connected, Reconnecting, ServiceEvent, StreamItem
from powerstream_desktop.client.live import LiveStatus, RTMPStatus, RunningBroadcast, RunningRecording
from powerstream_desktop.client.reading import Words, read_answer
from powerstream_desktop.client.studio import EngineStatus, StudioStatus
from powerstream_desktop.desktop.outlook.outlook import UNHEARD, Notice, Outlook, ServiceState

LIBRARY: Final = "library"
"""The topic that tells a change and not how something stands: it is no part of an outlook."""
RELOAD: Final[Words] = {"change": "reload", "assetId": None}
"""What the library says when anything may have changed."""
ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
"""Severities, as findings have them."""

_GRAVE: Final = frozenset({"recording", "recording-not-growing", "recording-space-out"})
"""Codes of what costs somebody something for good; all else passes, or hinders only."""

_GOING_ON: Final = frozenset({"opening", "recording", "finalising"})
"""States of a recording that news will follow."""

_NO_ENGINE: Final = EngineStatus(words={}, state="stopped")


def folded(outlook: Outlook, item: StreamItem) -> Outlook:
    """Return what the window knows after something was told.

    Raises:
        BadAnswerError: an event does not say what its topic says; the outlook is as good as before.
    """
    match item:
        case Connected():
            return dataclasses.replace(outlook, service=ServiceState.THERE)
        case Reconnecting():
            return _without_the_service(outlook)
        case ServiceEvent(name=name, data=data) if name in _READERS:
            return dataclasses.replace(outlook, **_READERS[name](outlook, data))
    return outlook


def shut(outlook: Outlook) -> Outlook:
    """Return what the window knows when nothing will come any more."""
    return _unvouched(outlook, ServiceState.SHUT)


def _without_the_service(outlook: Outlook) -> Outlook:
    if outlook.service is ServiceState.STARTING:
        return outlook
    return _unvouched(outlook, ServiceState.AWAY)


def _unvouched(outlook: Outlook, service: ServiceState) -> Outlook:
    """Take away what would lie when it stands still: meters, and lights of what went on. All else is shown as it was."""
    broadcast, recording = outlook.broadcast, outlook.recording
    return dataclasses.replace(
        outlook,
        service=service,
        levels=None,
        broadcast=None if broadcast is None else _unheard(broadcast),
        recording=dataclasses.replace(recording, state=UNHEARD)
        if recording is not None and recording.state in _GOING_ON
        else recording,
    )


def _unheard(broadcast: RunningBroadcast) -> RunningBroadcast:
    endpoints = tuple(
        dataclasses.replace(each, status=UNHEARD, attempt=0, retry_in_seconds=None, cause=None)
        for each in broadcast.endpoints
    )
    return dataclasses.replace(broadcast, endpoints=endpoints)


def _live(_outlook: Outlook, data: Words) -> dict[str, Any]:
    return {"live": read_answer(LiveStatus, data, "live")}


def _destinations(_outlook: Outlook, data: Words) -> dict[str, Any]:
    status = read_answer(RTMPStatus, data, "destinations")
    return {"broadcast": status.sessions[0] if status.sessions else None}


def _recording(_outlook: Outlook, data: Words) -> dict[str, Any]:
    recording = _member(data, "recording", "recording")
    return {"recording": None if recording is None else read_answer(RunningRecording, recording, "recording")}


def _engine(_outlook: Outlook, data: Words) -> dict[str, Any]:
    return {"engine": read_answer(EngineStatus, data, "engine")}


def _levels(_outlook: Outlook, data: Words) -> dict[str, Any]:
    return {"levels": data or None}


def _studio(outlook: Outlook, data: Words) -> dict[str, Any]:
    """The event leaves the engine out; in the outlook it stands as it stood when the studio was told: its own part is newer."""
    engine = outlook.engine or _NO_ENGINE
    words = {**data, "engine": {**engine.words, "state": engine.state}, "levels": None}
    return {"studio": read_answer(StudioStatus, words, "studio")}


def _cloud(_outlook: Outlook, data: Words) -> dict[str, Any]:
    return {"cloud": read_answer(CloudStanding, data, "sync")}


def _settings(_outlook: Outlook, data: Words) -> dict[str, Any]:
    values = _member(data, "values", "settings")
    if not isinstance(values, dict):
        raise not_understood("settings.values is no object")
    return {"settings": values}


def _notices(_outlook: Outlook, data: Words) -> dict[str, Any]:
    notices = _member(data, "notices", "notice")
    if not isinstance(notices, list):
        raise not_understood("notice.notices is not a list")
    told = [read_answer(_ToldNotice, each, f"notices[{place}]") for place, each in enumerate(notices)]
    return {"notices": tuple(_notice(each) for each in told)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _ToldNotice:
    code: str
    message: str
    hint: str = ""
    at: datetime | None = None


def _notice(told: _ToldNotice) -> Notice:
    hinders = ERROR if told.code in _GRAVE else WARNING
    return Notice(
        severity=hinders if told.at is None else NOTE,
        code=told.code,
        sentence=told.message,
        remedy=told.hint,
        happened_at=told.at,
    )


def _member(data: Words, name: str, where: str) -> Any:
    if name not in data:
        raise not_understood(f"{where}.{name} is not there")
    return data[name]


_READERS: Final[Mapping[str, Callable[[Outlook, Words], dict[str, Any]]]] = {
    "live": _live,
    "destinations": _destinations,
    "recording": _recording,
    "engine": _engine,
    "levels": _levels,
    "studio": _studio,
    "sync": _cloud,
    "settings": _settings,
    "notice": _notices,
}
