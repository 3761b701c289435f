"""Which picture is asked for next: one at a time, and of those that wait the newest. Pure.

Dragging makes wishes faster than pictures are decoded; those in between are never asked for. A step counts from the picture that was
asked for last, not from the one that came last, so that five quick presses are five pictures.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWish:
    """A picture that is wanted.

    Attributes:
        at_us: a moment.
        steps: so many pictures after the one that is seen then; negative for before.
        width, height: what it is painted into, in pixels of the screen.
        is_glance: it is for the small picture over the timeline, not for the large one.
    """

    at_us: int
    steps: int = 0
    width: int
    height: int
    is_glance: bool = False

    def stepped(self, by: int) -> FrameWish:
        """Want another picture, so many after this one."""
        return dataclasses.replace(self, steps=self.steps + by)


class Wishes:
    """Decides what is asked for when."""

    def __init__(self) -> None:
        self._under_way: FrameWish | None = None
        self._large: FrameWish | None = None
        self._small: FrameWish | None = None

    @property
    def newest(self) -> FrameWish | None:
        """The large picture that is wanted and has not come; None when all have."""
        if self._large is not None:
            return self._large
        is_large = self._under_way is not None and not self._under_way.is_glance
        return self._under_way if is_large else None

    def want(self, wish: FrameWish) -> None:
        """Want a picture instead of the one of its kind that waits."""
        if wish.is_glance:
            self._small = wish
        else:
            self._large = wish

    def due(self) -> FrameWish | None:
        """Return what is to be asked for next, which is under way from then on; None while there is nothing, or an answer is awaited."""
        if self._under_way is not None:
            return None
        if self._large is not None:
            self._under_way, self._large = self._large, None
        else:
            self._under_way, self._small = self._small, None
        return self._under_way

    def answered(self) -> FrameWish | None:
        """Return which wish an answer is for: the one that was under way; None if nobody waits for one."""
        wish, self._under_way = self._under_way, None
        return wish

    def forget(self) -> None:
        """Want nothing any more."""
        self._under_way = self._large = self._small = None
