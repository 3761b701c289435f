"""A campaign: the same accident, hundreds of times (reliability_security.md 1.7, 5.3)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Verdict:
    """What was measured, in words with figures, and what was not as promised: a sentence for each case."""

    measured: str
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Campaign:
    """One row of the table.

    Attributes:
        id: as in the reference, "R01".
        accident: what happens.
        promised: what must hold each time.
        cases: how often in full.
        play: plays so many cases in an empty folder.
        long_cases: how often in the long form; 0 if it has none.
    """

    id: str
    accident: str
    promised: str
    cases: int
    play: Callable[[int, Path], Verdict]
    long_cases: int = 0


def played(
    case: Callable[[int], _Found], numbers: Iterable[int], at_once: int
) -> Iterator[tuple[int, _Found | str]]:
    """Play cases, some at a time; yield the number of each with what it returned, or with what went wrong."""

    def one(number: int) -> tuple[int, _Found | str]:
        try:
            return number, case(number)
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table
            return number, f"{type(error).__name__}: {str(error)[:200]}"

    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(one, numbers)


def in_batches(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield the numbers, some at a time."""
    for begin in itertools.count(0, size):
        if begin >= len(numbers):
            return
        yield numbers[begin : begin + size]
