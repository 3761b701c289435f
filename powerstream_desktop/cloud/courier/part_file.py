"""Where a file is written that is being fetched: beside its place, until it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from powerstream_desktop.common.companion import companion

_SUFFIX: Final = ".powerstream-part"
"""Browsers call their own ``.part``, and what is fetched may lie in a folder of downloads."""


def part_file(target: Path) -> Path:
    """Return where the pieces of a file are put together."""
    return companion(target, _SUFFIX)
