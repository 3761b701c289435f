"""The life cycle of a destination (DESIGN 5): what its light shows.

A destination is *off* until there is something to send to it: until somebody publishes the rendition that it takes. It is
*connecting* through DNS, TCP, TLS, the RTMP handshake and ``connect``; *publishing* from the moment the key is sent until the
platform has taken the first media; *live* from then on, and *slow* while its queue is long, frames are being dropped, or it
makes room for others. Green is only given for bytes that the platform's end of the connection acknowledged, never for bytes
that left for localhost's buffers.

When a connection is lost it is *retrying*: it waits, then connects again, for ever. When the platform says no it is
*rejected*: the same, with long pauses, because hammering a wrong key gets accounts banned. A stream whose codec the platform
does not accept is rejected before anybody is connected to, and looked at again when the encoder changes its headers. A
platform that asks us to move is *handed over* from one connection to the next without leaving live.

A rendition that nobody sends leaves a destination off, with that as its cause as soon as another rendition is live: it is
neither failed nor refused, and starts by itself when its encoder comes.

*Stopped* is the user's word and ends the life; only *released*, the user's word again, lets it begin anew, from off.

A late event of a connection that has already been given up (a timer, a reset after stop) must not revive anything: such
pairs are simply absent from the table, and ``next_state`` raises for them, so the adapter has to drop the connection's
events before it lets them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from powerstream_desktop.common.errors import BugError


class DestinationState(StrEnum):
    """The states of a destination; the value is what scripts see."""

    OFF = "off"
    CONNECTING = "connecting"
    PUBLISHING = "publishing"
    LIVE = "live"
    SLOW = "slow"
    RETRYING = "retrying"
    REJECTED = "rejected"
    STOPPED = "stopped"


class DestinationEvent(StrEnum):
    """What moves a destination."""

    START = "start"
    RELEASED = "released"
    KEY_SENT = "key-sent"
    MEDIA_TAKEN = "media-taken"
    HANDED_OVER = "handed-over"
    FELL_BEHIND = "fell-behind"
    CAUGHT_UP = "caught-up"
    LOST = "lost"
    REFUSED = "refused"
    RETRY_DUE = "retry-due"
    STREAM_ENDED = "stream-ended"
    STOP = "stop"


_S, _E = DestinationState, DestinationEvent

TRANSITIONS: Mapping[DestinationState, Mapping[DestinationEvent, DestinationState]] = {
    _S.OFF: {_E.START: _S.CONNECTING, _E.RELEASED: _S.OFF, _E.STOP: _S.STOPPED},
    _S.CONNECTING: {
        _E.KEY_SENT: _S.PUBLISHING,
        _E.LOST: _S.RETRYING,
        _E.REFUSED: _S.REJECTED,
        _E.STREAM_ENDED: _S.OFF,
        _E.STOP: _S.STOPPED,
    },
    _S.PUBLISHING: {
        _E.MEDIA_TAKEN: _S.LIVE,
        _E.HANDED_OVER: _S.PUBLISHING,
        _E.LOST: _S.RETRYING,
        _E.REFUSED: _S.REJECTED,
        _E.STREAM_ENDED: _S.OFF,
        _E.STOP: _S.STOPPED,
    },
    _S.LIVE: {
        _E.FELL_BEHIND: _S.SLOW,
        _E.HANDED_OVER: _S.LIVE,
        _E.LOST: _S.RETRYING,
        _E.REFUSED: _S.REJECTED,
        _E.STREAM_ENDED: _S.OFF,
        _E.STOP: _S.STOPPED,
    },
    _S.SLOW: {
        _E.CAUGHT_UP: _S.LIVE,
        _E.HANDED_OVER: _S.SLOW,
        _E.LOST: _S.RETRYING,
        _E.REFUSED: _S.REJECTED,
        _E.STREAM_ENDED: _S.OFF,
        _E.STOP: _S.STOPPED,
    },
    _S.RETRYING: {_E.RETRY_DUE: _S.CONNECTING, _E.STREAM_ENDED: _S.OFF, _E.STOP: _S.STOPPED},
    _S.REJECTED: {_E.RETRY_DUE: _S.CONNECTING, _E.STREAM_ENDED: _S.OFF, _E.STOP: _S.STOPPED},
    _S.STOPPED: {_E.RELEASED: _S.OFF, _E.STOP: _S.STOPPED},
}


def next_state(state: DestinationState, event: DestinationEvent) -> DestinationState:
    """Return the state after ``event``; BugError for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A destination that is {state.value} cannot take the event {event.value}.")
    return following
