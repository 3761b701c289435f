"""What the packages say about the product: read from ``pyproject.toml`` and the package, written down nowhere else."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installer.environment import ROOT

APP_ID: Final = "io.github.powerstream.Desktop"
"""Base name of the ``.desktop`` file, and the bundle's identifier on macOS. The window says the same (``desktop/identity.py``)."""
PROGRAM: Final = "powerstream"
NAME: Final = "PowerStream"
ICON: Final = ROOT / "resources" / "icons" / "powerstream.svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The release that is packaged."""

    name: str
    """As Python knows it: powerstream-desktop."""
    version: str
    summary: str
    licence: str
    """An SPDX expression."""
    authors: str
    built_at_s: int
    """Seconds since 1970 of the newest commit, so that the same sources give the same package."""

    @property
    def built_on(self) -> str:
        """The same as a day, such as "2026-11-23"."""
        return time.strftime("%Y-%m-%d", time.gmtime(self.built_at_s))


def read_product() -> Product:
    """Return what the source tree says of itself.

    Raises:
        ValueError: ``pyproject.toml`` and the package name different versions.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = (ROOT / "powerstream_desktop" / "__init__.py").read_text(encoding="utf-8")
    said = re.search(r'__version__ = "(.+)"', package)
    if said is None or said[1] != project["version"]:
        raise ValueError(f"pyproject.toml says {project['version']}, the package {said and said[1]}.")
    return Product(
        name=project["name"],
        version=project["version"],
        summary=project["description"],
        licence=project["license"],
        authors=", ".join(author["name"] for author in project["authors"]),
        built_at_s=_newest_commit_s(ROOT),
    )


def _newest_commit_s(tree: Path) -> int:
    """Return when the newest commit was made; of an unpacked archive, when its newest file of metadata was."""
    if shutil.which("git"):  # a bare Debian has none
        asked = subprocess.run(
            ["git", "-C", str(tree), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip().isdigit():
            return int(asked.stdout)
    return int((tree / "pyproject.toml").stat().st_mtime)
