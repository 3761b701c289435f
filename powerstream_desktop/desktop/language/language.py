"""Which language the window speaks. Used on the window's thread, but for ``current``, which any thread may ask."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QLocale

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.language.dictionary import Dictionary, WrittenDictionary
from powerstream_desktop.desktop.language.pseudo import PseudoDictionary
from powerstream_desktop.desktop.language.translator import WindowTranslator
from powerstream_desktop.desktop.language.ts_file import Message, read_ts

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that the window can speak.

    Attributes:
        code: such as ``de``.
        name: what those call it who speak it; plain text.
        decimal_sign: between whole and part of a number.
    """

    code: str
    name: str
    decimal_sign: str = "."


ENGLISH: Final = Language(code="en", name="English")
GERMAN: Final = Language(code="de", name="Deutsch", decimal_sign=",")
PSEUDO: Final = Language(code="qps", name="[Þšéûðö]")
"""For tests only: shows what is not translated, or clipped."""
SYSTEM: Final = "system"
"""As the computer speaks."""

LANGUAGES: Final = (ENGLISH, GERMAN)
"""What a person can choose, beside ``SYSTEM``."""
_KNOWN: Final[Mapping[str, Language]] = {each.code: each for each in (*LANGUAGES, PSEUDO)}

_current = ENGLISH  # Replaced whole, on the window's thread; other threads read it.
_translators: list[WindowTranslator] = []


def current() -> Language:
    """Return the language that the window speaks."""
    return _current


def choose(code: str) -> None:
    """Speak a language from now on; who shows texts hears of it by a ``LanguageChange`` event. Nothing happens if it is spoken.

    Args:
        code: of one of ``LANGUAGES``, or ``SYSTEM``; any other is taken for ``SYSTEM``, for settings outlive versions.
    """
    global _current  # noqa: PLW0603 - there is one window, and it speaks one language
    application = QCoreApplication.instance()
    if application is None:
        return
    language = _KNOWN.get(code) or language_of(QLocale.system().uiLanguages())
    is_first = not _translators or _translators[0].parent() is not application
    if language is _current and not is_first:
        return
    if is_first:
        _translators[:] = [WindowTranslator(application)]
        application.installTranslator(_translators[0])
    _translators[0].use(_dictionary(language), language.code)
    _current = language
    QLocale.setDefault(QLocale(language.code) if language is not PSEUDO else QLocale("en"))
    QCoreApplication.sendEvent(application, QEvent(QEvent.Type.LanguageChange))


def language_of(wishes: Sequence[str]) -> Language:
    """Return the first language that somebody wishes and we speak, else English.

    Args:
        wishes: as the system gives them, the dearest first, such as ``de-AT``.
    """
    codes = (wish.replace("_", "-").split("-")[0].lower() for wish in wishes)
    return next((_KNOWN[code] for code in codes if code in _KNOWN), ENGLISH)


def messages_of(language: Language) -> tuple[Message, ...]:
    """Return all texts of a language; a file that is damaged costs its own texts only, which then appear in English."""
    messages: list[Message] = []
    try:
        paths = sorted(resource_path(f"translations/{language.code}").glob("*.ts"))
    except PowerStreamError as error:
        logger.warning("There is no translation for %s: %s", language.code, error)
        return ()
    for path in paths:
        try:
            messages += read_ts(path)
        except (PowerStreamError, OSError) as error:
            logger.warning("A part of the window stays English: %s (%s)", error, getattr(error, "detail", ""))
    return tuple(messages)


def _dictionary(language: Language) -> Dictionary:
    return PseudoDictionary() if language is PSEUDO else WrittenDictionary(messages_of(language))
