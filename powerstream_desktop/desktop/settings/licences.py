"""Which programs of others are part of this one, and under which licences: as their own packages say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from typing import Final

PROGRAM: Final = "powerstream-desktop"
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")
_CLASSIFIER: Final = "License :: OSI Approved :: "
_MAX_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One package.

    Attributes:
        name: of the package.
        version: that is installed.
        licence: in the package's own words; empty where it says none.
    """

    name: str
    version: str
    licence: str


def installed_licences(program: str = PROGRAM) -> tuple[Licence, ...]:
    """Return all packages that the program needs, directly or not, and that are installed. Blocks for some milliseconds."""
    found: dict[str, Licence] = {}
    wanted = list(_needs(program))
    while wanted:
        name = wanted.pop()
        key = _normal(name)
        if key in found:
            continue
        try:
            package = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        found[key] = Licence(
            name=package["Name"] or name, version=package["Version"] or "", licence=_licence(package)
        )
        wanted += _needs(name)
    found.pop(_normal(program), None)
    return tuple(sorted(found.values(), key=lambda each: each.name.casefold()))


def _needs(name: str) -> Iterable[str]:
    try:
        requirements = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in requirements:
        if "extra ==" not in requirement and (match := _NAME.match(requirement)) is not None:
            yield match[0]


def _licence(package: metadata.PackageMetadata) -> str:
    """Return the short form; some packages put the whole text where its name belongs."""
    classifiers = [
        each.removeprefix(_CLASSIFIER)
        for each in package.get_all("Classifier") or []
        if each.startswith(_CLASSIFIER)
    ]
    free = _said(package, "License")
    short = free if "\n" not in free and len(free) <= _MAX_CHARACTERS else ""
    return _said(package, "License-Expression") or ", ".join(classifiers) or short


def _said(package: metadata.PackageMetadata, field: str) -> str:
    return str(package[field] or "").strip() if field in package else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()
