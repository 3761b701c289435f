"""What is said of the broadcast that runs, without its destinations."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from powerstream_desktop.service.api.words import Answer
from powerstream_desktop.service.broadcast.states import BroadcastState
from powerstream_desktop.service.multistream.session_request import RunningSession

_ON_AIR: Final = frozenset({BroadcastState.LIVE, BroadcastState.BRIDGING})


class Health(Answer):
    """The service is there."""

    version: str


class LiveStatus(Answer):
    """What is on air; all but the first two are null while no broadcast runs."""

    is_live: bool
    state: BroadcastState
    session_id: str | None = None
    station_id: str | None = None
    title: str | None = None
    started_at: datetime | None = None
    elapsed_seconds: float | None = None


def live_status(running: RunningSession | None) -> LiveStatus:
    """Return what is on air. A broadcast is live while something goes out, also while the relay stands in for the encoder."""
    if running is None:
        return LiveStatus(is_live=False, state=BroadcastState.IDLE)
    session, broadcast = running.session, running.broadcast
    return LiveStatus(
        is_live=broadcast.state in _ON_AIR,
        state=broadcast.state,
        session_id=session.id,
        station_id=session.station_id,
        title=session.title,
        started_at=session.started_at,
        elapsed_seconds=round(broadcast.elapsed_s, 1),
    )
