"""D01: the process that writes into the store is killed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.e2e.support.store_kills import assert_nothing_is_lost, killed
from tests.reliability.campaign import Campaign, Verdict, played

IN_ONE_STORE = 25
AT_ONCE = 4


def play_store_kills(cases: int, folder: Path) -> Verdict:
    """Some kills meet the same store, one after another."""
    stores = -(-cases // IN_ONE_STORE)
    done, acknowledged = 0, 0
    broken = []

    def kill_a_store(number: int) -> list[int]:
        chance = random.Random(number)
        place = folder / str(number)
        place.mkdir()
        found = []
        for _ in range(min(IN_ONE_STORE, cases - number * IN_ONE_STORE)):
            found.append(killed(place, chance.randrange(1, 60), chance.uniform(0, 0.01)))
            assert_nothing_is_lost(place, found[-1])
        shutil.rmtree(place)
        return found

    for number, found in played(kill_a_store, range(stores), AT_ONCE):
        if isinstance(found, str):
            broken.append(f"store {number}: {found}")
        else:
            done += len(found)
            acknowledged += max(found) + 1
    return Verdict(f"{done} kills, {acknowledged} acknowledged writes, none lost", tuple(broken))


D01 = Campaign(
    "D01",
    "a process that writes into the store is killed at any instant",
    "whole, and every acknowledged write is there",
    500,
    play_store_kills,
)
