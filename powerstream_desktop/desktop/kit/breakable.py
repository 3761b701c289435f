"""Words too long for a line, such as an address or a name without blanks: where they may go on in the next one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTextBoundaryFinder

_LONGEST: Final = 40
"""Letters of a word that stays whole: longer than any of a sentence of ours, in any language."""
_PIECE: Final = 8
_MAY_BREAK: Final = "\u200b"
"""Zero width space."""


def breakable(text: str) -> str:
    """Return a text whose long words may be broken; it looks the same where there is room."""
    if len(text) <= _LONGEST:
        return text
    return "\n".join(
        " ".join(_in_pieces(word) if len(word) > _LONGEST else word for word in line.split(" "))
        for line in text.split("\n")
    )


def _in_pieces(word: str) -> str:
    """Allow a break after every few letters; never within one, such as a flag that is made of two characters."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, word)
    units = word.encode("utf-16-le", "surrogatepass")  # the finder counts as Qt does
    pieces, began, letters = [], 0, 0
    while (end := finder.toNextBoundary()) != -1:
        letters += 1
        if letters % _PIECE == 0 or 2 * end == len(units):
            pieces.append(units[2 * began : 2 * end].decode("utf-16-le", "surrogatepass"))
            began = end
    return _MAY_BREAK.join(pieces)
