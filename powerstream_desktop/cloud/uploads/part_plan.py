"""How a file is cut into parts (reliability_security.md 4.3): a store takes 10,000 of them, and none but the last below 5 MiB."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import BugError

MIB: Final = 1024 * 1024
LEAST_PART_BYTES: Final = 8 * MIB
MAX_PARTS: Final = 10_000
_PARTS_AIMED_AT: Final = 9_000
"""Fewer than a store takes, so that a part length that is rounded never makes one too many."""
MAX_FILE_BYTES: Final = 5 * 1024 * 1024 * MIB
"""5 TiB: no store takes a longer object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a file.

    Attributes:
        number: 1 for the first.
        first: its first byte's place in the file.
        size_bytes: its length, at least 1.
    """

    number: int
    first: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """The parts of a file.

    Attributes:
        size_bytes: of the file.
        part_bytes: of every part but the last.
    """

    size_bytes: int
    part_bytes: int

    def __len__(self) -> int:
        return -(-self.size_bytes // self.part_bytes) if self.part_bytes else 0

    def __iter__(self) -> Iterator[Part]:
        return (self.part(number) for number in range(1, len(self) + 1))

    def part(self, number: int) -> Part:
        """Return a part by its number.

        Raises:
            BugError: there is none of this number.
        """
        if not 1 <= number <= len(self):
            raise BugError(
                "A part was asked for that the file has not got.", detail=f"{number} of {len(self)}"
            )
        first = (number - 1) * self.part_bytes
        return Part(number=number, first=first, size_bytes=min(self.part_bytes, self.size_bytes - first))


def plan_parts(size_bytes: int) -> PartPlan:
    """Return how a file of a length is cut: into parts of max(8 MiB, a 9,000th of it), rounded up to whole MiB."""
    a_9000th = -(-size_bytes // _PARTS_AIMED_AT)
    part_bytes = max(LEAST_PART_BYTES, -(-a_9000th // MIB) * MIB)
    return PartPlan(size_bytes=size_bytes, part_bytes=part_bytes)
