"""Finds the picture of a moment, and those around it, in a film that can only be decoded forward from key frames. Pure.

The pictures of one stretch are kept as they were decoded. A step back within it costs nothing; one beyond its beginning decodes
the group of pictures before it. A picture is seen until the next one begins, so that next one is always decoded, too: frame rates
that files tell are not always true.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

PictureT = TypeVar("PictureT")
PictureT_co = TypeVar("PictureT_co", covariant=True)

NEAR_US: Final = 700_000
"""So far ahead it is quicker to read on than to seek: a seek begins at a key frame, which may lie behind us."""
BACK_US: Final = (0, 1_000_000, 5_000_000, 30_000_000)
"""A container may seek by another clock than pictures are seen by, and land behind the moment: the next attempt begins earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot(Generic[PictureT_co]):
    """One decoded picture.

    Attributes:
        at_us: seen from then on.
    """

    at_us: int
    picture: PictureT_co


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[PictureT_co]):
    """What was asked for.

    Attributes:
        until_us: the next picture begins then; as ``at_us`` for the last.
    """

    at_us: int
    until_us: int
    picture: PictureT_co


class ShotReader(Protocol[PictureT_co]):
    """Decodes a film."""

    def seek(self, at_us: int) -> None:
        """Read on from a key frame that is decoded at or before a moment, as well as the container can tell."""
        ...

    def read(self) -> Shot[PictureT_co] | None:
        """Return the next picture; None at the end."""
        ...


class FrameFinder(Generic[PictureT]):
    """Finds pictures.

    Args:
        reader: decodes; nobody else uses it.
        most_kept: so many pictures at most are kept decoded; 3 or more.
    """

    def __init__(self, reader: ShotReader[PictureT], *, most_kept: int) -> None:
        self._reader = reader
        self._most_kept = most_kept
        self._kept: list[Shot[PictureT]] = []
        self._reads_on = False  # what the reader gives next follows the last that is kept
        self._has_end = False  # the last that is kept is the film's last

    def find(self, at_us: int, steps: int = 0) -> Found[PictureT] | None:
        """Return the picture ``steps`` after the one that is seen at a moment, or the film's first or last; None for a film without any."""
        self._bring(at_us)
        if not self._kept:
            return None
        place = max(0, bisect_right(self._kept, at_us, key=lambda shot: shot.at_us) - 1) + steps
        while place < 0:
            added = self._bring_earlier()
            place = place + added if added else 0
        while place >= len(self._kept) - 1 and not self._has_end:
            place -= self._read_one()
        place = min(place, len(self._kept) - 1)
        shot = self._kept[place]
        after = self._kept[min(place + 1, len(self._kept) - 1)]
        return Found(at_us=shot.at_us, until_us=after.at_us, picture=shot.picture)

    def _bring(self, at_us: int) -> None:
        """Have the picture of a moment and the one after it among those that are kept."""
        if self._kept and self._kept[0].at_us <= at_us and (at_us < self._kept[-1].at_us or self._has_end):
            return
        is_near = bool(self._kept) and 0 <= at_us - self._kept[-1].at_us <= NEAR_US
        if not (is_near and self._reads_on):
            self._begin_anew(at_us)
        while self._kept and not self._has_end and self._kept[-1].at_us <= at_us:
            self._read_one()

    def _begin_anew(self, at_us: int) -> None:
        self._kept, self._has_end, self._reads_on = [], False, True
        for back_us in (*BACK_US, at_us):
            self._reader.seek(max(0, at_us - back_us))
            first = self._reader.read()
            if first is not None:
                self._kept = [first]
                if first.at_us <= at_us:
                    return
            if back_us >= at_us:
                return

    def _read_one(self) -> int:
        """Keep the next picture; return how many of the first ones were let go for it."""
        if not self._reads_on:
            self._reader.seek(self._kept[-1].at_us)
            self._reads_on = True
        shot = self._reader.read()
        # One that is not later than those before it was read already, or belongs to a damaged file.
        while shot is not None and shot.at_us <= self._kept[-1].at_us:
            shot = self._reader.read()
        if shot is None:
            self._has_end = True
            return 0
        self._kept.append(shot)
        surplus = max(0, len(self._kept) - self._most_kept)
        del self._kept[:surplus]
        return surplus

    def _bring_earlier(self) -> int:
        """Keep the pictures right before the first that is kept; return how many, 0 if it is the film's first."""
        first_us = self._kept[0].at_us
        for back_us in (*BACK_US, first_us):
            before = self._read_until(max(0, first_us - 1 - back_us), first_us)
            self._reads_on = False
            if before:
                kept = before + self._kept
                if len(kept) > self._most_kept:
                    del kept[self._most_kept :]
                    self._has_end = False
                self._kept = kept
                return len(before)
            if back_us >= first_us:
                break
        return 0

    def _read_until(self, from_us: int, end_us: int) -> list[Shot[PictureT]]:
        self._reader.seek(from_us)
        # Room for one of those that are kept is left, so that what follows is known to follow.
        before: deque[Shot[PictureT]] = deque(maxlen=self._most_kept - 1)
        while (shot := self._reader.read()) is not None and shot.at_us < end_us:
            if not before or shot.at_us > before[-1].at_us:
                before.append(shot)
        return list(before)
