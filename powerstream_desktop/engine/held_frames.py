"""Frames that wait for their sound: the mixer may be late, and what belongs together goes out together. Pure."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

FrameT = TypeVar("FrameT")


class HeldFrames(Generic[FrameT]):
    """Hands out what was put in some slots ago. Owned by the program's thread.

    Attributes:
        newest: what was put in last, ``None`` while nothing waits. Replaced whole; any thread may read it.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[int, FrameT]] = deque()
        self.newest: FrameT | None = None

    def put(self, slot: int, frame: FrameT) -> None:
        """Take what was made for a slot, larger than that of the call before."""
        self._waiting.append((slot, frame))
        self.newest = frame

    def take(self, slot: int, held_slots: int) -> FrameT:
        """Return what is to be shown in a slot: of ``held_slots`` earlier, or the oldest there is; older things are forgotten.

        When pictures have to wait longer from now on, the last one is shown again; when shorter, some are left out.
        """
        while len(self._waiting) > 1 and self._waiting[1][0] <= slot - held_slots:
            self._waiting.popleft()
        return self._waiting[0][1]

    def clear(self) -> None:
        """Forget all: no more are made, or those that wait must not be seen."""
        self._waiting.clear()
        self.newest = None
