"""The life cycle of what a player shows. Pure.

A player is *empty* until something is opened. It is *loading* until the first picture comes, then *playing*, or *paused* by whoever
watches. It is *waiting* while a segment of the broadcast has not come yet. *Ended* is what was played to its end; it can be played
again from there. *Failed* is what cannot be played: only opening something, perhaps the same again, leads out of that.

News of media that were given up meanwhile come late: such pairs are not in the table, and change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final


class PlaybackState(Enum):
    """What a player is doing."""

    EMPTY = "empty"
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    WAITING = "waiting"
    ENDED = "ended"
    FAILED = "failed"


class PlaybackEvent(Enum):
    """What moves it; the first two are ours, the others are told by the media."""

    OPENED = "opened"
    CLOSED = "closed"
    PLAYS = "plays"
    HOLDS = "holds"
    STALLS = "stalls"
    ENDS = "ends"
    FAILS = "fails"


_S, _E = PlaybackState, PlaybackEvent
_ALWAYS: Final = {_E.OPENED: _S.LOADING, _E.CLOSED: _S.EMPTY}
_OPEN: Final = _ALWAYS | {_E.PLAYS: _S.PLAYING, _E.HOLDS: _S.PAUSED, _E.ENDS: _S.ENDED, _E.FAILS: _S.FAILED}

TRANSITIONS: Final[Mapping[PlaybackState, Mapping[PlaybackEvent, PlaybackState]]] = {
    _S.EMPTY: _ALWAYS,
    _S.LOADING: _OPEN,
    _S.PLAYING: _OPEN | {_E.STALLS: _S.WAITING},
    _S.PAUSED: _OPEN,
    _S.WAITING: _OPEN,
    # Its last news, that it holds, comes after the one that it ended.
    _S.ENDED: _ALWAYS | {_E.PLAYS: _S.PLAYING, _E.FAILS: _S.FAILED},
    _S.FAILED: _ALWAYS,
}


def next_state(state: PlaybackState, event: PlaybackEvent) -> PlaybackState:
    """Return what an event makes of a state; itself, if the event comes too late."""
    return TRANSITIONS[state].get(event, state)


def wants_play(state: PlaybackState) -> bool:
    """Return whether the one button that plays and pauses should play."""
    return state in {_S.PAUSED, _S.ENDED}


def has_media(state: PlaybackState) -> bool:
    """Return whether there is something to pause and hear."""
    return state not in {_S.EMPTY, _S.FAILED}
