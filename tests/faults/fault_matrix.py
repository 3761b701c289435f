"""Run the fault matrix and print one table: row, promised, measured, pass.

    python -m tests.faults.fault_matrix                            all rows in full, about 25 minutes
    python -m tests.faults.fault_matrix --quick                    the short form that the tests run as well
    python -m tests.faults.fault_matrix --rows F01,F07             some rows
    python -m tests.faults.fault_matrix --write docs/faults.md     ... and put the table there

Exit code 1 when a promise was not kept. In the full form every row has a broadcast of its own; two run at a time.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.bench.report import write_into
from tests.faults.all_rows import ROWS
from tests.faults.film import cached_film
from tests.faults.home_network import in_fresh_name_spaces, why_impossible
from tests.faults.matrix import Row
from tests.faults.play_rows import RESULTS
from tests.faults.result import Result, from_json
from tests.faults.result_table import markdown_table, plain_table
from tests.faults.scene import Form

PROJECT = Path(__file__).resolve().parents[2]
AT_ONCE = {Form.FULL: 2, Form.QUICK: 4}
PATIENCE_S = 120.0
LAST_WORDS = 300
TABLE = "faults"
"""Name of the table's marks in the documentation."""


def play_matrix(rows: Sequence[Row], folder: Path, form: Form) -> list[Result]:
    """Play rows, each group in a process of its own, some at a time; return their results in the order of the rows.

    Args:
        rows: which.
        folder: existing folder; each group's logs and recordings go to a folder of its own below it.
        form: how thoroughly.
    """
    cached_film()
    groups = sorted(_groups(rows, form), key=lambda group: -group[0].minutes)
    with ThreadPoolExecutor(AT_ONCE[form]) as processes:
        played = processes.map(lambda group: _play_group(group, folder, form), groups)
        results = {result.id: result for some in played for result in some}
    return [results[row.id] for row in rows]


def _groups(rows: Sequence[Row], form: Form) -> list[list[Row]]:
    if form is Form.FULL:
        return [[row] for row in rows]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return list(groups.values())


def _play_group(rows: Sequence[Row], folder: Path, form: Form) -> list[Result]:
    if rows[0].network and (reason := why_impossible()):
        return [Result.skip(row.id, reason) for row in rows]
    own = folder / rows[0].id
    own.mkdir()
    command = [
        sys.executable,
        "-m",
        "tests.faults.play_rows",
        str(own),
        form.name.lower(),
        *(row.id for row in rows),
    ]
    if rows[0].network:
        command = in_fresh_name_spaces(command)
    said = _run(
        command, timeout_s=PATIENCE_S + 60 * rows[0].minutes * (form is Form.FULL), log=own / "player.log"
    )
    if (own / RESULTS).exists():
        return from_json((own / RESULTS).read_text())
    return [
        Result(id=row.id, measured=f"could not be played: {said[-LAST_WORDS:]}", kept=False) for row in rows
    ]


def _run(command: Sequence[str], *, timeout_s: float, log: Path) -> str:
    """Run a player to its end, by force if it takes too long; return what it said."""
    with log.open("wb") as out:
        player = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        try:
            player.wait(timeout_s)
        except subprocess.TimeoutExpired:
            out.write(f"ended by force after {timeout_s:g} s".encode())
        finally:
            with suppress(ProcessLookupError):
                os.killpg(player.pid, signal.SIGKILL)
            player.wait()
    return log.read_text(errors="replace").strip()


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    options = _options(arguments)
    form = Form.QUICK if options.quick else Form.FULL
    rows = _chosen(options.rows, ROWS)
    with tempfile.TemporaryDirectory(prefix="powerstream-faults-") as name:
        results = play_matrix(rows, Path(name), form)
    sys.stdout.write(f"{plain_table(ROWS, results)}\n")
    if options.write is not None:
        write_into(options.write, TABLE, markdown_table(ROWS, results, form))
    failed = [result.id for result in results if not (result.passed or result.skipped)]
    skipped = sum(result.skipped for result in results)
    passed = len(results) - len(failed) - skipped
    sys.stdout.write(f"\n{passed} passed, {len(failed)} failed, {skipped} skipped\n")
    return int(bool(failed))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the fault matrix and print one table.")
    parser.add_argument("--rows", metavar="F01,F07", help="only these rows")
    parser.add_argument("--quick", action="store_true", help="the short form")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page as well")
    return parser.parse_args(arguments)


def _chosen(ids: str | None, rows: Mapping[str, Row]) -> list[Row]:
    if ids is None:
        return list(rows.values())
    wanted = ids.replace(" ", "").split(",")
    unknown = [row_id for row_id in wanted if row_id not in rows]
    if unknown:
        raise SystemExit(f"There is no row {unknown[0]}; there are: {', '.join(rows)}.")
    return [rows[row_id] for row_id in wanted]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
