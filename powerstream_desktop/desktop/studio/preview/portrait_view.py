"""The portrait rendition beside the program: the part of the landscape picture that it shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.preview.canvas_fit import canvas_in
from powerstream_desktop.desktop.studio.preview.preview_view import PreviewView
from powerstream_desktop.desktop.studio.scenery.box import Box

PORTRAIT_ASPECT: Final = 9 / 16
"""Of all the sizes that the portrait rendition can have."""
_CORNER_PX: Final = 8.0
_GROUND: Final = QColor(0, 0, 0)
_WORDS: Final = QColor(154, 166, 182)


class PortraitView(QWidget):
    """Follows a preview.

    Args:
        preview: whose pictures it cuts.
        parent: the page.
    """

    def __init__(self, preview: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._window: Box | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Portrait"))
        preview.pictured.connect(self.update)
        preview.fit_changed.connect(self.updateGeometry)

    def show_window(self, window: Box | None) -> None:
        """Show this part of the landscape picture; None when the scene has a portrait layout of its own."""
        self._window = window
        self.setAccessibleDescription(
            self._sentence() or self.tr("What the audience sees on upright screens.")
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size as high as the program's picture."""
        height = max(135, round(self._preview.fit.height))
        return QSize(round(height * PORTRAIT_ASPECT), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part, or why there is none."""
        fit = canvas_in(self.width(), self.height(), PORTRAIT_ASPECT)
        target = QRectF(fit.left, fit.top, fit.width, fit.height)
        with QPainter(self) as painter:
            self._paint(painter, target)

    def _paint(self, painter: QPainter, target: QRectF) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rounded = QPainterPath()
        rounded.addRoundedRect(target, _CORNER_PX, _CORNER_PX)
        painter.setClipPath(rounded)
        painter.fillRect(target, _GROUND)
        image = self._preview.image
        if self._window is not None and not image.isNull():
            part = QRectF(
                self._window.x * image.width(),
                self._window.y * image.height(),
                self._window.width * image.width(),
                self._window.height * image.height(),
            )
            painter.drawImage(target, image, part)
        elif self._window is None:
            painter.setPen(_WORDS)
            painter.drawText(
                target.adjusted(8, 8, -8, -8),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self._sentence(),
            )
        painter.setClipping(False)
        painter.setPen(QPen(look().palette.line, 1))
        painter.drawRoundedRect(target.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER_PX, _CORNER_PX)

    def _sentence(self) -> str:
        if self._window is not None:
            return ""
        return self.tr("This scene has a portrait layout of its own. It is on air, but not shown here.")
