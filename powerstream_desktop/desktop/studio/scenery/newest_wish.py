"""While something is dragged, wishes come faster than they can be obeyed: only the newest counts, and the last is always sent. Pure.

One wish at a time is under way; the next one leaves when it was answered and its turn has come.
"""

from __future__ import annotations

from typing import Generic, TypeVar

WishT = TypeVar("WishT")


class NewestWish(Generic[WishT]):
    """Decides which wish is sent when.

    Args:
        interval_s: from one to the next at least.
    """

    def __init__(self, interval_s: float) -> None:
        self._interval_s = interval_s
        self._waiting: WishT | None = None
        self._is_under_way = False
        self._next_at_s = float("-inf")

    @property
    def is_idle(self) -> bool:
        """Nothing waits, and nothing is under way."""
        return self._waiting is None and not self._is_under_way

    def offer(self, wish: WishT) -> None:
        """Take a wish in the place of whichever waits."""
        self._waiting = wish

    def answered(self) -> None:
        """The one under way was obeyed, or refused."""
        self._is_under_way = False

    def due(self, now: float) -> WishT | None:
        """Return the wish that is to be sent now, which is under way from then on; None while there is none.

        Args:
            now: monotonic seconds.
        """
        if self._waiting is None or self._is_under_way or now < self._next_at_s:
            return None
        wish, self._waiting = self._waiting, None
        self._is_under_way = True
        self._next_at_s = now + self._interval_s
        return wish

    def wait_s(self, now: float) -> float | None:
        """Return the seconds until ``due`` may have one; None while only an answer or another offer changes that."""
        if self._waiting is None or self._is_under_way:
            return None
        return max(0.0, self._next_at_s - now)
