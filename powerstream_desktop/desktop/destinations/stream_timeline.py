"""A broadcast minute by minute: when each destination was connected, suffered or was down, and with which bitrate. Pure.

Made of every turn of a light, and of figures once a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from powerstream_desktop.client.sessions import PastDestination, Session, StateChange
from powerstream_desktop.desktop.kit.light_kind import LightKind, light_of
from powerstream_desktop.desktop.kit.timeline_bar import TimeSpan
from powerstream_desktop.desktop.language.said import said

_CONNECTED: Final = frozenset({"live", "slow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationTimeline:
    """One destination's way through the broadcast.

    Attributes:
        spans: in their order; while it was off there is none.
        connected: the share of the time since its begin that it was connected, 0 to 1; a slow connection is one.
        bitrates: pairs of seconds since the begin and kbit/s, the oldest first.
    """

    name: str
    spans: tuple[TimeSpan, ...]
    connected: float
    bitrates: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamTimeline:
    """All destinations of a broadcast; ``length_s`` up to now while it runs."""

    began_at: datetime
    length_s: float
    destinations: tuple[DestinationTimeline, ...]


def timeline_of(session: Session, now: datetime) -> StreamTimeline:
    """Return the way of all destinations, up to now or to the broadcast's end.

    Args:
        session: as it was asked for by its id, so that it has figures.
        now: the end of what is shown while it runs.
    """
    length_s = max(0.0, ((session.ended_at or now) - session.started_at).total_seconds())
    return StreamTimeline(
        began_at=session.started_at,
        length_s=length_s,
        destinations=tuple(_timeline(each, session.started_at, length_s) for each in session.destinations),
    )


def _timeline(destination: PastDestination, began_at: datetime, length_s: float) -> DestinationTimeline:
    connected_s = served_s = 0.0
    spans: list[TimeSpan] = []
    for change, begin_s, end_s in _whiles(destination, began_at, length_s):
        kind = light_of(change.status)
        if kind is LightKind.OFF or end_s <= begin_s:
            continue
        served_s += end_s - begin_s
        if change.status in _CONNECTED:
            connected_s += end_s - begin_s
        cause = "" if change.cause is None else said(change.cause.code, change.cause.message)
        last = spans[-1] if spans else None
        if last is not None and (last.end_s, last.kind, last.cause) == (begin_s, kind, cause):
            spans[-1] = TimeSpan(start_s=last.start_s, end_s=end_s, kind=kind, cause=cause)
        else:
            spans.append(TimeSpan(start_s=begin_s, end_s=end_s, kind=kind, cause=cause))
    return DestinationTimeline(
        name=destination.name,
        spans=tuple(spans),
        connected=connected_s / served_s if served_s > 0 else 0.0,
        bitrates=tuple(
            (max(0.0, (each.at - began_at).total_seconds()), float(each.bitrate_kbps))
            for each in destination.figures
        ),
    )


def _whiles(
    destination: PastDestination, began_at: datetime, length_s: float
) -> Iterator[tuple[StateChange, float, float]]:
    """Yield each turn of the light with the seconds at which it began and ended."""
    begins = [min(length_s, max(0.0, (each.at - began_at).total_seconds())) for each in destination.changes]
    yield from zip(destination.changes, begins, [*begins[1:], length_s], strict=False)
