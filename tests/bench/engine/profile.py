"""Where a process spends its processor time, by library: what is left to save when the processor is not enough."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SAMPLES_A_SECOND: Final = 999
LEAST_PERCENT: Final = 1.0
_LINE: Final = re.compile(r"^\s*([\d.]+)%\s+(\S+)")
_HASH: Final = re.compile(r"-[0-9a-f]{8}(?=\.)")


def shares_by_library(pid: int, folder: Path, *, window_s: float) -> Mapping[str, float]:
    """Sample a process for ``window_s`` seconds; return percentages, the largest first. Empty where there is no perf."""
    if shutil.which("perf") is None:
        return {}
    data = str(folder / "perf.data")
    record = ["perf", "record", "-q", "-F", str(SAMPLES_A_SECOND), "-e", "cpu-clock", "-p", str(pid)]
    subprocess.run([*record, "-o", data, "--", "sleep", str(window_s)], check=True, capture_output=True)
    report = subprocess.run(
        ["perf", "report", "-i", data, "--sort", "dso", "--stdio"], check=True, capture_output=True, text=True
    )
    return parsed(report.stdout)


def parsed(report: str) -> dict[str, float]:
    """Read perf's report; a library's hash and version are left out of its name."""
    shares: dict[str, float] = {}
    for line in report.splitlines():
        found = _LINE.match(line)
        if found is not None and float(found[1]) >= LEAST_PERCENT:
            name = _HASH.sub("", found[2].strip("[]")).partition(".so")[0].partition(".cpython")[0]
            shares[name] = shares.get(name, 0.0) + float(found[1])
    return shares
