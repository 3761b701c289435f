"""A system's bin that is a folder of the test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass
class FakeBin:
    """Takes what it is given, unless it is told to refuse."""

    folder: Path
    refuses: OSError | None = None

    def take(self, file: Path) -> Path:
        if self.refuses is not None:
            raise self.refuses
        self.folder.mkdir(exist_ok=True)
        return file.rename(self.folder / file.name)
