"""The light of a lane: green only while the platform's end takes what is sent, amber while it takes it too slowly."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.relay.destination.destination_life import DestinationLife
from powerstream_desktop.relay.destination.destination_states import DestinationEvent, DestinationState
from powerstream_desktop.relay.destination.outflow import Outflow

_CARRYING_STATES: Final = frozenset({DestinationState.LIVE, DestinationState.SLOW})


class LaneLight:
    """Judges a connection that stands. Owner: the lane, on the relay's loop.

    Args:
        life: the lane's state, which is turned.
        outflow: what the lane has sent, and what of it was taken.
    """

    def __init__(self, life: DestinationLife, outflow: Outflow) -> None:
        self._life = life
        self._outflow = outflow

    def look(self, now: float) -> None:
        """Look at what the platform has taken and turn the light."""
        if not self._life.is_connected:
            return
        newly_taken = self._outflow.look(now)
        carrier = self._outflow.carrier
        if carrier is None:
            return
        if self._life.state is DestinationState.PUBLISHING:
            if not newly_taken or not carrier.feed.started:
                return
            self._life.handle(DestinationEvent.MEDIA_TAKEN, now)
        # Judged in the same look: who comes back gets the running group at once, and may begin seconds behind.
        state, trouble = self._life.state, self.trouble(now)
        if trouble is not None and state is DestinationState.LIVE:
            self._life.handle(DestinationEvent.FELL_BEHIND, now)
        elif trouble is None and state is DestinationState.SLOW:
            self._life.handle(DestinationEvent.CAUGHT_UP, now)

    def trouble(self, now: float) -> FailureKind | None:
        """Return why a connection that stands should be amber."""
        is_slow = self._life.state is DestinationState.SLOW
        outflow = self._outflow
        return outflow.watch.trouble(now, outflow.lag_ms, is_slow=is_slow, makes_room=outflow.makes_room)

    def carries(self, now: float) -> bool:
        """Tell whether the platform takes the stream on this lane."""
        return self._life.state in _CARRYING_STATES and not self._outflow.watch.stuck(now)
