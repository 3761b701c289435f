"""Finds out what the program's folder needs of a Debian system: the libraries that its own files name and that are not in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installer.steps import BootstrapError, run

LOADED_BY_NAME: Final = ("libpulse.so.0",)
"""Libraries that no file names: SoundCard opens the sound server's by itself."""
NEEDED_FILES: Final = ("ca-certificates",)
"""Packages of which no library is used: without these no platform's certificate is believed, and no key is sent."""
_ELF: Final = b"\x7fELF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What binaries ask of the system."""

    libraries: frozenset[str]
    """By the names that the loader looks for, such as "libX11.so.6"."""
    glibc: tuple[int, ...]
    """The newest version of the C library that something asks for, such as (2, 36)."""


def needs_in(objdump: str) -> Needs:
    """Read the answer of ``objdump -p`` about any number of files."""
    libraries = frozenset(re.findall(r"^\s+NEEDED\s+(\S+)$", objdump, re.MULTILINE))
    versions = {
        tuple(int(number) for number in said.split(".")) for said in re.findall(r"\bGLIBC_([\d.]+)", objdump)
    }
    return Needs(libraries=libraries, glibc=max(versions, default=(2, 0)))


def binaries_below(folder: Path) -> list[Path]:
    """Return the programs and libraries below a folder; links are followed by nobody."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _ELF:
                    found.append(path)
    return found


def system_needs(folder: Path) -> Needs:
    """Return what the files below a folder need and do not bring along."""
    binaries = binaries_below(folder)
    code, text = run(["objdump", "-p", *binaries])
    if code:
        raise BootstrapError("The program's libraries could not be looked at.", log=text)
    asked = needs_in(text)
    own = {path.name for path in folder.rglob("*")}
    return Needs(libraries=(asked.libraries | frozenset(LOADED_BY_NAME)) - own, glibc=asked.glibc)


def depends_on(needs: Needs, owners: Mapping[str, str]) -> list[str]:
    """Return the ``Depends`` of a package.

    Args:
        needs: what the package's files need.
        owners: the Debian package that each library comes with.

    Raises:
        BootstrapError: nobody knows where a library comes from.
    """
    strangers = sorted(needs.libraries - set(owners))
    if strangers:
        raise BootstrapError(
            f"No installed Debian package has {', '.join(strangers)}: the program would not start elsewhere."
        )
    glibc = ".".join(str(number) for number in needs.glibc)
    names = {owners[library] for library in needs.libraries} - {"libc6"}
    return [f"libc6 (>= {glibc})", *sorted({*names, *NEEDED_FILES})]


def owners_of(libraries: Iterable[str]) -> dict[str, str]:
    """Return the installed Debian package of each library; what none has is left out."""
    # The exit code says that one of them was not found; which one, the answer tells by its silence.
    _, listing = run(["dpkg-query", "--search", *(f"*/{library}" for library in sorted(libraries))])
    return owners_in(listing)


def owners_in(listing: str) -> dict[str, str]:
    """Return the package of each file name that ``dpkg-query --search`` lists.

    Of several packages with the same name in them, the one that has it in the plain library folder.
    """
    owners: dict[str, str] = {}
    for line in listing.splitlines():
        found = re.fullmatch(r"(?!diversion )([^:,]+)[^/]*: (/.+/)([^/]+)", line)
        if found is None:
            continue
        package, folder, library = found.groups()
        if library not in owners or re.fullmatch(r"(/usr)?/lib/[^/]+/", folder):
            owners[library] = package
    return owners
