"""A language that nobody speaks: English with marks on it, and longer, so that a test sees what is not translated, or clipped. Pure."""

from __future__ import annotations

import math
import re
from typing import Final

LONGER_BY: Final = 0.4
"""So much more room do other languages take; the usual rule for texts of this length."""

_MARKED: Final = str.maketrans(
    "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz",
    "ÅÇÐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽåçðéĝĥîĵķļñöŕšţûŵýž",
)
# What a program fills in, a mnemonic with its letter, an entity: all stay as they are.
_KEPT: Final = re.compile(r"(\{[^{}]*\}|%L?n|%\d|&\w)")


class PseudoDictionary:
    """See ``Dictionary``: knows every text."""

    def look_up(self, _context: str, source: str, _comment: str = "", _count: int = -1, /) -> str | None:
        """See ``Dictionary``."""
        return pseudo(source)


def pseudo(text: str) -> str:
    """Return the text with marks, in brackets, and longer by ``LONGER_BY``; signs without a letter stay as they are."""
    letters = sum(character.isalpha() for character in _KEPT.sub("", text))
    if not letters:
        return text
    marked = "".join(
        piece if number % 2 else piece.translate(_MARKED) for number, piece in enumerate(_KEPT.split(text))
    )
    longer = math.ceil(LONGER_BY * letters) - len("[]")
    return f"[{marked}{' ' + '~' * (longer - 1) if longer > 1 else ''}]"
