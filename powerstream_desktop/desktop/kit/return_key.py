"""Return presses what has the keyboard, as Space does."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

_RETURN: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def pressed_by_return(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button if the key is Return, once for as long as it is held; tell whether it is."""
    if event.key() not in _RETURN:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
