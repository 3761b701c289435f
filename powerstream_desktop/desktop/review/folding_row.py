"""Parts side by side, one of which goes into a line of its own where there is no room for all: letters may be large, words long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QWidget


class FoldingRow(QWidget):
    """A row that folds.

    Args:
        parts: from left to right; those that may be wider than they must be get what room there is.
        foot: which of them goes below.
        gap_px: between parts, and between the lines.
        parent: where it is shown.
    """

    def __init__(
        self, parts: Sequence[QWidget], foot: QWidget, *, gap_px: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._foot = foot
        self._gap_px = gap_px
        self._is_folded = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap_px)
        # Of itself a layout allows no less than what its parts need side by side.
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for column, part in enumerate(self._parts):
            may_grow = part.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
            self._grid.setColumnStretch(column, 1 if may_grow else 0)
        self._lay(is_folded=False)

    @property
    def is_folded(self) -> bool:
        """It has two lines."""
        return self._is_folded

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can be when it is folded."""
        above = self._width_of([part for part in self._parts if part is not self._foot])
        hint = super().minimumSizeHint()
        return QSize(max(above, self._foot.minimumSizeHint().width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold, or unfold."""
        super().resizeEvent(event)
        self._judge()

    def event(self, event: QEvent) -> bool:
        """Fold, or unfold, where words or letters have become others."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._judge()
        return super().event(event)

    def _judge(self) -> None:
        is_folded = self.width() < self._width_of(self._parts)
        if is_folded is not self._is_folded:
            self._lay(is_folded=is_folded)

    def _width_of(self, parts: Sequence[QWidget]) -> int:
        return sum(part.minimumSizeHint().width() for part in parts) + self._gap_px * (len(parts) - 1)

    def _lay(self, *, is_folded: bool) -> None:
        self._is_folded = is_folded
        for column, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            if is_folded and part is self._foot:
                self._grid.addWidget(part, 1, 0, 1, len(self._parts))
            else:
                self._grid.addWidget(part, 0, column)


def side_by_side(*widgets: QWidget, gap_px: int, stretch_at: int | None = None) -> QWidget:
    """Return one part of several widgets.

    Args:
        widgets: from left to right.
        gap_px: between them.
        stretch_at: before which of them room is left; None for as narrow as they are.
    """
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap_px)
    for widget in widgets:
        row.addWidget(widget)
    if stretch_at is not None:
        row.insertStretch(stretch_at, 1)
        part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return part
