"""Shortcuts as they are written on the keyboards of those who speak the window's language."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from powerstream_desktop.common.key_combination import KeyCombination

_WORDS: Final = (
    QT_TRANSLATE_NOOP("Keys", "Ctrl"),
    QT_TRANSLATE_NOOP("Keys", "Shift"),
    QT_TRANSLATE_NOOP("Keys", "Space"),
    QT_TRANSLATE_NOOP("Keys", "Insert"),
    QT_TRANSLATE_NOOP("Keys", "Delete"),
    QT_TRANSLATE_NOOP("Keys", "Home"),
    QT_TRANSLATE_NOOP("Keys", "End"),
    QT_TRANSLATE_NOOP("Keys", "Page Up"),
    QT_TRANSLATE_NOOP("Keys", "Page Down"),
    QT_TRANSLATE_NOOP("Keys", "Print"),
)
_BETWEEN: Final = "+"


def key_words(keys: KeyCombination, system: str = sys.platform) -> str:
    """Return a combination as people of a system and a language know it: ``Ctrl+Alt+M``, in German ``Strg+Alt+M``.

    Args:
        keys: the combination.
        system: as ``sys.platform`` has it.
    """
    return _BETWEEN.join(map(_word, keys.shown(system).split(_BETWEEN)))


def _word(part: str) -> str:
    return QCoreApplication.translate("Keys", part) if part in _WORDS else part
