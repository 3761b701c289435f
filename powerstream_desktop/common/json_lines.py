"""The words of one direction between two of our processes, a JSON object a line with its ``type`` (DESIGN 2).

Both ends are the same program, so nothing here is remote input: a line that is not ours raises ``BugError``. Lines may hold a key
or a password, so no error quotes one.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar, cast

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json

Word = TypeVar("Word")


class Vocabulary(Generic[Word]):
    """Writes words as lines, and reads them again. Pure.

    Args:
        direction: what a word is called in errors, such as "command to a camera process".
        words: the union of their classes, frozen dataclasses that name themselves by a ``type`` of one literal.
    """

    def __init__(self, direction: str, words: Any) -> None:
        self._direction = direction
        self._words = words

    def encode(self, word: Word) -> bytes:
        """Return the word as a line. What is secret in it is in the clear: write it to the pipe only."""
        return write_json(to_json(word, reveals_secrets=True)).encode() + b"\n"

    def decode(self, line: bytes) -> Word:
        """Return the word of a line.

        Raises:
            BugError: the line holds none.
        """
        try:
            return cast("Word", from_json(self._words, parse_json(line)))
        except MalformedError as error:
            raise BugError(f"A line is no {self._direction}.", detail=str(error)) from None
