"""What a destination went through, as stretches of time. Pure.

A destination is *connected* while its platform takes our bytes: live or slow. Its share is measured from the moment at which it was
connected for the first time: how long going live took is not an interruption. What the user stopped, and what nobody published
for, is no gap either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from powerstream_desktop.client.live import Cause
from powerstream_desktop.client.sessions import StateChange

CONNECTED: Final = frozenset({"live", "slow"})
NOT_ASKED_FOR: Final = frozenset({"off", "stopped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """For so long a light stood like this.

    Attributes:
        begin_s, end_s: since the session began.
        status: such as ``live``.
    """

    begin_s: float
    end_s: float
    status: str
    cause: Cause | None = None

    @property
    def length_s(self) -> float:
        """How long."""
        return self.end_s - self.begin_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """For so long nothing arrived.

    Attributes:
        begin_s, end_s: since the session began.
        cause: the first one that was known; None if none was.
    """

    begin_s: float
    end_s: float
    cause: Cause | None = None

    @property
    def length_s(self) -> float:
        """How long."""
        return self.end_s - self.begin_s


def stretches_of(changes: Sequence[StateChange], began_at: datetime, until: datetime) -> tuple[Stretch, ...]:
    """Return what the changes of a light mean, from the session's begin to ``until``, without holes; those of no length are left out."""
    whole_s = max(0.0, (until - began_at).total_seconds())
    if not changes:
        return ()
    moments = [min(max(0.0, (each.at - began_at).total_seconds()), whole_s) for each in changes]
    found = [Stretch(begin_s=0.0, end_s=moments[0], status="off")]
    for change, (begin_s, end_s) in zip(changes, pairwise([*moments, whole_s]), strict=True):
        found.append(Stretch(begin_s=begin_s, end_s=end_s, status=change.status, cause=change.cause))
    return tuple(each for each in found if each.length_s > 0)


def gaps_of(stretches: Sequence[Stretch]) -> tuple[Gap, ...]:
    """Return when nothing arrived although it should have; all of it, if nothing ever did."""
    gaps: list[Gap] = []
    for each in _asked_for(stretches):
        if each.status in CONNECTED:
            continue
        if gaps and gaps[-1].end_s == each.begin_s:
            gaps[-1] = Gap(begin_s=gaps[-1].begin_s, end_s=each.end_s, cause=gaps[-1].cause or each.cause)
        else:
            gaps.append(Gap(begin_s=each.begin_s, end_s=each.end_s, cause=each.cause))
    return tuple(gaps)


def connected_share(stretches: Sequence[Stretch]) -> float | None:
    """Return for which share of the time it was connected, 0 to 1; None if it never had to be."""
    asked_for = _asked_for(stretches)
    whole_s = sum(each.length_s for each in asked_for)
    if whole_s <= 0:
        return None
    return sum(each.length_s for each in asked_for if each.status in CONNECTED) / whole_s


def _asked_for(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    first = next((number for number, each in enumerate(stretches) if each.status in CONNECTED), 0)
    return tuple(each for each in stretches[first:] if each.status not in NOT_ASKED_FOR)
