"""Figures that several rows take: how long until somebody was back, and how often somebody was asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.e2e.support.arrivals import Picture, Visit
from tests.e2e.support.fake_ingest import FakeIngest
from tests.e2e.support.waiting import TimedOutError, wait_until
from tests.faults.matrix import Verdict

RETURN_S = 1.5
PATIENCE_S = 40.0
MORE_PATIENCE_S = 8.0
"""So long after a promise was broken we go on looking, for the table."""


def seconds_until_back(ingest: FakeIngest, since_s: float, *, timeout_s: float = PATIENCE_S) -> float:
    """Wait for pictures on a connection that was opened after an instant; return how long after it the first one came."""

    def look() -> Picture | None:
        later = (visit for visit in list(ingest.visits) if visit.opened_s > since_s)
        return next((visit.pictures[0] for visit in later if visit.pictures), None)

    first = wait_until(look, what="pictures on a new connection", timeout_s=timeout_s)
    assert first is not None
    return first.at_s - since_s


def back_within(limit_s: float, ingest: FakeIngest, since_s: float) -> Verdict:
    """Judge how soon a destination is live again; a key frame must come first."""
    timeout_s = limit_s + MORE_PATIENCE_S
    try:
        back_s = seconds_until_back(ingest, since_s, timeout_s=timeout_s)
    except TimedOutError:
        return Verdict(f"not back after {timeout_s:g} s", kept=False)
    return Verdict(f"back after {back_s:.2f} s", back_s <= limit_s and starts_with_key_frames(ingest.visits))


def starts_with_key_frames(visits: Sequence[Visit]) -> bool:
    """Tell whether every connection began with a picture that can be decoded."""
    return all(visit.pictures[0].key for visit in visits if visit.pictures)


def shortest_pause_s(times_s: Sequence[float]) -> float:
    """Return the shortest time between two of these instants; infinite if there are fewer than two."""
    return min((later - earlier for earlier, later in pairwise(times_s)), default=float("inf"))


def longest_pause_s(times_s: Sequence[float]) -> float:
    """Return the longest time between two of these instants; 0 if there are fewer than two."""
    return max((later - earlier for earlier, later in pairwise(times_s)), default=0.0)


def all_of(*verdicts: tuple[str, Verdict]) -> Verdict:
    """Join verdicts on several destinations of one row."""
    measured = "; ".join(f"{name} {verdict.measured}".strip() for name, verdict in verdicts)
    return Verdict(measured, all(verdict.kept for _, verdict in verdicts))
