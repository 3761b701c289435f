"""What can be done with several replays at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.language import figures


class ChoiceBar(Card):
    """Shown while more than one replay is chosen.

    Args:
        parent: its place.
    """

    bin_wanted = Signal()
    pin_wanted = Signal(bool)
    station_wanted = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._are_pinned = False
        self._words = Label("", bold=True, elide=True)
        self.pin = Button(self.tr("Pin"), Role.SMALL)
        self.to_station = Button(self.tr("To station…"), Role.SMALL)
        self.into_bin = Button(self.tr("Move to bin"), Role.DANGER, small=True)
        self.end = IconButton("close", self.tr("Choose none"))
        self.stations = QMenu(self)
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for each in (self.pin, self.to_station, self.into_bin, self.end):
            row.addWidget(each)
        self.body.addLayout(row)
        self.to_station.setMenu(self.stations)
        self.stations.triggered.connect(self._move)
        self.pin.clicked.connect(self._pin)
        self.into_bin.clicked.connect(self.bin_wanted)
        self.end.clicked.connect(self.ended)
        self.hide()

    def show_choice(self, assets: Sequence[Asset]) -> None:
        """Show what can be done with these."""
        self.setVisible(len(assets) > 1)
        size = sum(each.size_bytes for each in assets)
        words = self.tr("%n chosen", "", len(assets))
        self._words.show_text(f"{words} · {figures.size(size)}" if size else words)
        self.setAccessibleName(words)
        self._are_pinned = all(each.is_pinned for each in assets)
        self.pin.setText(self.tr("Unpin") if self._are_pinned else self.tr("Pin"))

    def show_stations(self, stations: Sequence[Station]) -> None:
        """Offer these stations."""
        self.stations.clear()
        for station in stations:
            # An ampersand in a name is no mnemonic.
            action = QAction(station.name.replace("&", "&&"), self.stations)
            action.setData(station.id)
            self.stations.addAction(action)
        self.to_station.setVisible(bool(stations))

    def _pin(self) -> None:
        self.pin_wanted.emit(not self._are_pinned)

    def _move(self, action: QAction) -> None:
        self.station_wanted.emit(str(action.data()))
