"""The head of a station's page: its picture, its name, whether it is on air, and what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.station.asset_card import paint_tint

_PICTURE_PX: Final = 64


class StationHead(Card):
    """Says which station it is.

    Args:
        parent: its place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._picture = StationPicture()
        self._name = Label("", bold=True, letters=Letters.TITLE, elide=True)
        self.state = Chip()
        self._about = Label("", Tone.MUTED, wrap=True)
        self.edit = Button(self.tr("Edit"))
        self.go_live = Button(self.tr("Go live"), Role.GO)
        name = QHBoxLayout()
        name.setSpacing(10)
        name.addWidget(self._name, 1)
        name.addWidget(self.state)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(name)
        words.addWidget(self._about)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(14)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.go_live, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_station(self, station: Station) -> None:
        """Show a station."""
        self._picture.show_station(station)
        self._name.show_text(station.name)
        self._about.show_text(station.description or f"/{station.slug}")

    def show_state(self, *, is_live: bool, is_other_live: bool) -> None:
        """Show whether it is on air.

        Args:
            is_live: it is.
            is_other_live: another one is, so that this one cannot go.
        """
        if is_live:
            self.state.show_text(self.tr("● LIVE"), Tone.LIVE)
        else:
            self.state.show_text(self.tr("○ Off air"), Tone.MUTED)
        self.go_live.setVisible(not is_live)
        self.go_live.setEnabled(not is_other_live)
        self.go_live.setToolTip(self.tr("Another broadcast is running.") if is_other_live else "")


class StationPicture(QWidget):
    """A station's picture: its colours and its initial.

    Args:
        parent: its place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station: Station | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_station(self, station: Station) -> None:
        """Show the picture of a station."""
        self._station = station
        self.setAccessibleName(self.tr("Picture of {name}").format(name=station.name))
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(_PICTURE_PX, _PICTURE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        if self._station is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 12, 12)
        painter.setClipPath(outline)
        paint_tint(painter, QRectF(self.rect()), self._station.id, self._station.name)
