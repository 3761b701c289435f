"""Recognises the service's sentences, in which names and numbers stand, and says them in another language. Pure.

The service speaks English. A form is such a sentence with holes: ``{name}`` is kept as it is; ``{reason*}`` holds words of the
service in their turn, and is translated likewise. ``{hours#}``, in a translation, holds a figure, which gets the language's decimal sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.desktop.language.ts_file import Message

_HOLE: Final = re.compile(r"\{(\w+)([*#]?)\}")
_SPOKEN: Final = "*"
_FIGURE: Final = "#"
_DECIMAL_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_END_OF_SENTENCE: Final = re.compile(r"(?<=[.!?]) ")
_ADDRESS: Final = re.compile(r"https?://\S+")
_DEEPEST: Final = 6
"""Sentences in sentences; what says more than that is not the service's."""


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    translation: str
    spoken_holes: frozenset[str]
    solid_characters: int


class SentenceForms:
    """All forms of one language.

    Args:
        messages: context is the sentence's code, whose forms are tried first; source the English form.
        decimal_sign: of the language.
    """

    def __init__(self, messages: Iterable[Message], *, decimal_sign: str = ".") -> None:
        self._decimal_sign = decimal_sign
        self._all: list[_Form] = []
        self._by_code: dict[str, list[_Form]] = {}
        for each in messages:
            if each.is_finished:
                form = _form(each.source, each.translation[0])
                self._all.append(form)
                self._by_code.setdefault(each.context, []).append(form)
        for forms in (self._all, *self._by_code.values()):
            forms.sort(key=lambda form: -form.solid_characters)

    def said(self, code: str, sentence: str) -> str:
        """Return the sentence in the other language; as it is where nobody has translated it."""
        return self._said(code, sentence, 0) or sentence

    def knows(self, code: str, sentence: str) -> bool:
        """Tell whether there is a translation of the whole sentence, or of all that it consists of."""
        return self._said(code, sentence, 0) is not None

    def _said(self, code: str, sentence: str, depth: int) -> str | None:
        if depth > _DEEPEST:
            return None
        if _ADDRESS.fullmatch(sentence):
            return sentence
        whole = self._fit(code, sentence)
        if whole is not None and _is_plain(whole[1]):
            return _begun_like(sentence, self._filled(*whole, code, depth))
        for end in _END_OF_SENTENCE.finditer(sentence):
            # Only a head that is one sentence: otherwise there would be too many ways to part a long text.
            head = self._fit(code, sentence[: end.start()])
            if head is not None and _is_plain(head[1]):
                tail = self._said(code, sentence[end.end() :], depth + 1)
                if tail is not None:
                    return f"{_begun_like(sentence, self._filled(*head, code, depth))} {tail}"
        return None if whole is None else _begun_like(sentence, self._filled(*whole, code, depth))

    def _fit(self, code: str, sentence: str) -> tuple[_Form, Mapping[str, str]] | None:
        for form in self._forms(code):
            match = form.pattern.fullmatch(sentence)
            if match:
                return form, match.groupdict()
        return None

    def _forms(self, code: str) -> Iterator[_Form]:
        yield from self._by_code.get(code, ())
        yield from self._all  # of an error that was kept, the code is not always known

    def _filled(self, form: _Form, values: Mapping[str, str], code: str, depth: int) -> str:
        told = {
            name: (self._said(code, value, depth + 1) or value) if name in form.spoken_holes else value
            for name, value in values.items()
        }
        # Not str.format: a value may hold braces, and a form may come from a file that somebody edited.
        return _HOLE.sub(lambda hole: self._told(hole, told), form.translation)

    def _told(self, hole: re.Match[str], values: Mapping[str, str]) -> str:
        value = values.get(hole[1], hole[0])
        return _DECIMAL_POINT.sub(self._decimal_sign, value) if hole[2] == _FIGURE else value


def _begun_like(sentence: str, translation: str) -> str:
    """Return a translation that begins with a capital if the sentence does: its first words may come from a hole."""
    is_sentence = sentence[:1].isupper() and sentence.endswith((".", "!", "?"))
    return translation[:1].upper() + translation[1:] if is_sentence else translation


def _is_plain(values: Mapping[str, str]) -> bool:
    """Tell whether no hole has swallowed the end of a sentence."""
    return not any(_END_OF_SENTENCE.search(value) for value in values.values())


def _form(source: str, translation: str) -> _Form:
    pattern, solid, end = "", 0, 0
    spoken: set[str] = set()
    seen: set[str] = set()
    for hole in _HOLE.finditer(source):
        literal = source[end : hole.start()]
        name = hole[1]
        pattern += re.escape(literal) + (f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        seen.add(name)
        solid += len(literal)
        end = hole.end()
        if hole[2] == _SPOKEN:
            spoken.add(name)
    pattern += re.escape(source[end:])
    return _Form(re.compile(pattern, re.DOTALL), translation, frozenset(spoken), solid + len(source) - end)
