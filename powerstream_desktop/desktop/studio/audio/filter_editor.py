"""One filter of a channel: what it is, what can be set, and its place among the others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.studio.audio.filter_kinds import FilterField, FilterKind, translated

_COLUMNS: Final = 3


class FilterEditor(QFrame):
    """A filter's box.

    Args:
        kind: of the filter; None for one that this window does not know, which can be moved and removed.
        words: as the engine has it.
        index: its place.
        count: of all.
        parent: where it is shown.
    """

    changed = Signal(int, str, float)  # index, the field's key, value
    moved = Signal(int, int)  # index, -1 or 1
    removed = Signal(int)

    def __init__(
        self, kind: FilterKind | None, words: Words, index: int, count: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("box", "raised")
        self._kind = kind
        self._index = index
        self._name = translated(kind.label) if kind is not None else str(words.get("type", ""))
        self._boxes: dict[str, QDoubleSpinBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 10)
        column.setSpacing(8)
        column.addLayout(self._make_header(count))
        if kind is not None:
            column.addLayout(self._make_fields(kind))
        self.show_words(words)

    def show_words(self, words: Words) -> None:
        """Show how the engine has it; what is being typed is exchanged only for another value."""
        for key, box in self._boxes.items():
            value = words.get(key)
            if isinstance(value, int | float) and box.value() != value:
                with QSignalBlocker(box):
                    box.setValue(value)

    def _make_header(self, count: int) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(Label(self._name, bold=True))
        help_text = translated(self._kind.help) if self._kind is not None else ""
        line.addWidget(Label(help_text, Tone.FAINT, elide=True, letters=Letters.SMALL), 1)
        up = IconButton("up", self.tr("{filter}: earlier").format(filter=self._name))
        down = IconButton("down", self.tr("{filter}: later").format(filter=self._name))
        remove = IconButton("trash", self.tr("Remove {filter}").format(filter=self._name))
        up.setEnabled(self._index > 0)
        down.setEnabled(self._index < count - 1)
        up.clicked.connect(lambda: self.moved.emit(self._index, -1))
        down.clicked.connect(lambda: self.moved.emit(self._index, 1))
        remove.clicked.connect(lambda: self.removed.emit(self._index))
        for button in (up, down, remove):
            line.addWidget(button)
        return line

    def _make_fields(self, kind: FilterKind) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for place, field in enumerate(kind.fields):
            row, column = 2 * (place // _COLUMNS), place % _COLUMNS
            grid.addWidget(Label(translated(field.label), Tone.MUTED, letters=Letters.SMALL), row, column)
            grid.addWidget(self._make_box(field), row + 1, column)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _make_box(self, field: FilterField) -> QDoubleSpinBox:
        box = self._boxes[field.key] = QDoubleSpinBox()
        box.setRange(field.low, field.high)
        box.setDecimals(1 if field.step < 1 or field.low % 1 else 0)
        box.setSingleStep(field.step)
        box.setSuffix(f" {field.unit}")
        box.setKeyboardTracking(False)
        box.setAccessibleName(f"{self._name}: {translated(field.label)}")
        box.valueChanged.connect(lambda value: self.changed.emit(self._index, field.key, value))
        return box
