"""V23: a file is given up while its copy, the file, the store, the user and the service do their worst."""

from __future__ import annotations

import logging
import random
import shutil
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.reliability.campaign import Campaign, Verdict, in_batches
from tests.unit.service.cloud.adverse_nights import ENDS, HARMS, MOMENTS, play

AT_ONCE = 2
BATCH = 25
HARM_SHARE = 1 / 3
END_SHARE = 1 / 2


def harms_of(seed: int) -> list[str]:
    """Return what happens at each moment of a run: something at a third of them, or no file would ever be given up."""
    chance = random.Random(seed)
    return [chance.choice(HARMS) if chance.random() < HARM_SHARE else "nothing" for _ in range(MOMENTS)]


def end_of(seed: int) -> str:
    """Return what happens when the row of a run was written: something in half of them."""
    chance = random.Random(-seed - 1)
    return chance.choice(ENDS) if chance.random() < END_SHARE else ENDS[0]


def play_some(seeds: Sequence[int], folder: Path) -> list[tuple[str, str]]:
    """Play runs; return for each what became of the file, and what was wrong. In a process: each run alters our modules."""
    logging.disable(logging.ERROR)  # what goes wrong on purpose is said at length
    found = []
    for seed in seeds:
        home, harms, end = folder / str(seed), harms_of(seed), end_of(seed)
        home.mkdir()
        try:
            night = play(home, harms, end)
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table
            found.append(
                ("broken", f"seed {seed}, {harms}, {end}: {type(error).__name__}: {str(error)[:200]}")
            )
        else:
            found.append(
                ("killed" if night.is_killed.is_set() else "given up" if night.removed else "kept", "")
            )
        shutil.rmtree(home)
    return found


def play_adverse_evictions(cases: int, folder: Path) -> Verdict:
    """Each case has a seed of its own, from 0 on."""
    became: Counter[str] = Counter()
    broken = []
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(play_some, seeds, folder) for seeds in in_batches(range(cases), BATCH)]
        for each in waiting:
            for what, why in each.result():
                became[what] += 1
                broken += [why] if why else []
    measured = (
        f"{became['given up']} given up, {became['kept']} kept, {became['killed']} left by a killed service"
    )
    return Verdict(measured, tuple(broken))


V23 = Campaign(
    "V23",
    "a file is given up while copy, file, store, user and service do their worst",
    "no byte goes unless its proven copy is there then",
    1_000,
    play_adverse_evictions,
)
