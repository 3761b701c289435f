"""The head of a station's page: its picture, its name, whether it is on air, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.station.station_picture import StationPicture


class StationHead(Card):
    """Says which station it is.

    Args:
        desk: takes errands.
        parent: its place.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._picture = StationPicture(desk)
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
