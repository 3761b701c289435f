"""The program's picture in a widget, and a sentence over it while there is none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.studio.preview.canvas_fit import CanvasFit, canvas_in
from powerstream_desktop.desktop.studio.preview.preview_watch import PreviewWatch
from powerstream_desktop.desktop.studio.preview.preview_words import preview_sentence
from powerstream_desktop.desktop.studio.preview.state import PreviewState
from powerstream_desktop.desktop.studio.scenery.box import Box

_USUAL_ASPECT: Final = 16 / 9
_CORNER_PX: Final = 8.0
_VEIL: Final = QColor(0, 0, 0, 165)
_GROUND: Final = QColor(0, 0, 0)
_SHADE: Final = QColor(0, 0, 0, 60)
_WORDS: Final = QColor(232, 236, 242)
_ALMOST_PX: Final = 2.0


class PreviewView(QWidget):
    """Shows the program while it is seen, and has nothing made of it while it is not.

    Args:
        surroundings: what the window lends.
        parent: the page.
        watch: where pictures come from; by default the engine's ring.
    """

    fit_changed = Signal()
    pictured = Signal()

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, *, watch: PreviewWatch | None = None
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._image = QImage()
        self._aspect = _USUAL_ASPECT
        self._window: Box | None = None
        self._hint = ""
        self._watch = watch or PreviewWatch(surroundings, self)
        self._watch.pictured.connect(self._show_picture)
        self._watch.state_changed.connect(self._show_state)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Program"))
        look().changed.connect(self.update)
        self._show_state()

    @property
    def fit(self) -> CanvasFit:
        """Where the canvas lies in it."""
        return canvas_in(self.width(), self.height(), self._aspect)

    @property
    def image(self) -> QImage:
        """The newest picture; null before the first."""
        return self._image

    @property
    def aspect(self) -> float:
        """The canvas's width divided by its height."""
        return self._aspect

    @property
    def is_watching(self) -> bool:
        """Pictures are asked for."""
        return self._watch.is_watching

    def watch(self) -> None:
        """Have pictures made; the widget does so by itself when it is shown."""
        self._watch.start(self._wanted_size())

    def rest(self) -> None:
        """Have none made any more, as while the window is minimised."""
        self._watch.stop()

    def show_window(self, window: Box | None) -> None:
        """Darken what the portrait rendition does not see; None for nothing."""
        if window != self._window:
            self._window = window
            self.update()

    def show_hint(self, hint: str) -> None:
        """Say something in the middle of the picture, such as why it is black; empty for nothing."""
        if hint != self._hint:
            self._hint = hint
            self._show_state()

    def sizeHint(self) -> QSize:
        """Return the size of a small preview."""
        return QSize(960, 540)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch from now on."""
        super().showEvent(event)
        self.watch()

    def hideEvent(self, event: QHideEvent) -> None:
        """Watch no more."""
        super().hideEvent(event)
        self.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of the new size."""
        super().resizeEvent(event)
        self._watch.resize(self._wanted_size())
        self.fit_changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint picture, window and sentence."""
        target = self._target()
        with QPainter(self) as painter:
            if self._image.isNull():
                painter.fillRect(target, _GROUND)
            else:
                self._paint_picture(painter, target)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._watch.state is PreviewState.SHOWING:
                self._paint_window(painter, target)
            if sentence := self._sentence():
                self._paint_sentence(painter, target, sentence)
            self._paint_edge(painter, target)

    def _paint_edge(self, painter: QPainter, target: QRectF) -> None:
        """Paint what lies around the picture, up to its round corners: quicker than to clip every picture."""
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        outside.addRoundedRect(target, _CORNER_PX, _CORNER_PX)  # the odd-even rule leaves it out
        painter.fillPath(outside, look().palette.surface)
        painter.setPen(QPen(look().palette.line, 1))
        painter.drawRoundedRect(target.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER_PX, _CORNER_PX)

    def _paint_picture(self, painter: QPainter, target: QRectF) -> None:
        """Paint it pixel by pixel where it has the asked size, as scaling costs more than all the rest."""
        # It may be a pixel too small for its place, which begins between two pixels: what was there before would be seen at its edge.
        painter.setPen(QPen(_GROUND, 2 * _ALMOST_PX))
        painter.drawRect(target)
        ratio = self.devicePixelRatioF()
        width, height = self._image.width() / ratio, self._image.height() / ratio
        if abs(width - target.width()) <= _ALMOST_PX and abs(height - target.height()) <= _ALMOST_PX:
            self._image.setDevicePixelRatio(ratio)
            left = target.x() + (target.width() - width) / 2
            top = target.y() + (target.height() - height) / 2
            painter.drawImage(QPointF(round(left), round(top)), self._image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, self._image)

    def _paint_window(self, painter: QPainter, target: QRectF) -> None:
        if self._window is None:
            return
        inner = QRectF(*self.fit.pixels_of(self._window))
        outside = QPainterPath()
        outside.addRect(target)
        outside.addRect(inner)  # the odd-even rule leaves a hole
        painter.fillPath(outside, _SHADE)
        painter.setPen(QPen(look().palette.accent, 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(inner.adjusted(1, 1, -1, -1))

    def _paint_sentence(self, painter: QPainter, target: QRectF, sentence: str) -> None:
        painter.fillRect(target, _VEIL)
        painter.setPen(_WORDS)
        room = target.adjusted(24, 24, -24, -24)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, sentence)

    def _sentence(self) -> str:
        return preview_sentence(self._watch.state, self._surroundings.feed.now.engine) or self._hint

    def _target(self) -> QRectF:
        fit = self.fit
        return QRectF(fit.left, fit.top, fit.width, fit.height)

    def _wanted_size(self) -> QSize:
        fit, ratio = self.fit, self.devicePixelRatioF()
        return QSize(round(fit.width * ratio), round(fit.height * ratio))

    def _show_picture(self, image: QImage) -> None:
        aspect = image.width() / image.height()
        is_other_shape = abs(aspect - self._aspect) > 0.02
        self._image = image
        if is_other_shape:  # sizes are even, so the same canvas differs by a hair from size to size
            self._aspect = aspect
            self._watch.resize(self._wanted_size())
            self.fit_changed.emit()
        self.pictured.emit()
        self.update()

    def _show_state(self, *_: object) -> None:
        self.setAccessibleDescription(self._sentence() or self.tr("The program as the audience sees it."))
        self.update()
