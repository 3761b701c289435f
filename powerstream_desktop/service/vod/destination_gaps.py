"""What a destination did not get of a replay: read from its timeline. Pure.

A destination gets a broadcast while it is live or slow. Not having it counts only while it was wanted: one that its owner has stopped
missed nothing. The seconds in which everybody connects at the begin are no gap either, unless they became many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.asset_gaps import DestinationGap
from powerstream_desktop.service.store.timelines import StateChange, Timeline

_GETS_IT: Final = frozenset({DestinationState.LIVE, DestinationState.SLOW})
_NOT_WANTED: Final = frozenset({DestinationState.OFF, DestinationState.STOPPED})
CONNECTING: Final = timedelta(seconds=15)
"""So long may the first connection take."""
_SHORTEST: Final = timedelta(milliseconds=1)


def destination_gaps(
    timelines: Sequence[Timeline], begins_at: datetime, ends_at: datetime
) -> tuple[DestinationGap, ...]:
    """Return what destinations did not get of a replay, by time.

    Args:
        timelines: of its session.
        begins_at: of the replay, in wall time.
        ends_at: likewise.
    """
    gaps = [
        DestinationGap(
            destination=timeline.destination.name,
            platform=timeline.destination.platform,
            start_ms=_ms(max(start, begins_at) - begins_at),
            end_ms=_ms(min(end, ends_at) - begins_at),
            cause=cause,
        )
        for timeline in timelines
        for start, end, cause in _outages(timeline.changes, ends_at)
        if min(end, ends_at) - max(start, begins_at) >= _SHORTEST
    ]
    return tuple(sorted(gaps, key=lambda gap: (gap.start_ms, gap.destination)))


def _outages(changes: Sequence[StateChange], ends_at: datetime) -> Iterator[tuple[datetime, datetime, str]]:
    """Give each time in which a destination was wanted and got nothing, with the first cause that was named."""
    since: datetime | None = None
    cause = ""
    has_been_live = False
    for change in changes:
        is_out = change.state not in _GETS_IT and change.state not in _NOT_WANTED
        if is_out and since is None:
            since, cause = change.at, ""
        if is_out:
            cause = cause or ("" if change.cause is None else change.cause.sentence)
        elif since is not None:
            if has_been_live or change.at - since > CONNECTING:
                yield since, change.at, cause
            since = None
        has_been_live = has_been_live or change.state in _GETS_IT
    if since is not None and (has_been_live or ends_at - since > CONNECTING):
        yield since, ends_at, cause


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
