"""Durations, sizes and foreign names as people read them."""

from __future__ import annotations

import unicodedata
from typing import Final


def duration_text(seconds: float) -> str:
    """Return ``hh:mm:ss``."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02}:{whole % 3600 // 60:02}:{whole % 60:02}"


def size_text(size_bytes: int) -> str:
    """Return a size with one decimal in the largest unit that keeps it above 1, in powers of 1000."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


_JOINER = "\u200d"
"""Holds many an emoji together; Unicode calls it a format character, but no terminal obeys it."""


def printable_text(text: str) -> str:
    """Return ``text`` in one line that no terminal obeys: a file's name may hold line ends and escape sequences."""
    return "".join(
        character if character.isprintable() or character == _JOINER else "�" for character in text
    )


_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, halves of characters, line and paragraph ends. Joiners stay: families and flags are made with them."""
_BIDI_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the text that follows around, and with it the rest of the line in which the name is shown."""


def can_be_name(text: str) -> bool:
    """Tell whether a name that somebody typed can be shown anywhere within a line, and leaves the rest of the line alone."""
    return not any(
        character in _BIDI_OVERRIDES or unicodedata.category(character) in _UNPRINTABLE for character in text
    )


def name_text(text: str) -> str:
    """Return what comes closest to a text and can be a name, as ``can_be_name`` has it."""
    return "".join(character if can_be_name(character) else "�" for character in text)
