"""What a control shows and sends while somebody moves it: the newest value, twenty times a second at most. Pure.

The window holds no truth: what the user wants is shown only until the engine has said what is. The engine's word for it comes by
another way than the answer, so a value that was answered is shown until it has come, and for a second at most.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from powerstream_desktop.desktop.studio.scenery.newest_wish import NewestWish

INTERVAL_S: Final = 0.05
WORD_COMES_WITHIN_S: Final = 1.0

ValueT = TypeVar("ValueT")


class PacedValue(Generic[ValueT]):
    """One control. Times are monotonic seconds.

    Args:
        told: what is.
        is_same: tells whether the engine's word is what was wanted.
    """

    def __init__(self, told: ValueT, is_same: Callable[[ValueT, ValueT], bool]) -> None:
        self._wish: NewestWish[ValueT] = NewestWish(INTERVAL_S)
        self._is_same = is_same
        self._told = told
        self._wanted: ValueT | None = None
        self._until_s = float("inf")

    def shown(self, now: float) -> ValueT:
        """Return what the control shows."""
        if now >= self._until_s:
            self._wanted = None
        return self._told if self._wanted is None else self._wanted

    def told(self, value: ValueT) -> None:
        """The engine says what is."""
        self._told = value
        if self._wish.is_idle and self._wanted is not None and self._is_same(self._wanted, value):
            self._wanted = None

    def want(self, value: ValueT) -> None:
        """The user wants something else."""
        self._wanted, self._until_s = value, float("inf")
        self._wish.offer(value)

    def due(self, now: float) -> ValueT | None:
        """Return what is to be sent now; None while there is nothing."""
        return self._wish.due(now)

    def wait_s(self, now: float) -> float | None:
        """Return the seconds until there may be something to send; None while only an answer or the user changes that."""
        return self._wish.wait_s(now)

    def answered(self, now: float, *, is_refused: bool = False) -> None:
        """What was sent was obeyed, or refused."""
        self._wish.answered()
        if self._wish.is_idle:
            self._until_s = now + (0.0 if is_refused else WORD_COMES_WITHIN_S)
            self.told(self._told)
