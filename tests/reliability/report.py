"""``docs/reliability.md``: one row for each campaign, with when, of which commit and under which load it was played.

A row is replaced when its campaign is played again, and the others stay: the whole takes an hour and three quarters.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from tests.reliability.campaign import Campaign, Verdict

PROJECT: Final = Path(__file__).resolve().parents[2]
PAGE_IN_TREE: Final = "docs/reliability.md"
"""Being written says nothing about what was tried."""
PAGE: Final = PROJECT / PAGE_IN_TREE
BEGIN, END = "<!-- reliability: begin -->", "<!-- reliability: end -->"
HEADINGS: Final = (
    *("row", "what happens", "goal", "cases", "measured", "pass"),
    *("date (UTC)", "took", "commit", "load before, after"),
)
SHOWN: Final = 3
_ROW: Final = re.compile(r"^\| (\w+) \|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Under which a campaign was played.

    Attributes:
        began: when, in UTC.
        took_s: how long it took.
        commit: short hash of what was tried; with a "+" if files differed from it.
        load_before, load_after: the machine's load average of one minute.
    """

    began: datetime
    took_s: float
    commit: str
    load_before: float
    load_after: float

    @classmethod
    def since(cls, began: datetime, load_before: float) -> Self:
        """Return those of a campaign that has just ended."""
        return cls(
            began=began,
            took_s=(datetime.now(UTC) - began).total_seconds(),
            commit=commit_here(),
            load_before=load_before,
            load_after=load_now(),
        )


def load_now() -> float:
    """Return the machine's load average of one minute; 0 where the system has none."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def commit_here() -> str:
    """Return the commit of this tree; a dash outside of git."""
    said = _git("rev-parse", "--short=9", "HEAD").strip()
    return (
        f"{said}{'+' if _git('status', '--porcelain', '--', '.', f':!{PAGE_IN_TREE}').strip() else ''}"
        if said
        else "–"
    )


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def line_of(campaign: Campaign, cases: int, verdict: Verdict, how: Circumstances) -> str:
    """Return the row of a campaign that was played."""
    word = "yes"
    if verdict.broken:
        more = len(verdict.broken) - SHOWN
        word = "**NO**: " + "; ".join(verdict.broken[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
    cells = (
        *(campaign.id, campaign.accident, campaign.promised, f"{cases}", verdict.measured, word),
        *(f"{how.began:%Y-%m-%d %H:%M}", _minutes(how.took_s), how.commit),
        f"{how.load_before:.1f}, {how.load_after:.1f}",
    )
    return f"| {' | '.join(each.replace('|', '/').replace(chr(10), ' ') for each in cells)} |"


def with_lines(page: str, lines: Mapping[str, str], order: Iterable[str]) -> str:
    """Return a page with rows replaced and added, in the order of the campaigns.

    Raises:
        SystemExit: it has no place for them.
    """
    before, begin, rest = page.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"The page lacks the marks {BEGIN} and {END}.")
    known = {match[1]: line for line in table.splitlines() if (match := _ROW.match(line))}
    known = {name: line for name, line in known.items() if name != HEADINGS[0]} | dict(lines)
    if not known:
        return page
    head = [f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}"]
    rows = [*head, *(known[name] for name in order if name in known)]
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    return "\n".join(
        [f"{before}{BEGIN}", *rows, "", f"The newest row was measured on: {machine}.", f"{END}{after}"]
    )


def write(page: Path, lines: Mapping[str, str], order: Iterable[str]) -> None:
    """Put rows into a page.

    Raises:
        SystemExit: it cannot be read or written, or has no place for them.
    """
    try:
        _write(page, lines, order)
    except OSError as error:
        raise SystemExit(f"{page} cannot be written: {error.strerror}.") from error


def _write(page: Path, lines: Mapping[str, str], order: Iterable[str]) -> None:
    page.write_text(with_lines(page.read_text("utf-8"), lines, order), "utf-8")


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
