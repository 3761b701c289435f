"""Names for what is new, so that no two are called the same. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

MAX_NAME_CHARACTERS: Final = 80
"""More the engine refuses."""


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a name that nothing has: the wanted one, or with a number behind it.

    Args:
        wanted: at least one character.
        taken: all that there are.
    """
    name, number = wanted[:MAX_NAME_CHARACTERS], 1
    while name in taken:
        number += 1
        ending = f" {number}"
        name = wanted[: MAX_NAME_CHARACTERS - len(ending)] + ending
    return name
