"""The station picker in the top bar: which station is meant, and the way to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.plain_tip import plain_tip

WIDEST_PX: Final = 200


class ChosenStation(QObject):
    """The station that the person at the window means: what a broadcast begins with, unless another is chosen there.

    Lives on the window's thread.
    """

    changed = Signal(str)

    def __init__(self, station_id: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._station_id = station_id

    @property
    def station_id(self) -> str:
        """Its id; empty while none is chosen."""
        return self._station_id

    def choose(self, station_id: str) -> None:
        """Choose another."""
        if station_id != self._station_id:
            self._station_id = station_id
            self.changed.emit(station_id)


class StationPicker(Button):
    """Shows the chosen station, or the one on air; offers the others.

    Args:
        chosen: what is chosen here.
        on_manage: shows the page on which stations are made and changed.
        parent: the top bar.
    """

    def __init__(
        self, chosen: ChosenStation, on_manage: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent)
        self._chosen = chosen
        self._on_manage = on_manage
        self._stations: tuple[Station, ...] = ()
        self._on_air = ""
        self.setMaximumWidth(WIDEST_PX)
        self.setMenu(QMenu(self))
        chosen.changed.connect(self._show)
        self._show()

    def show_stations(self, stations: tuple[Station, ...]) -> None:
        """Offer these; the first is chosen if what was chosen is gone."""
        self._stations = stations
        ids = [each.id for each in stations]
        if self._chosen.station_id not in ids:
            self._chosen.choose(ids[0] if ids else "")
        self._fill()
        self._show()

    def show_on_air(self, station_id: str) -> None:
        """Show the station that is on air; empty for none."""
        self._on_air = station_id
        self._show()

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for station in self._stations:
            action = menu.addAction(_without_mnemonic(station.name))
            action.setCheckable(True)
            action.setData(station.id)
            action.triggered.connect(lambda _checked=False, chosen=station.id: self._chosen.choose(chosen))
        menu.addSeparator()
        menu.addAction(self.tr("Stations…")).triggered.connect(self._on_manage)

    def _show(self) -> None:
        shown = self._on_air or self._chosen.station_id
        name = next((each.name for each in self._stations if each.id == shown), self.tr("No station"))
        room = WIDEST_PX - 44
        self.setText(
            _without_mnemonic(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room))
        )
        self.setAccessibleName(self.tr("Station: {name}").format(name=name))
        self.setToolTip(plain_tip(name))
        for action in self.menu().actions():
            action.setChecked(action.data() == self._chosen.station_id)


def _without_mnemonic(name: str) -> str:
    """Return a name as a button shows it whole: an ampersand would be taken for a mark of a key."""
    return name.replace("&", "&&")
