"""Boxes that the wheel passes over: a page that scrolls must not change what it scrolls by."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox


class CalmSpinBox(QSpinBox):
    """A number; typed or stepped by keys and arrows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See ``QWidget``."""
        event.ignore()


class CalmComboBox(QComboBox):
    """A choice; opened by click or key.

    Args:
        accessible_name: what is chosen; its list is called the same.
    """

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(accessible_name)
        self.view().setAccessibleName(accessible_name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See ``QWidget``."""
        event.ignore()
