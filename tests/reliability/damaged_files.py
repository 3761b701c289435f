"""R14: files cut at random, with flipped bits and lost pages, are recovered."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from powerstream_desktop.recording.recovery import recover
from tests.integration.recording.damage import damaged
from tests.reliability.campaign import Campaign, Verdict, in_batches

LONGEST_S = 10.0
BATCH = 20


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    story: str
    became: str
    took_s: float
    is_untouched: bool


def recover_some(seeds: Sequence[int], folder: Path) -> list[Outcome]:
    """Recover files; runs in a process that may die of it."""
    outcomes = []
    for seed in seeds:
        damage = damaged(seed)
        path = folder / f"{seed}.recording.mp4"
        path.write_bytes(damage.content)
        began_s = time.monotonic()
        found = recover(path)
        took_s = time.monotonic() - began_s
        became = "given up" if found is None else "saved" if found.is_new else "as they were"
        outcomes.append(Outcome(damage.story, became, took_s, path.read_bytes() == damage.content))
        path.unlink()
        if found is not None and found.is_new:
            found.path.unlink()
    return outcomes


def play_damage(cases: int, folder: Path) -> Verdict:
    """Some at a time, each batch in a process."""
    became: Counter[str] = Counter()
    longest_s = 0.0
    broken = []
    for batch in in_batches(range(cases), BATCH * (os.cpu_count() or 1)):
        # A process that dies takes its pool with it.
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            waiting = [
                (seeds, pool.submit(recover_some, seeds, folder)) for seeds in in_batches(batch, BATCH)
            ]
            for seeds, future in waiting:
                try:
                    outcomes = future.result(timeout=LONGEST_S * BATCH)
                except BrokenProcessPool:
                    broken.append(f"one of the files {seeds[0]} to {seeds[-1]} killed its process")
                    continue
                except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table
                    broken.append(f"files {seeds[0]} to {seeds[-1]}: {error!r}")
                    continue
                for each in outcomes:
                    became[each.became] += 1
                    longest_s = max(longest_s, each.took_s)
                    if each.took_s > LONGEST_S or not each.is_untouched:
                        broken.append(str(each))
    told = ", ".join(f"{count} {word}" for word, count in became.most_common())
    return Verdict(f"{told}; {longest_s:.1f} s at most, the original never changed", tuple(broken))


R14 = Campaign(
    "R14",
    "recordings cut anywhere, with flipped bits, with lost pages",
    "no crash, no hang over 10 s, the original never modified",
    1000,
    play_damage,
)
