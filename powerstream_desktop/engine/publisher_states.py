"""The life cycle of the engine's connection to the relay.

The publisher is *idle* until it is started. It is *connecting* from the first packet to the relay's consent, then
*publishing*. Whatever goes wrong, in either state, leads to *waiting*: a short pause, then it connects again, for ever. Tags
made meanwhile are not kept; what comes next begins at a fresh key frame on the same timeline. *Stopped* is final.

A lost connection is noticed once; what a dead connection still says is not listened to, so such pairs are absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from powerstream_desktop.common.errors import BugError


class PublisherState(StrEnum):
    """The states of the publisher."""

    IDLE = "idle"
    CONNECTING = "connecting"
    PUBLISHING = "publishing"
    WAITING = "waiting"
    STOPPED = "stopped"


class PublisherEvent(StrEnum):
    """What moves the publisher."""

    START = "start"
    ACCEPTED = "accepted"
    LOST = "lost"
    RETRY_DUE = "retry-due"
    STOP = "stop"


_S, _E = PublisherState, PublisherEvent

TRANSITIONS: Mapping[PublisherState, Mapping[PublisherEvent, PublisherState]] = {
    _S.IDLE: {_E.START: _S.CONNECTING, _E.STOP: _S.STOPPED},
    _S.CONNECTING: {_E.ACCEPTED: _S.PUBLISHING, _E.LOST: _S.WAITING, _E.STOP: _S.STOPPED},
    _S.PUBLISHING: {_E.LOST: _S.WAITING, _E.STOP: _S.STOPPED},
    _S.WAITING: {_E.RETRY_DUE: _S.CONNECTING, _E.STOP: _S.STOPPED},
    _S.STOPPED: {},
}


def next_state(state: PublisherState, event: PublisherEvent) -> PublisherState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A publisher that is {state.value} cannot take the event {event.value}.")
    return following
