"""How this very program is started once more in another role: engine, camera, sound, service."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

PROGRAM: Final = "powerstream_desktop"
"""The package that runs as a program."""


def own_command(role: str, *, module: str | None = None) -> tuple[str, ...]:
    """Return what starts this program in a role, also when it is frozen into one file.

    Args:
        role: the subcommand that plays it, such as ``engine``.
        module: one that plays the same role when run alone; saves a process that is started often the loading of the command line.
            A frozen program has no such short cut.
    """
    if getattr(sys, "frozen", False):
        return (sys.executable, role)
    if module is not None:
        return (sys.executable, "-m", module)
    return (sys.executable, "-m", PROGRAM, role)


def role_of(argv: Sequence[str]) -> str:
    """Return the role that a process plays which was started with ``argv``, as ``own_command`` has it; empty for another program."""
    match list(argv):
        case [_, "-m", module, role, *_] if module == PROGRAM:
            return role
        case [_, "-m", module, *_] if module.startswith(f"{PROGRAM}."):
            return module.rpartition(".")[2].removesuffix("_worker")
        case [program, role, *_] if getattr(sys, "frozen", False) and program == sys.executable:
            return role
    return ""
