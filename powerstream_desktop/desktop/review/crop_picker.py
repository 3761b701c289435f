"""Where the upright part of a picture lies: dragged over a still, or moved by the arrow keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.studio.preview.canvas_fit import CanvasFit, canvas_in, portrait_share

UPRIGHT: Final = 9 / 16
_STEP: Final = 0.01
_FAR: Final = 10
_SHADE: Final = QColor(0, 0, 0, 150)
_USUAL_ASPECT: Final = 16 / 9


class CropPicker(QWidget):
    """Shows a picture and the part of it that is kept.

    Args:
        image: the picture; may be null.
        parent: the sheet.
    """

    def __init__(self, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._aspect = _USUAL_ASPECT if image.isNull() else image.width() / image.height()
        self._centre = 0.5
        self._grabbed_at: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Part that is kept"))
        self.setToolTip(self.tr("Drag it, or move it with the arrow keys."))
        self._tell()

    @property
    def centre_x(self) -> float:
        """Where the middle of the part is, 0 (left) to 1."""
        return self._centre

    @property
    def _share(self) -> float:
        return portrait_share(self._aspect, UPRIGHT)

    @property
    def _fit(self) -> CanvasFit:
        return canvas_in(self.width(), self.height(), self._aspect)

    def sizeHint(self) -> QSize:
        """Return a size in the picture's proportions."""
        return QSize(420, round(420 / max(self._aspect, 1.0)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the part; beside it, bring it there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        x = self._fit.share_of(event.position().x(), 0)[0]
        if abs(x - self._centre) > self._share / 2:
            self._move_to(x)
        self._grabbed_at = x - self._centre

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._grabbed_at is not None:
            self._move_to(self._fit.share_of(event.position().x(), 0)[0] - self._grabbed_at)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Leave it there."""
        self._grabbed_at = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move it by keys; with Shift, ten times as far."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        far = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._move_to(self._centre + way * far * _STEP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, and darken what is cut away."""
        fit = self._fit
        target = QRectF(fit.left, fit.top, fit.width, fit.height)
        kept = QRectF(
            fit.point_of(self._centre - self._share / 2, 0)[0], fit.top, self._share * fit.width, fit.height
        )
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.fillRect(target, QColor(Qt.GlobalColor.black))
            if not self._image.isNull():
                painter.drawImage(target, self._image)
            outside = QPainterPath()
            outside.addRect(target)
            outside.addRect(kept)  # the odd-even rule leaves a hole
            painter.fillPath(outside, _SHADE)
            palette = look().palette
            painter.setPen(QPen(palette.text if self.hasFocus() else palette.accent, 2))
            painter.drawRect(kept.adjusted(1, 1, -1, -1))

    def _move_to(self, centre: float) -> None:
        half = self._share / 2
        self._centre = min(1 - half, max(half, centre))
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{round(self._centre * 100)} %")
