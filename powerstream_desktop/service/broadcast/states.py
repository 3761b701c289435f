"""The life cycle of a broadcast session (DESIGN 5).

A broadcast is *idle* until it is asked to begin. It is *starting* until a publisher's first packets arrive: our engine's,
or an external encoder's, for which it may wait as long as it likes. It is *live* while somebody publishes, and *bridging*
while the publisher has vanished without a goodbye: the relay keeps the platforms with a still or a slate, the recording goes
on, and the first key frame of a publisher that comes back makes it live again.

When the publisher says goodbye, or does not come back within the limit, a broadcast with an engine of ours is over; one that
waits for external encoders is starting again. *Ending* is the time in which the engine, the destinations and the recording
finish properly; *ended* is final.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from powerstream_desktop.common.errors import BugError


class BroadcastState(StrEnum):
    """The states of a broadcast; the value is what scripts see."""

    IDLE = "idle"
    STARTING = "starting"
    LIVE = "live"
    BRIDGING = "bridging"
    ENDING = "ending"
    ENDED = "ended"


class BroadcastEvent(StrEnum):
    """What moves a broadcast."""

    START = "start"
    PUBLISHER_CAME = "publisher-came"
    PUBLISHER_VANISHED = "publisher-vanished"
    PUBLISHER_BACK = "publisher-back"
    PUBLISHER_LEFT = "publisher-left"
    STOP = "stop"
    FINISHED = "finished"


_S, _E = BroadcastState, BroadcastEvent

TRANSITIONS: Mapping[BroadcastState, Mapping[BroadcastEvent, BroadcastState]] = {
    _S.IDLE: {_E.START: _S.STARTING},
    _S.STARTING: {
        _E.PUBLISHER_CAME: _S.LIVE,
        _E.PUBLISHER_LEFT: _S.STARTING,
        _E.STOP: _S.ENDING,
    },
    _S.LIVE: {
        _E.PUBLISHER_CAME: _S.LIVE,
        _E.PUBLISHER_VANISHED: _S.BRIDGING,
        _E.PUBLISHER_LEFT: _S.STARTING,
        _E.STOP: _S.ENDING,
    },
    _S.BRIDGING: {
        _E.PUBLISHER_CAME: _S.LIVE,
        _E.PUBLISHER_BACK: _S.LIVE,
        _E.PUBLISHER_LEFT: _S.STARTING,
        _E.STOP: _S.ENDING,
    },
    _S.ENDING: {
        _E.PUBLISHER_CAME: _S.ENDING,
        _E.PUBLISHER_LEFT: _S.ENDING,
        _E.STOP: _S.ENDING,
        _E.FINISHED: _S.ENDED,
    },
    _S.ENDED: {_E.STOP: _S.ENDED},
}


def next_state(state: BroadcastState, event: BroadcastEvent) -> BroadcastState:
    """Return the state after ``event``; BugError for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A broadcast that is {state.value} cannot take the event {event.value}.")
    return following
