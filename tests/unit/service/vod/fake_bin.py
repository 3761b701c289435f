"""A system's bin that is a folder of the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class FakeBin:
    """Takes what it is given, unless it is told to refuse; ``took`` is from where."""

    folder: Path
    refuses: OSError | None = None
    took: list[Path] = field(default_factory=list)

    def take(self, file: Path) -> Path:
        if self.refuses is not None:
            raise self.refuses
        self.folder.mkdir(exist_ok=True)
        self.took.append(file)
        return file.rename(self.folder / file.name)
