"""Where the fuzz targets are.

A target is a module beside this one, and a folder ``corpus/<name>`` of small seeds. The module has

- ``fuzz_one(data: bytes) -> None``: every check there is; raises only on a bug;
- ``parse(data: bytes) -> object``: the product's own work on such an input, done once; ``bounds.py`` measures it.

``test_corpus.py`` replays the seeds in every test run; ``python -m tests.fuzz`` looks for new ones.
"""

from __future__ import annotations

import getpass
import importlib
import re
import tempfile
from pathlib import Path
from typing import Protocol, cast

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
MAX_INPUT_BYTES = 64 * 1024


class Target(Protocol):
    """A target's module."""

    def fuzz_one(self, data: bytes, /) -> None:
        """Check everything; raise only on a bug."""

    def parse(self, data: bytes, /) -> object:
        """Do the product's work once; return what comes out, so that its memory counts."""


def target_names() -> list[str]:
    """The modules beside this one that have a ``fuzz_one``; they are not imported."""
    has_target = re.compile(r"^def fuzz_one\(", re.MULTILINE)
    return sorted(path.stem for path in HERE.glob("*.py") if has_target.search(path.read_text("utf-8")))


def load_target(name: str) -> Target:
    """Import a target."""
    return cast("Target", importlib.import_module(f"tests.fuzz.{name}"))


def seeds(name: str) -> list[Path]:
    """A target's seed files."""
    return sorted(path for path in (CORPUS / name).glob("*") if path.is_file())


def work_folder(name: str) -> Path:
    """Where a target's discoveries of earlier runs lie, for this user of this machine."""
    return Path(tempfile.gettempdir()) / f"powerstream-fuzz-{getpass.getuser()}" / name
