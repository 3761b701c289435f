"""F45, the chaos soak: everything at once, and every half minute something breaks."""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from tests.e2e.support.stage import Stage
from tests.reliability.campaign import Campaign, Verdict
from tests.reliability.chaos import ending
from tests.reliability.chaos.fault import Fault, Round
from tests.reliability.chaos.faults import FAULTS
from tests.reliability.chaos.oracles import LONGEST_GAP_MS, Window, gap_ms, lies, lost, other_lights
from tests.reliability.chaos.scenery import CONTROL, Scenery
from tests.reliability.chaos.script import drawn
from tests.reliability.chaos.watch import Watch

EVERY_S: Final = 30.0
SETTLE_S: Final = 6.0
STARVED: Final = 0.5
"""Where our threads waited for more than this part of the time, the machine may have turned a light amber by itself."""
SEEDS: Final = 1_000_000


@dataclass
class Tally:
    """What a run has shown so far.

    Attributes:
        faults: how many were played.
        gap_ms: the longest gap of anybody who had nothing to do with a fault.
        lost: pictures that such a one did not get.
        excused: when the recording may lack something.
        broken: everything that was not as promised.
    """

    faults: int = 0
    gap_ms: float = 0.0
    lost: int = 0
    excused: list[Window] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def play_soak(cases: int, folder: Path, *, seed: int | None = None, every_s: float = EVERY_S) -> Verdict:
    """Play so many faults, one every half minute, then end the broadcast and look at everything."""
    if seed is None:
        seed = random.SystemRandom().randrange(SEEDS)
    stage, tally = Stage(folder), Tally()
    _say(f"seed {seed}")
    try:
        try:
            measured = _soak(Scenery(stage), tally, cases, seed, every_s)
        finally:
            stage.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the table, with its seed
        measured = f"seed {seed}: {tally.faults} faults"
        tally.broken.append(f"{type(error).__name__}: {str(error)[:2000]}")
    if tally.broken:
        tally.broken.append(f"logs: {_kept_logs(folder, seed)}")
    return Verdict(measured, tuple(tally.broken))


def _soak(scenery: Scenery, tally: Tally, cases: int, seed: int, every_s: float) -> str:
    faults = [each for each in FAULTS if each.is_possible(scenery)]
    scenery.go_on_air()
    begun_s = time.monotonic()
    with Watch(scenery) as watch:
        time.sleep(SETTLE_S)
        for fault, chance in drawn(faults, cases, seed):
            due_s = time.monotonic() + every_s
            _play(fault, Round(scenery, watch, chance), tally)
            time.sleep(max(SETTLE_S, due_s - time.monotonic()))
        on_air_min = (time.monotonic() - begun_s) / 60
    found = ending.look(scenery, watch, tally.excused)
    tally.broken += [*dict.fromkeys(lies(watch.looks)), *found.broken]
    scenery.folder("home/logs").joinpath("lights.txt").write_text("\n".join(watch.turns()))
    kinds = min(cases, len(faults))
    return (
        f"seed {seed}: {tally.faults} faults of {kinds} kinds in {on_air_min:.0f} min; others: {tally.lost} frames lost,"
        f" gap {tally.gap_ms:.0f} ms; {len(watch.looks)} looks at the lights; {found.measured}"
    )


def _play(fault: Fault, turn: Round, tally: Tally) -> None:
    begun_s = time.monotonic()
    try:
        fault.play(turn)
    except Exception as error:  # noqa: BLE001 - the soak goes on, and tells it
        turn.broken.append(f"{type(error).__name__}: {str(error)[:500]}")
    time.sleep(1.0)
    window = Window(begun_s, time.monotonic())
    if turn.excused is not None:
        tally.excused.append(Window(*turn.excused))
    tally.faults += 1
    _judge_others(turn, window, tally)
    tally.broken += [f"fault {tally.faults}, {fault.name}: {each}" for each in turn.broken]
    told = "; ".join([*turn.measured, *(f"BROKEN: {each}" for each in turn.broken)])
    _say(f"{tally.faults}. {fault.name}: {told} ({turn.machine.lost_s:.1f} s without a processor)")


def _judge_others(turn: Round, window: Window, tally: Tally) -> None:
    """Hold those who had nothing to do with a fault against what they are promised."""
    healthy = turn.scenery.names - turn.touched
    turn.machine.look(*turn.scenery.served.all_pids())
    lost_s = turn.machine.lost_s
    control = turn.scenery.own[CONTROL].pictures
    for name, receiver in turn.scenery.own.items():
        if name in healthy:
            gap = gap_ms(receiver.visits, window, turn.watch.noise)
            missing = lost(control, receiver.pictures, window)
            tally.gap_ms, tally.lost = max(tally.gap_ms, gap), tally.lost + missing
            if gap > LONGEST_GAP_MS:
                turn.broken.append(f"{name} had a gap of {gap:.0f} ms")
            if missing:
                turn.broken.append(f"{name} lost {missing} frames")
            if any(window.holds(visit.opened_s) for visit in receiver.visits):
                turn.broken.append(f"{name} was connected anew")
    if lost_s < STARVED * (window.until_s - window.since_s):
        turned = other_lights(turn.watch.looks, healthy, window)
        turn.broken += [f"{name} was seen {light}" for name, light in turned.items()]


def _kept_logs(folder: Path, seed: int) -> Path:
    """Put what explains a broken promise where it outlives the run."""
    kept = Path(tempfile.mkdtemp(prefix=f"powerstream-soak-{seed}-"))
    for path in (*folder.glob("*.out"), *folder.glob("*.err"), *folder.glob("home/logs/*")):
        shutil.copy(path, kept)
    return kept


def _say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} soak: {line}\n")
    sys.stderr.flush()


def soak(seed: int | None = None) -> Campaign:
    """Return the campaign; without a seed each run draws one and tells it."""
    return Campaign(
        "F45",
        "something breaks every 30 s during a broadcast to five receivers, recorded and copied to a store",
        "who has nothing to do with it loses no frame and sees no gap over 100 ms, lights are true, the recording lacks a second"
        " per killed service at most, every replay is listed and in the store, no key is anywhere, nothing grows, nothing is left",
        40,
        partial(play_soak, seed=seed),
        long_cases=240,
    )
