"""The words of a search: what goes into the index and what is asked of it, both by the same rules.

A word is found by its beginning, in any case and with or without its accents: ``cafe`` finds ``Cafés``. Scripts that are
written without blanks (Chinese, Japanese, Thai …) are indexed character by character and found by any part. Nothing that a user
types is ever read as the index's query language: every word is quoted.
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.service.store.plain_letters import plain_letters

MAX_WORDS: Final = 12
"""Of a query; more only make it slow."""

_UNSPACED: Final = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
"""Thai and Lao, Burmese, Khmer, kana, Han."""
_SIGNS_FOR_THE_INDEX: Final = frozenset(map(chr, (*range(0x19B0, 0x19C1), 0x19C8, 0x19C9, 0x1CF2, 0x1CF3)))
"""Letters for Python, and signs between words for SQLite, whose Unicode is older: asked for as words they would find nothing at all."""


def indexed_words(text: str) -> str:
    """Return the words of a text with blanks between them, as the index gets them."""
    return " ".join(" ".join(word) for word in _words(text))


def index_query(text: str, station_id: str | None = None, status: str | None = None) -> str | None:
    """Return the query for all words of ``text``; None if the text has no word in it.

    Args:
        text: as somebody typed it; its words may stand in title, description or labels of markers.
        station_id: only replays of this station.
        status: only those in this state.
    """
    words = [" ".join(word) for word in _words(text)[:MAX_WORDS]]
    if not words:
        return None
    wanted = " AND ".join(f'"{word}"*' for word in words)
    facts = (
        None if station_id is None else station_word(station_id),
        None if status is None else status_word(status),
    )
    asked = [f'facts : "{fact}"' for fact in facts if fact is not None]
    return " AND ".join([f"{{title description markers}} : ({wanted})", *asked])


def station_word(station_id: str) -> str:
    """Return the one word under which the index knows a station; no tokenizer takes it apart."""
    return "s" + station_id.encode("utf-8", "surrogatepass").hex()


def status_word(status: str) -> str:
    """Return the one word under which the index knows how a replay's file is."""
    return "t" + status


def _words(text: str) -> list[list[str]]:
    """Return the words; one in an unspaced script as its characters, any other as one piece."""
    words: list[list[str]] = []
    for run in "".join(c if _is_letter(c) else " " for c in plain_letters(text)).split():
        pieces: list[str] = []
        for character in run:
            if _is_unspaced(character) or not pieces or _is_unspaced(pieces[-1][-1]):
                pieces.append(character)
            else:
                pieces[-1] += character
        words.append(pieces)
    return words


def _is_letter(character: str) -> bool:
    return character.isalnum() and character not in _SIGNS_FOR_THE_INDEX


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return code >= _UNSPACED[0][0] and any(first <= code <= last for first, last in _UNSPACED)
