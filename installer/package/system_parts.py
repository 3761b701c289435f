"""Libraries of the system that travel along because Python was built with them (Debian): whose they are, and their licences' texts."""

from __future__ import annotations

import platform
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from installer.package.contents import PYTHONS_OWN
from installer.package.needed_libraries import owners_of
from installer.steps import BootstrapError, run

DOCUMENTS: Final = Path("/usr/share/doc")
_PYTHON_ITSELF: Final = "libpython3*"
"""Comes under Python's own licence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPart:
    """A package of the system, of which libraries lie in the program's folder."""

    name: str
    """As Debian knows it, such as "libssl3"."""
    version: str
    system: str
    """Who made it, as the system calls itself: "debian", "ubuntu"."""
    text: Path
    """Its copyright and licence, where it is installed."""


def brought_along(names: Iterable[str]) -> frozenset[str]:
    """Return those of a folder's file names that are libraries of the system."""
    return frozenset(
        name
        for name in names
        if any(fnmatch(name, pattern) for pattern in PYTHONS_OWN) and not fnmatch(name, _PYTHON_ITSELF)
    )


def find_system_parts(program: Path) -> list[SystemPart]:
    """Return whose libraries the program's folder brings along, by name; none where there is no dpkg to ask.

    Raises:
        BootstrapError: one of them comes from nowhere, or without its licence's text.
    """
    if shutil.which("dpkg-query") is None:
        return []
    libraries = brought_along(path.name for path in (program / "_internal").iterdir())
    return system_parts(libraries, owners_of(libraries) if libraries else {}, _version_of, system=_system())


def system_parts(
    libraries: Iterable[str],
    owners: dict[str, str],
    version_of: Callable[[str], str],
    documents: Path = DOCUMENTS,
    system: str = "debian",
) -> list[SystemPart]:
    """Return the packages of libraries, by name.

    Args:
        libraries: by their file names.
        owners: the package of each that is known.
        version_of: asks for a package's version.
        documents: where packages keep their texts.
        system: what it calls itself.

    Raises:
        BootstrapError: as ``find_system_parts``.
    """
    strangers = sorted(set(libraries) - set(owners))
    if strangers:
        raise BootstrapError(
            f"No installed Debian package has {', '.join(strangers)}: nobody knows under which licence it is."
        )
    names = sorted({owners[library] for library in libraries})
    parts = [
        SystemPart(name=name, version=version_of(name), system=system, text=documents / name / "copyright")
        for name in names
    ]
    without = [part.name for part in parts if not part.text.is_file()]
    if without:
        raise BootstrapError(f"No licence text is installed with {', '.join(without)}.")
    return parts


def _system() -> str:
    return platform.freedesktop_os_release().get("ID", "debian")


def _version_of(package: str) -> str:
    code, listing = run(["dpkg-query", "--show", "--showformat", "${Version}\\n", package])
    found = re.match(r"\S+", listing)
    if code or found is None:
        raise BootstrapError(f"The version of {package} could not be asked for.", log=listing)
    return found[0]
