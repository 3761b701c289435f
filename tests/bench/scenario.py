"""What one row of the bench's table is about: a clip, a number of destinations, and who is measured."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.clip import Clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One clip to so many destinations, by the peers of these names."""

    clip: Clip
    destinations: int
    peers: tuple[str, ...]

    def peers_in_turn(self, round_number: int) -> tuple[str, ...]:
        """Return the peers in this round's order: nobody is always first."""
        turn = round_number % len(self.peers)
        return (*self.peers[turn:], *self.peers[:turn])
