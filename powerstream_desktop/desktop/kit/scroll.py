"""A part of a page that scrolls when it is higher than its room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class Scroll(QScrollArea):
    """Shows its body as high as it wants to be, and scrolls when it cannot. The keyboard's focus drags what it reaches into sight.

    Args:
        width_px: how wide it will be; 0 when that is not known before it is shown. Words that wrap need it to know their height.
        parent: where it is shown.

    Attributes:
        body: what scrolls.
    """

    def __init__(self, width_px: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width_px = width_px
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._canvas = QWidget()
        self._canvas.setProperty("canvas", "true")
        self.body = QVBoxLayout(self._canvas)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._canvas)

    def sizeHint(self) -> QSize:
        """See ``QWidget``: as large as the body wants to be."""
        hint = self._canvas.sizeHint()
        width_px = self.viewport().width() if self.isVisible() else self._width_px
        if self._canvas.hasHeightForWidth() and width_px > 0:
            hint.setHeight(self._canvas.heightForWidth(width_px))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See ``QWidget``: another width is another height for words that wrap."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._canvas.hasHeightForWidth():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """See ``QWidget``: as wide as the body must be, and as low as may be."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(
            self._canvas.minimumSizeHint().width() + bar, min(120, self._canvas.minimumSizeHint().height())
        )
