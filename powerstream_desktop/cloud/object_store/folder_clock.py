"""The clock of the disk that a folder lies on: that of a NAS is its own, and goes right where this computer's may not (V17).

On a disk of this computer both are one clock: there a wrong one cannot be told.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.object_store.folder_files import ASIDE

TRUSTED_S: Final = 30.0
"""A difference below this is none: writing took some of it, and disks count in steps of two seconds."""


class FolderClock:
    """Belongs to one store.

    Args:
        folder: where a file may be written and is removed again; made if it is not there.
        wall: Unix seconds of this computer.
    """

    def __init__(self, folder: Path, wall: Callable[[], float]) -> None:
        self._folder = folder
        self._wall = wall
        self.offset_s = 0.0
        """How far the disk's clock was ahead when somebody looked last; 0 before, and where it cannot be told."""

    @property
    def now_s(self) -> float:
        """Unix seconds by the disk's clock."""
        return self._wall() + self.offset_s

    def look(self) -> None:
        """Look what time it is there; a disk that lets nothing be written says nothing."""
        file = self._folder / f"{secrets.token_hex(8)}{ASIDE}"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                before_s = self._wall()
                file.write_bytes(b"?")
                there_s, after_s = file.stat().st_mtime, self._wall()
            finally:
                file.unlink(missing_ok=True)
            is_right = before_s - TRUSTED_S <= there_s <= after_s + TRUSTED_S
            self.offset_s = 0.0 if is_right else there_s - (before_s + after_s) / 2
