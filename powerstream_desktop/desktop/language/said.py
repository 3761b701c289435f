"""The service's sentences in the language that the window speaks. Used on the window's thread."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.language.language import ENGLISH, PSEUDO, Language, current
from powerstream_desktop.desktop.language.pseudo import pseudo
from powerstream_desktop.desktop.language.sentence_forms import SentenceForms
from powerstream_desktop.desktop.language.ts_file import read_ts

FOLDER: Final = "service"
"""Below a language's translations: the service's sentences are not the window's texts."""


def said(code: str, sentence: str) -> str:
    """Return a sentence of the service: a cause, a remedy, a finding, an error's title or hint.

    Args:
        code: of the cause, finding, notice or error; empty if it has none.
        sentence: in English, as it came; plain text.

    Returns:
        The sentence in the window's language; as it came where nobody has translated it, for a sentence in English says more
        than none.
    """
    language = current()
    if language is ENGLISH or not sentence:
        return sentence
    return _said(language, code, sentence)


@lru_cache(maxsize=1000)
def _said(language: Language, code: str, sentence: str) -> str:
    # Remembered: what hinders is told again each second.
    return pseudo(sentence) if language is PSEUDO else forms_of(language).said(code, sentence)


@lru_cache(maxsize=4)
def forms_of(language: Language) -> SentenceForms:
    """Return the sentences that are known in a language."""
    paths = sorted(resource_path(f"translations/{language.code}/{FOLDER}").glob("*.ts"))
    messages = (message for path in paths for message in read_ts(path))
    return SentenceForms(messages, decimal_sign=language.decimal_sign)
