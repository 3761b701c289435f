"""Keeps the station picker up to date."""

from __future__ import annotations

from PySide6.QtCore import QObject

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.shell.station_picker import ChosenStation, StationPicker


class StationsOnOffer(QObject):
    """Knows the stations, as the service told them last.

    Args:
        desk: takes errands.
        station_id: chosen last; empty for none.
        parent: the window.
    """

    def __init__(self, desk: Desk, station_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.chosen = ChosenStation(station_id, self)
        self._stations: tuple[Station, ...] = ()
        self._picker: StationPicker | None = None

    def show_in(self, picker: StationPicker) -> None:
        """Offer them there from now on."""
        self._picker = picker
        picker.menu().aboutToShow.connect(self.ask)
        if self._stations:
            picker.show_stations(self._stations)

    def ask(self) -> None:
        """Ask for them: one may have been made, renamed or deleted."""
        self._desk.ask(lambda client: client.stations.all(), self._take, otherwise=self._keep, owner=self)

    def _take(self, stations: tuple[Station, ...]) -> None:
        self._stations = stations
        if self._picker is not None:
            self._picker.show_stations(stations)

    def _keep(self, _error: PowerStreamError) -> None:
        """Go on with those that were known: the banner says that the service is away."""
