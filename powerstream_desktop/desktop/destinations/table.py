"""The table of the multistream dashboard: a line for each endpoint, in the order in which they keep the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from powerstream_desktop.desktop.destinations.destination_line import DestinationLine
from powerstream_desktop.desktop.destinations.destination_row import DestinationRow
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.rule import Rule
from powerstream_desktop.desktop.kit.tone import Tone

_STRETCHES: Final = (0, 0, 3, 4, 0, 0, 6, 0, 0, 0)
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_FITTING: Final = frozenset({0, 4, 8, 9})
"""Columns whose widgets are as wide as they want to be."""


class DestinationsTable(QWidget):
    """Shows rows, and says what somebody wants done with one of them.

    Args:
        parent: where it lives.
    """

    acted = Signal(str, object)
    """An endpoint's id, and the ``RowAct``."""
    switched = Signal(str, bool)
    """An endpoint's id, and whether it shall be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, DestinationLine] = {}
        self._rules: list[Rule] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 0, 12, 5)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for column, stretch in enumerate(_STRETCHES):
            self._grid.setColumnStretch(column, stretch)
        for column, text in enumerate(self._headings()):
            self._grid.addWidget(Label(text, Tone.FAINT, letters=Letters.TINY), 0, column)
        self._grid.setRowMinimumHeight(0, 30)

    def show_rows(self, rows: Sequence[DestinationRow]) -> None:
        """Show these; lines of endpoints that were there before stay as they are."""
        wanted = [row.id for row in rows]
        for endpoint_id in [each for each in self._lines if each not in wanted]:
            self._lines.pop(endpoint_id).remove()
        is_as_before = list(self._lines) == wanted
        for row in rows:
            if row.id in self._lines:
                self._lines[row.id].show_row(row)
            else:
                self._lines[row.id] = self._made_line(row)
        if not is_as_before:
            self._lines = {each: self._lines[each] for each in wanted}
            self._arrange()

    def _made_line(self, row: DestinationRow) -> DestinationLine:
        line = DestinationLine(row, self)
        line.acted.connect(lambda act: self.acted.emit(row.id, act))
        line.switched.connect(lambda is_on: self.switched.emit(row.id, is_on))
        return line

    def _arrange(self) -> None:
        while len(self._rules) < len(self._lines):
            self._rules.append(Rule(parent=self))
        last = len(self._lines) - 1
        before: QWidget | None = None
        for number, line in enumerate(self._lines.values()):
            rule = self._rules[number]
            self._grid.removeWidget(rule)
            self._grid.addWidget(rule, 2 * number + 1, 0, 1, len(_STRETCHES))
            rule.show()
            for column, cell in enumerate(line.cells):
                self._grid.removeWidget(cell)
                fit = _MIDDLE | Qt.AlignmentFlag.AlignLeft if column in _FITTING else _MIDDLE
                self._grid.addWidget(cell, 2 * number + 2, column, fit)
                cell.show()
            line.may_move(up=number > 0, down=number < last)
            for cell in line.cells[-2:]:
                if before is not None:
                    QWidget.setTabOrder(before, cell)
                before = cell
        for rule in self._rules[len(self._lines) :]:
            rule.hide()

    def _headings(self) -> tuple[str, ...]:
        return (
            "", self.tr("Platform"), self.tr("Name"), self.tr("Server"), self.tr("Key"), self.tr("Now"),
            self.tr("Last error"), self.tr("Last connected"), self.tr("Use"), "",
        )  # fmt: skip
