"""Finds the translation of a text of the window. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from powerstream_desktop.desktop.language.ts_file import Message


class Dictionary(Protocol):
    """Knows one language."""

    def look_up(self, context: str, source: str, comment: str = "", count: int = -1, /) -> str | None:
        """Return the translation; None when there is none.

        Args:
            context: where the text stands.
            source: the text in the code.
            comment: tells apart two meanings.
            count: of what is counted; -1 in a text without a number. ``%n`` is left for Qt to fill in.
        """
        ...


class WrittenDictionary:
    """Translations that somebody has written; unfinished ones are left out.

    Args:
        messages: of all files of the language.
    """

    def __init__(self, messages: Iterable[Message]) -> None:
        self._by_context: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._anywhere: dict[tuple[str, str], tuple[str, ...]] = {}
        for each in messages:
            if each.is_finished and each.translation:
                self._by_context[each.context, each.source, each.comment] = each.translation
                self._anywhere.setdefault((each.source, each.comment), each.translation)

    def look_up(self, context: str, source: str, comment: str = "", count: int = -1, /) -> str | None:
        """See ``Dictionary``.

        Qt asks for the texts of a base class in the name of the class that is made of it, so that a text which is unknown in its
        context is looked for in the others.
        """
        forms = self._by_context.get((context, source, comment)) or self._anywhere.get((source, comment))
        if forms is None:
            return None
        # English and German alike: one, or any other number.
        return forms[0] if len(forms) == 1 or count == 1 else forms[1]
