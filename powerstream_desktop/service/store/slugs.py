"""Slugs: what a station is called in addresses, made from its name.

Letters of every script stay letters; accents of Latin ones go, so that ``Café Zürich`` becomes ``cafe-zurich`` and
``放送局`` stays ``放送局``. A slug is also a folder's name (HLS), so no system may take it for anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from powerstream_desktop.service.store.plain_letters import plain_letters

MAX_CHARACTERS: Final = 60
"""Of at most four bytes each, so that a file system's 255 bytes suffice."""

NAMELESS: Final = "station"

_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""What Windows takes for a device, in any folder."""


def slug_of(name: str) -> str:
    """Return the slug for a name: letters, digits and single hyphens, 1 to 60 characters; that of a slug is itself."""
    letters = [character if character.isalnum() else "-" for character in plain_letters(name)]
    words = "".join(letters).split("-")
    slug = "-".join(word for word in words if word)[:MAX_CHARACTERS].strip("-")
    if not slug:
        return NAMELESS
    return f"{NAMELESS}-{slug}" if slug in _DEVICES else slug


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """Return ``wanted``, or with the first number behind it that makes it free: ``news``, ``news-2``, ``news-3``."""
    slug, number = wanted, 1
    while is_taken(slug):
        number += 1
        end = f"-{number}"
        slug = wanted[: MAX_CHARACTERS - len(end)].rstrip("-") + end
    return slug
