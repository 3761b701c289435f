"""Something as wide as a film, on which a moment is pointed at: pressing and dragging goes there, hovering glances."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.review.timeline_scale import TimelineScale


class Scrubbed(QWidget):
    """A part of the timeline.

    Args:
        height_px: how high it is.
        parent: its place.
    """

    # Moments are microseconds, which Qt's own whole numbers are too small for.
    scrubbed = Signal(object)  # int: it is dragged to this moment
    pointed = Signal(object, int)  # int: at this moment, at this place from its left edge in pixels
    left_alone = Signal()  # nothing is pointed at any more

    def __init__(self, height_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height_px = height_px
        self._length_us = 0
        self._is_dragged = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def scale(self) -> TimelineScale:
        """Where moments lie on it."""
        return TimelineScale(length_us=self._length_us, width_px=self.width())

    def show_length(self, length_us: int) -> None:
        """Show a film that lasts so long."""
        if length_us != self._length_us:
            self._length_us = length_us
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(320, self._height_px)

    def minimumSizeHint(self) -> QSize:
        """Wide enough to be hit."""
        return QSize(120, self._height_px)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where it points."""
        if event.button() is Qt.MouseButton.LeftButton and self._length_us > 0:
            self._is_dragged = True
            self.left_alone.emit()
            self.scrubbed.emit(self.scale.at(event.position().x()))
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow while it is held; glance while it is not."""
        if self._length_us <= 0:
            return
        at_us = self.scale.at(event.position().x())
        if self._is_dragged:
            self.scrubbed.emit(at_us)
        else:
            self.pointed.emit(at_us, round(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay there."""
        self._is_dragged = False

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.left_alone.emit()
