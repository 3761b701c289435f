"""Where a stream's media comes from (DESIGN 5, *bridging*).

It comes from *nobody* until a publisher is accepted, and from the *publisher* from then on. When the publisher vanishes
without a goodbye, the *bridge* stands in: it repeats the picture over silence on the same timeline, so that no platform
notices more than a still. A publisher that is connected but not on air is *returning*: a new one that is accepted while the
bridge stands or while another one publishes (take-over), or one that fell silent on a connection that still holds. The bridge
goes on under it until its first key frame; there it is cut in, and what it sent before is left out. A goodbye, or the end of
our patience, ends everything from everywhere.

A publisher that was lost cannot be lost again, and nobody can be cut in who is not returning: such pairs are absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from powerstream_desktop.common.errors import BugError


class Supply(Enum):
    """The states of a stream's supply."""

    NOBODY = "nobody"
    PUBLISHER = "publisher"
    BRIDGE = "bridge"
    RETURNING = "returning"


class SupplyEvent(Enum):
    """What moves a stream's supply."""

    ACCEPTED = "accepted"
    LOST = "lost"
    FELL_SILENT = "fell-silent"
    CUT_IN = "cut-in"
    ENDED = "ended"


_S, _E = Supply, SupplyEvent

TRANSITIONS: Mapping[Supply, Mapping[SupplyEvent, Supply]] = {
    _S.NOBODY: {_E.ACCEPTED: _S.PUBLISHER, _E.ENDED: _S.NOBODY},
    _S.PUBLISHER: {
        _E.ACCEPTED: _S.RETURNING,
        _E.LOST: _S.BRIDGE,
        _E.FELL_SILENT: _S.RETURNING,
        _E.ENDED: _S.NOBODY,
    },
    _S.BRIDGE: {_E.ACCEPTED: _S.RETURNING, _E.ENDED: _S.NOBODY},
    _S.RETURNING: {
        _E.ACCEPTED: _S.RETURNING,
        _E.LOST: _S.BRIDGE,
        _E.CUT_IN: _S.PUBLISHER,
        _E.ENDED: _S.NOBODY,
    },
}


def next_supply(supply: Supply, event: SupplyEvent) -> Supply:
    """Return the state after ``event``; BugError for a pair that the table does not hold."""
    following = TRANSITIONS[supply].get(event)
    if following is None:
        raise BugError(f"A stream supplied by {supply.value} cannot take the event {event.value}.")
    return following
