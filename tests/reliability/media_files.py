"""S38: films that were tampered with, each given to a media process."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.support.tampered_films import tamper
from tests.reliability.campaign import Campaign, Verdict

SEED = 3800


def play_tampering(cases: int, folder: Path) -> Verdict:
    """All in one go, three at a time."""
    found = tamper(cases, SEED, folder)
    measured = (
        f"{found.read} read, {found.refused} refused, {found.ended} ended; {found.longest_s:.1f} s at most"
    )
    return Verdict(measured, found.broken)


S38 = Campaign(
    "S38",
    "films from elsewhere, tampered with",
    "an error of that film at most: nothing else is read, written or used up",
    500,
    play_tampering,
)
