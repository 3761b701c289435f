"""One spelling for what people take for the same letters: small, composed, without the accents of European scripts."""

from __future__ import annotations

import unicodedata
from typing import Final

_FIRST_ACCENT: Final = "\u0300"
_LAST_ACCENT: Final = "\u036f"


def plain_letters(text: str) -> str:
    """Return ``text`` in that spelling; that of the result is itself."""
    spelt = unicodedata.normalize("NFKC", text)
    while True:
        once_more = _without_accents(spelt)
        if once_more == spelt:
            return spelt
        spelt = once_more  # a few letters fold into what can be folded again


def _without_accents(text: str) -> str:
    spelt = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in spelt if not _FIRST_ACCENT <= character <= _LAST_ACCENT)
    return unicodedata.normalize("NFKC", bare)
