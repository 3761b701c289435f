"""The markers of a replay: choose one to go there, add one where the player stands, remove one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from powerstream_desktop.client.live import Marker
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import short_duration

_MARKER_ROLE: Final = int(Qt.ItemDataRole.UserRole)
_MOST_ROWS: Final = 6


class MarkerList(QWidget):
    """Markers in the order of time.

    Args:
        parent: its place.
    """

    chosen = Signal(int)  # go to this moment, in ms
    mark_wanted = Signal()
    removal_wanted = Signal(str)  # of the marker with this id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _Rows(self)
        self._none = Label(self.tr("No markers."), Tone.FAINT, letters=Letters.SMALL)
        self.mark = Button(self.tr("Mark this moment"), Role.SMALL)
        self.remove = Button(self.tr("Remove marker"), Role.SMALL)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(self.tr("Markers"), Tone.MUTED, bold=True, letters=Letters.SMALL))
        row.addStretch(1)
        row.addWidget(self.remove)
        row.addWidget(self.mark)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._none)
        layout.addWidget(self.list)
        self.mark.clicked.connect(self.mark_wanted)
        self.remove.clicked.connect(self._remove)
        self.list.chosen.connect(self._choose)
        self.list.currentItemChanged.connect(lambda *_: self._show_buttons())
        self.show_markers(())

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Show these; the one that was chosen stays so."""
        chosen = self._chosen()
        was_chosen = "" if chosen is None else chosen.id
        self.list.clear()
        for marker in sorted(markers, key=lambda each: each.offset_ms):
            row = QListWidgetItem(f"{short_duration(marker.offset_ms / 1000)}   {marker.label}".rstrip())
            row.setData(_MARKER_ROLE, marker)
            self.list.addItem(row)
            if marker.id == was_chosen:
                self.list.setCurrentItem(row)
        self._none.setVisible(not markers)
        self.list.setVisible(bool(markers))
        rows = min(max(len(markers), 1), _MOST_ROWS)
        height = self.list.sizeHintForRow(0) if markers else 0
        self.list.setFixedHeight(rows * max(height, 20) + 2 * self.list.frameWidth() + 4)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.remove.setVisible(self._chosen() is not None)

    def _chosen(self) -> Marker | None:
        if self.list.currentRow() < 0:
            return None
        marker = self.list.currentItem().data(_MARKER_ROLE)
        return marker if isinstance(marker, Marker) else None

    def _choose(self) -> None:
        marker = self._chosen()
        if marker is not None:
            self.chosen.emit(marker.offset_ms)

    def _remove(self) -> None:
        marker = self._chosen()
        if marker is not None:
            self.removal_wanted.emit(marker.id)


class _Rows(QListWidget):
    """A list in which a click, Return and Space choose."""

    chosen = Signal()

    def __init__(self, parent: MarkerList) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Markers"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(lambda _: self.chosen.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space choose, on every system."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
