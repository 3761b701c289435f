"""Where a file is written that is being fetched: beside its place, until it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_SUFFIX: Final = ".part"


def part_file(target: Path) -> Path:
    """Return where the pieces of a file are put together."""
    return target.with_name(f"{target.name}{_SUFFIX}")
