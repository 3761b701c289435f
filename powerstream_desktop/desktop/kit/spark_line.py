"""A spark line: how a figure went in the last while, without numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.light_kind import LightKind, colour_of
from powerstream_desktop.desktop.look.look import look

_WIDTH_PX: Final = 92
_HEIGHT_PX: Final = 22
_MARGIN_PX: Final = 2
_HEADROOM: Final = 1.25
"""A steady figure runs in the upper part, and a fall can be seen."""


class SparkLine(QWidget):
    """A spark line; decoration beside words and figures that say the same.

    Args:
        accessible_name: what it shows.
        parent: where it is shown.
    """

    def __init__(self, accessible_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._points: tuple[float, ...] = ()
        self._kind = LightKind.OFF

    @property
    def points(self) -> tuple[float, ...]:
        """What it shows, the oldest first."""
        return self._points

    def show_points(self, points: Sequence[float], kind: LightKind) -> None:
        """Show figures, the oldest first, evenly apart, in the colour of a light."""
        now = tuple(points)
        if (now, kind) != (self._points, self._kind):
            self._points, self._kind = now, kind
            self.update()

    def sizeHint(self) -> QSize:
        """See ``QWidget``."""
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See ``QWidget``."""
        if len(self._points) < 2:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(
                QPen(
                    colour_of(self._kind, look().palette), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
                )
            )
            painter.drawPolyline(QPolygonF(places_of(self._points, self.width(), self.height())))


def places_of(points: Sequence[float], width_px: float, height_px: float) -> list[QPointF]:
    """Return where the points of a spark line are, from edge to edge; zero lies at the bottom."""
    top = max(*points, 0.0) * _HEADROOM or 1.0
    step = width_px / (len(points) - 1)
    floor, room = height_px - _MARGIN_PX, height_px - 2 * _MARGIN_PX
    return [QPointF(index * step, floor - room * max(0.0, point) / top) for index, point in enumerate(points)]
