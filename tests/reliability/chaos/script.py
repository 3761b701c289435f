"""Which fault comes when: drawn from a seed, so that a run can be played again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

_Fault = TypeVar("_Fault")


def drawn(faults: Sequence[_Fault], count: int, seed: int) -> Iterator[tuple[_Fault, random.Random]]:
    """Yield so many faults, each with the chance that decides its particulars.

    They are dealt like cards: each comes once before any comes again, so that a short run meets many kinds.
    """
    chance = random.Random(seed)
    pack: list[_Fault] = []
    for _ in range(count):
        if not pack:
            pack = list(faults)
            chance.shuffle(pack)
        yield pack.pop(), random.Random(chance.getrandbits(64))
