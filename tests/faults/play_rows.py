"""Plays rows that share a broadcast, in a process of its own: ``python -m tests.faults.play_rows FOLDER quick|full F01 F02 …``.

The results go to ``FOLDER/results.json``. A process of its own keeps the measurements of one broadcast apart from those of
another, and can be put into network name spaces.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.all_rows import ROWS
from tests.faults.matrix import NotPossibleHere, Play, Row, Verdict
from tests.faults.network_scene import NetworkScene
from tests.faults.result import CommonRule, Result, to_json
from tests.faults.scene import Form, Scene

RESULTS = "results.json"


def main(folder: Path, form: Form, ids: Sequence[str]) -> None:
    """Play the rows and write the results."""
    rows = [ROWS[row_id] for row_id in ids]
    try:
        results = play(rows, folder, form)
    except NotPossibleHere as reason:
        results = [Result.skip(row.id, str(reason)) for row in rows]
    (folder / RESULTS).write_text(to_json(results))


def play(rows: Sequence[Row], folder: Path, form: Form) -> list[Result]:
    """Play rows of one group, which are either all in the common setting or one alone."""
    first = rows[0]
    scene_type = NetworkScene if first.network else Scene
    scene = scene_type(folder, form, bystanders=first.bystanders)
    try:
        if (alone := first.alone) is not None:
            return [Result.of(first.id, _judged(lambda: alone(scene)), None)]
        return _play_together(rows, scene)
    finally:
        scene.close()


def _play_together(rows: Sequence[Row], scene: Scene) -> list[Result]:
    plays = {row.id: row.play(scene) for row in rows if row.play is not None}
    scene.start([entry for play in plays.values() for entry in next(play)])
    with ThreadPoolExecutor(len(plays)) as threads:
        verdicts = dict(zip(plays, threads.map(_rest_of, plays.values()), strict=True))
    scene.finish()
    common = _common_rule(scene, forgiven=[row.may_say for row in rows if row.may_say])
    return [Result.of(row_id, verdict, common) for row_id, verdict in verdicts.items()]


def _rest_of(play: Play) -> Verdict:
    """Run a row from its wishes to its verdict."""
    return _judged(lambda: _last_word(play))


def _last_word(play: Play) -> Verdict:
    try:
        next(play)
    except StopIteration as over:
        verdict: Verdict = over.value
        return verdict
    raise AssertionError("a row yields once, then returns")


def _judged(judge: Callable[[], Verdict]) -> Verdict:
    try:
        return judge()
    except NotPossibleHere:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a row meets is its result
        first_line = str(error).partition("\n")[0]
        return Verdict(f"{type(error).__name__}: {first_line}", kept=False)


def _common_rule(scene: Scene, *, forgiven: Sequence[str]) -> CommonRule:
    said = (line for line in scene.complaints() if not any(re.search(each, line) for each in forgiven))
    return CommonRule.of(
        scene.onlookers(),
        status_late_ms=scene.watcher.longest_pause_ms(),
        memory_mib=scene.watcher.memory_growth_mib(scene.fault_s),
        complaints=list(said),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Form[sys.argv[2].upper()], sys.argv[3:])
