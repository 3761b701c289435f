"""A thin line between two things."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.look.look import look


class Rule(QWidget):
    """A line, as long as there is room.

    Args:
        direction: how it lies.
        parent: where it is shown.
    """

    def __init__(
        self, direction: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        along, across = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        is_level = direction is Qt.Orientation.Horizontal
        self.setSizePolicy(along if is_level else across, across if is_level else along)

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        return QSize(1, 1)

    def paintEvent(self, _: QPaintEvent) -> None:
        """See ``QWidget``."""
        QPainter(self).fillRect(self.rect(), look().palette.line)
