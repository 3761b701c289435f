"""A line in which a name is typed in the place of what is named."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from powerstream_desktop.desktop.studio.scenery.names import MAX_NAME_CHARACTERS


class NameLine(QLineEdit):
    """Lives until the name is given: Return or another place for the keyboard gives it, Escape does not.

    Args:
        name: as it is.
        accessible_name: whose name it is.
        parent: where it is shown.
    """

    named = Signal(str)
    """The name without blanks around it; empty when it was given up. Emitted once; the line goes then."""

    def __init__(self, name: str, accessible_name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._is_over = False
        self.setMaxLength(MAX_NAME_CHARACTERS)
        self.setAccessibleName(accessible_name)
        self.selectAll()
        self.returnPressed.connect(lambda: self._end(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        if event.key() == Qt.Key.Key_Escape:
            self._end("")
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """See ``QWidget``; its own menu takes the focus, too, and ends nothing."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._end(self.text())

    def _end(self, name: str) -> None:
        if not self._is_over:
            self._is_over = True
            self.hide()
            self.deleteLater()
            self.named.emit(name.strip())
