"""Who else's work is in the package: what is installed by the runtime lock, its licences, and their texts."""

from __future__ import annotations

import json
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, distributions
from pathlib import Path
from typing import Final

from installer.environment import ROOT, RUNTIME_LOCK
from installer.package.contents import MODULES_LEFT_OUT
from installer.package.system_parts import SystemPart
from installer.steps import BootstrapError

LICENCES: Final = ROOT / "installer" / "licences"
_LEGAL_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_WITHOUT_TEXT: Final = {
    "pyside6-addons": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
"""Distributions that leave their licence's text to others."""
_SHORT_TEXT: Final = 120
"""Characters up to which a distribution's field "License" names a licence; longer ones hold its whole text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the distributions that the program is made with."""

    name: str
    """As the registry knows it, such as "pyside6-essentials"."""
    version: str
    licence: str
    """What its author calls it: an SPDX expression, or a name."""
    is_spdx: bool
    """``licence`` is an SPDX expression."""
    home_page: str
    texts: tuple[Path, ...]
    """Licences and notices, where they are installed."""
    parts: tuple[tuple[str, str, str], ...]
    """Name, version and package URL of what its author has put into it, where he says so."""


def canonical(name: str) -> str:
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names(lock: str) -> frozenset[str]:
    """Return the names that a lock file pins."""
    return frozenset(canonical(name) for name in re.findall(r"^([A-Za-z0-9_.\-]+)==", lock, re.MULTILINE))


def find_parts(site_packages: Path) -> list[Part]:
    """Return the runtime's distributions that are installed, by name.

    Raises:
        BootstrapError: one of them comes without its licence's text.
    """
    names = locked_names(RUNTIME_LOCK.read_text(encoding="utf-8"))
    installed = distributions(path=[str(site_packages)])
    parts = [
        part_of(each)
        for each in installed
        if canonical(each.metadata["Name"]) in names and not is_left_out(each)
    ]
    without = sorted(part.name for part in parts if not part.texts)
    if without:
        raise BootstrapError(
            f"No licence text came with {', '.join(without)}: name it in third_parties.py, with the text in installer/licences."
        )
    return sorted(parts, key=lambda part: part.name)


def is_left_out(distribution: Distribution) -> bool:
    """Return whether nothing of a distribution goes into the package."""
    tops = {
        file.parts[0] for file in distribution.files or [] if file.suffix == ".py" and ".." not in file.parts
    }
    return bool(tops) and tops <= set(MODULES_LEFT_OUT)


def part_of(distribution: Distribution) -> Part:
    """Read what a distribution says of itself."""
    metadata = distribution.metadata
    name = canonical(metadata["Name"])
    licence, is_spdx = _licence_in(
        _said(metadata, "License-Expression"),
        _said(metadata, "License"),
        metadata.get_all("Classifier") or [],
    )
    files = [
        Path(str(file.locate())) for file in distribution.files or [] if ".dist-info/" in file.as_posix()
    ]
    return Part(
        name=name,
        version=distribution.version,
        licence=licence,
        is_spdx=is_spdx,
        home_page=_home_page(_said(metadata, "Home-page"), metadata.get_all("Project-URL") or []),
        texts=tuple(sorted(file for file in files if _LEGAL_FILE.search(file.name)))
        or tuple(_own_text(text) for text in _WITHOUT_TEXT.get(name, ())),
        parts=_said_parts(file for file in files if file.parent.name == "sboms" and file.suffix == ".json"),
    )


def _said(metadata: PackageMetadata, field: str) -> str:
    return next(iter(metadata.get_all(field) or []), "")


def _licence_in(expression: str, field: str, classifiers: Sequence[str]) -> tuple[str, bool]:
    if expression:
        return expression, True
    if field and len(field) <= _SHORT_TEXT:
        return field, False
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License :: ")]
    return " or ".join(named) or "see its text", False


def _home_page(field: str, urls: Sequence[str]) -> str:
    named = dict(url.split(", ", 1) for url in urls if ", " in url)
    order = ("Source", "Source Code", "Repository", "Homepage", "Home")
    return next((named[name] for name in order if name in named), field or next(iter(named.values()), ""))


def _own_text(name: str) -> Path:
    return ROOT / "LICENSE" if name == "GPL-3.0.txt" else LICENCES / name


def _said_parts(files: Iterable[Path]) -> tuple[tuple[str, str, str], ...]:
    """Read the lists of parts that come with a distribution; one that cannot be read tells nothing."""
    found: set[tuple[str, str, str]] = set()
    for file in files:
        try:
            components = json.loads(file.read_text(encoding="utf-8")).get("components", [])
            found |= {
                (each["name"], str(each.get("version", "")), each.get("purl", "")) for each in components
            }
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            continue
    return tuple(sorted(found))


def write_texts(folder: Path, parts: Sequence[Part], systems: Sequence[SystemPart]) -> None:
    """Write everybody's licence and notices below ``folder``, with a page that lists them."""
    for system in systems:
        own = folder / f"{system.name}-{system.version.replace(':', '-')}"
        own.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(system.text, own / system.text.name)
    for part in parts:
        own = folder / f"{part.name}-{part.version}"
        own.mkdir(parents=True, exist_ok=True)
        for text in part.texts:
            shutil.copyfile(text, _free_name(own, text.name))
    python = folder / f"python-{sys.version.split()[0]}"
    python.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_pythons_licence(), python / "LICENSE.txt")
    for text in (*sorted(LICENCES.glob("*.txt")), ROOT / "LICENSE"):
        shutil.copyfile(text, folder / ("GPL-3.0.txt" if text.name == "LICENSE" else text.name))
    (folder / "README.md").write_text(list_of(parts, systems), encoding="utf-8")


def _free_name(folder: Path, name: str) -> Path:
    """Return a name that nothing has yet: NumPy has many files called LICENSE.md."""
    path = Path(name)
    names = [name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, 100))]
    return next(folder / each for each in names if not (folder / each).exists())


def _pythons_licence() -> Path:
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path("/usr/share/doc/python3.11/copyright")]
    for place in places:
        if place.is_file():
            return place
    raise BootstrapError("Python's own licence is not where it is installed.")


def list_of(parts: Sequence[Part], systems: Sequence[SystemPart]) -> str:
    """Return the page that lists everybody, with what follows from the licences of Qt and FFmpeg."""
    head = (LICENCES / "third_parties.md").read_text(encoding="utf-8")
    rows = [f"| [{part.name}]({part.home_page}) | {part.version} | {part.licence} |" for part in parts]
    rows += [f"| {system.name} ({system.system}) | {system.version} | see its text |" for system in systems]
    return "\n".join([head.rstrip(), "", "| part | version | licence |", "| --- | --- | --- |", *rows, ""])
