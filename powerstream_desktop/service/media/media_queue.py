"""Which replay is seen to next, and whose pictures go. Pure: told what happens and the time, in monotonic seconds.

What somebody has asked to see comes first, and also while a broadcast runs; all else waits for its end. Of a replay that is gone the
pictures go later: who takes it out of the bin again finds them.
"""

from __future__ import annotations

from typing import Final

KEPT_S: Final = 120.0
"""Longer than anything rests in the bin."""


class MediaQueue:
    """Replays that wait to be seen to."""

    def __init__(self) -> None:
        # All in the order in which they came.
        self._asked: dict[str, None] = {}
        self._waiting: dict[str, None] = {}
        self._gone: dict[str, float] = {}

    @property
    def has_any(self) -> bool:
        """Something waits, be it for its time."""
        return bool(self._asked or self._waiting or self._gone)

    def look(self, asset_id: str) -> None:
        """A replay may lack something."""
        self._waiting[asset_id] = None
        self._gone.pop(asset_id, None)

    def ask(self, asset_id: str) -> None:
        """Somebody waits to see a replay."""
        self._asked[asset_id] = None
        self._gone.pop(asset_id, None)

    def forget(self, asset_id: str, now: float) -> None:
        """A replay is gone."""
        self._asked.pop(asset_id, None)
        self._waiting.pop(asset_id, None)
        self._gone.setdefault(asset_id, now + KEPT_S)

    def is_asked(self, asset_id: str) -> bool:
        """Return whether somebody waits to see a replay."""
        return asset_id in self._asked

    def take(self, *, is_live: bool) -> tuple[str, bool] | None:
        """Take out the replay that is next, and whether it was asked for; None if nothing is to be done now."""
        for row, was_asked in ((self._asked, True), ({} if is_live else self._waiting, False)):
            if row:
                asset_id = next(iter(row))
                self._asked.pop(asset_id, None)
                self._waiting.pop(asset_id, None)
                return asset_id, was_asked
        return None

    def take_gone(self, now: float) -> list[str]:
        """Take out the replays whose pictures are to go now."""
        due = [asset_id for asset_id, due_s in self._gone.items() if due_s <= now]
        for asset_id in due:
            del self._gone[asset_id]
        return due
