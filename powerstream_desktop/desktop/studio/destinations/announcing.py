"""Tells who cannot see the window what has changed in it."""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> bool:
    """Have a screen reader say something, where one listens and Qt knows how (6.8).

    Args:
        widget: to which it belongs.
        sentence: plain text.

    Returns:
        Whether somebody was told.
    """
    event = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if event is None or not QAccessible.isActive():
        return False
    QAccessible.updateAccessibility(event(widget, sentence))
    return True
