"""The words of one direction between two of our processes, a JSON object a line with its ``type`` (DESIGN 2).

Both ends are the same program, so nothing here is remote input: a line that is not ours raises ``BugError``. Lines may hold a key
or a password, so no error quotes one, nor carries the decoder's own words, which would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Generic, Self, TypeVar, cast

from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError

Word = TypeVar("Word")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """An error of the process that reports it, in the words for people; its technical detail stays in that one's log."""

    title: str
    hint: str
    fault: Fault

    @classmethod
    def of(cls, error: PowerStreamError) -> Self:
        """Make the report of an error."""
        return cls(title=error.title, hint=error.hint, fault=error.fault)

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> Self:
        """Make the report of its JSON object; a reader for a ``Vocabulary``."""
        return cls(**{**fields, "fault": Fault(fields["fault"])})


class Vocabulary(Generic[Word]):
    """Writes words, which are flat dataclasses, as lines, and reads them again. Pure.

    Args:
        direction: what a word is called in errors, such as "command to the engine".
        kinds: every class of words by its ``type``.
        writers: for words with fields that JSON does not know: makes the JSON object.
        readers: makes such a word of its JSON object; may raise KeyError, TypeError or ValueError for a malformed one.
    """

    def __init__(
        self,
        direction: str,
        kinds: Mapping[str, type[Word]],
        *,
        writers: Mapping[type, Callable[[Any], dict[str, Any]]] | None = None,
        readers: Mapping[type, Callable[[dict[str, Any]], Word]] | None = None,
    ) -> None:
        self._direction = direction
        self._kinds = kinds
        self._names = {kind: name for name, kind in kinds.items()}
        self._writers = writers or {}
        self._readers = readers or {}

    def encode(self, word: Word) -> bytes:
        """Return the word as a line. What is secret in it is in the clear: write it to the pipe only."""
        kind = type(word)
        body = self._writers[kind](word) if kind in self._writers else asdict(cast("Any", word))
        text = json.dumps({"type": self._names[kind], **body}, ensure_ascii=True, separators=(",", ":"))
        return text.encode() + b"\n"

    def decode(self, line: bytes) -> Word:
        """Return the word of a line.

        Raises:
            BugError: the line holds none.
            PowerStreamError: a reader's own, about what the word asks for.
        """
        try:
            body = json.loads(line)
            name = str(body.pop("type"))
        except (ValueError, AttributeError, KeyError, TypeError):
            raise BugError(
                f"A line that should be a {self._direction} is not a JSON object with a type."
            ) from None
        kind = self._kinds.get(name)
        if kind is None:
            raise BugError(f"There is no {self._direction} of this name: {name!r}.")
        try:
            return self._readers[kind](body) if kind in self._readers else kind(**body)
        except (KeyError, TypeError, ValueError):
            raise BugError(f"A {self._direction} is malformed: {name!r}.") from None
