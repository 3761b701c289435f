"""R01 and R04: the process that records is killed."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.recovery import look_into
from powerstream_desktop.rtmp.packet import MediaKind
from tests.e2e.support.recording_kills import (
    AT_ONCE,
    CLIPS,
    PROMISED_LOSS_MS,
    clip,
    killed_recording,
    killed_while_closing,
)
from tests.integration.recording.clips import play, play_or_nothing
from tests.reliability.campaign import Campaign, Verdict, played

EARLIEST_MS = 200
FIRST_FRAGMENT_BYTES = 600_000
"""More than the first fragment of any clip: a file of this size plays."""
LONGEST_PAUSE_S = 0.12
_STATES = ("finished", "begun", "nothing yet")


@dataclass(frozen=True)
class Loss:
    """What a kill cost, in milliseconds: the file as it was left, and made whole."""

    left_ms: float
    recovered_ms: float


def _kill_at_any_instant(seed: int, folder: Path) -> Loss:
    kill = killed_recording(seed, folder, earliest_ms=EARLIEST_MS)
    left_ms = _lost(kill.path, kill.offered_ms) if kill.path.exists() else max(kill.offered_ms.values())
    found = recover_left_behind(kill.path, look_into)
    assert found is None or found.original is None, "a killed recording was taken for a damaged one"
    recovered_ms = left_ms if found is None else _lost(found.part.path, kill.offered_ms)
    shutil.rmtree(folder / str(seed))
    return Loss(left_ms, recovered_ms)


def _lost(path: Path, offered_ms: Mapping[MediaKind, int]) -> float:
    """Return what a file lacks at its end, of the track that lacks more; everything if it does not open."""
    tracks = play_or_nothing(path)
    return max(
        offered - (max(tracks[kind].pts_ms) if kind in tracks else 0) for kind, offered in offered_ms.items()
    )


def play_kills(cases: int, folder: Path) -> Verdict:
    """R01."""
    for name in CLIPS:
        clip(name)
    losses, broken = [], []
    for seed, found in played(lambda seed: _kill_at_any_instant(seed, folder), range(cases), AT_ONCE):
        if isinstance(found, str):
            broken.append(f"seed {seed}: {found}")
            continue
        losses.append(found)
        if max(found.left_ms, found.recovered_ms) > PROMISED_LOSS_MS:
            broken.append(f"seed {seed}: {found}")
    if not losses:
        return Verdict("nothing", tuple(broken))
    mean_ms = sum(each.left_ms for each in losses) / len(losses)
    most_ms = max(each.left_ms for each in losses)
    recovered_ms = max(each.recovered_ms for each in losses)
    measured = f"{len(losses)} kills cost {mean_ms:.0f} ms on average, {most_ms:.0f} at most; recovered {recovered_ms:.0f}"
    return Verdict(measured, tuple(broken))


def _kill_while_closing(number: int, folder: Path) -> str:
    """Return in which state the file was found."""
    place = folder / str(number)
    pause_s = random.Random(number).uniform(0, LONGEST_PAUSE_S)
    files = killed_while_closing(place, CLIPS[number % len(CLIPS)], pause_s)
    state = "nothing yet"
    for path in files:
        if path.name == "show.mp4":
            state = "finished"
            assert max(play(path)[MediaKind.VIDEO].pts_ms) > 7_900, "a finished file is not whole"
            continue
        size_bytes = path.stat().st_size
        before = _pictures(path)
        found = recover_left_behind(path, look_into)
        assert found is not None or size_bytes < FIRST_FRAGMENT_BYTES, "what was written does not play"
        if found is not None:
            state = "begun"
            assert found.original is None, "a killed recording was taken for a damaged one"
            assert _pictures(found.part.path) == before, "making it whole has lost pictures"
    shutil.rmtree(place)
    return state


def _pictures(path: Path) -> int:
    tracks = play_or_nothing(path)
    return len(tracks[MediaKind.VIDEO].pts_ms) if MediaKind.VIDEO in tracks else 0


def play_kills_at_close(cases: int, folder: Path) -> Verdict:
    """R04."""
    for name in CLIPS:
        clip(name)
    states: Counter[str] = Counter()
    broken = []
    for number, found in played(lambda number: _kill_while_closing(number, folder), range(cases), AT_ONCE):
        if found in _STATES:
            states[found] += 1
        else:
            broken.append(f"case {number}: {found}")
    return Verdict(", ".join(f"{states[state]} {state}" for state in _STATES), tuple(broken))


R01 = Campaign(
    "R01",
    "a recording process is killed at any instant from 0.2 s on",
    "it plays, and lacks one second at most, of sound and of picture",
    500,
    play_kills,
)
R04 = Campaign(
    "R04",
    "it is killed while it closes",
    "the file is whole, or has every picture that was written",
    200,
    play_kills_at_close,
)
