"""Which films are being played, so that nobody takes their files away: by who says so again and again, or is just being sent one.

Belongs to one loop.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

LEASE_S: Final = 30.0
"""A player that has said nothing for so long has died."""
MAX_LEASES: Final = 100


class PlayedFilms:
    """Knows them.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until_s: dict[str, float] = {}
        self._sent: Counter[str] = Counter()

    def play(self, asset_id: str) -> None:
        """A player has the film of a replay open; good for ``LEASE_S``. Of more than ``MAX_LEASES`` the oldest is forgotten."""
        self._until_s.pop(asset_id, None)
        if len(self._until_s) >= MAX_LEASES:
            del self._until_s[next(iter(self._until_s))]
        self._until_s[asset_id] = self._clock() + LEASE_S

    def leave(self, asset_id: str) -> None:
        """The player has closed it; harmless if none had it open."""
        self._until_s.pop(asset_id, None)

    @contextlib.contextmanager
    def being_sent(self, asset_id: str) -> Iterator[None]:
        """Somebody is sent the film within this block."""
        self._sent[asset_id] += 1
        try:
            yield
        finally:
            self._sent[asset_id] -= 1
            if not self._sent[asset_id]:
                del self._sent[asset_id]

    def is_played(self, asset_id: str) -> bool:
        """Return whether somebody has the film of a replay open."""
        return asset_id in self._sent or self._until_s.get(asset_id, 0.0) > self._clock()
