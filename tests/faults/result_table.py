"""The one table of the fault matrix: row, fault, promised, measured, the common rule, pass."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence

from tests.faults.matrix import Row
from tests.faults.result import CommonRule, Result
from tests.faults.scene import Form

HEADINGS = (
    "row",
    "fault",
    "promised",
    "measured",
    "the others: frames lost, gap, display late, memory",
    "pass",
)
NOT_APPLICABLE = "–"


def markdown_table(rows: Mapping[str, Row], results: Sequence[Result], form: Form) -> str:
    """Return the table as it stands in the documentation, with the conditions it was measured under."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(_cells(rows[each.id], each) for each in results)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    machine = f"{os.cpu_count()} cores, Linux {platform.release()}, Python {platform.python_version()}"
    return f"{table}\n\n{form.name.capitalize()} form; {machine}."


def plain_table(rows: Mapping[str, Row], results: Sequence[Result]) -> str:
    """Return the table for a terminal, complaints below their rows."""
    table = [HEADINGS, *(_cells(rows[each.id], each) for each in results)]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(HEADINGS))]
    lines = []
    for cells, result in zip(table, (None, *results), strict=True):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())
        if result is not None:
            lines += [f"      {complaint}" for complaint in complaints(result)]
    return "\n".join(lines)


def complaints(result: Result) -> Iterator[str]:
    """Yield what is against the common rule."""
    yield from result.common.complaints if result.common is not None else ()


def _cells(row: Row, result: Result) -> tuple[str, ...]:
    word = "skipped" if result.skipped else "yes" if result.passed else "NO"
    return (row.id, row.fault, row.promised, result.measured, _common(result.common), word)


def _common(rule: CommonRule | None) -> str:
    if rule is None:
        return NOT_APPLICABLE
    late_ms = max(0.0, rule.status_late_ms)
    return f"{rule.lost}, {rule.gap_ms:.0f} ms, {late_ms:.0f} ms, {rule.memory_mib:+.1f} MiB"
