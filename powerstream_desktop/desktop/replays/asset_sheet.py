"""What a replay is called and what is said of it: typed here, and kept when it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import Surroundings

MAX_TITLE: Final = 200
MAX_DESCRIPTION: Final = 5000
_WIDTH_PX: Final = 560


class AssetSheet(Sheet):
    """Edits title, description and station of a replay.

    Args:
        surroundings: what the window lends.
        asset: as it is.
    """

    saved = Signal(object)  # Asset: as it is now

    def __init__(self, surroundings: Surroundings, asset: Asset) -> None:
        super().__init__(self.tr("Edit details"), _WIDTH_PX)
        self._surroundings = surroundings
        self._asset = asset
        self.title = QLineEdit(asset.title)
        self.title.setMaxLength(MAX_TITLE)
        self.description = QPlainTextEdit(asset.description)
        self.description.setTabChangesFocus(True)
        self._title_field = Field(self.tr("Title"), self.title)
        self._description_field = Field(self.tr("Description"), self.description)
        self.station = QComboBox()
        self._station_field = Field(self.tr("Station"), self.station)
        self.save = Button(self.tr("Save"), Role.PRIMARY)
        cancel = Button(self.tr("Cancel"))
        self.body.addWidget(self._title_field)
        self.body.addWidget(self._description_field)
        self.body.addWidget(self._station_field)
        self._station_field.hide()
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save)
        cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._save)
        self.title.returnPressed.connect(self._save)
        self.title.setFocus()
        self.title.selectAll()
        surroundings.desk.ask(
            lambda client: client.stations.all(), self._offer, otherwise=lambda _: None, owner=self
        )

    def _offer(self, stations: Sequence[Station]) -> None:
        """Offer the stations; where they cannot be had, the replay keeps its own."""
        self.station.addItem(self.tr("No station"), "")
        for station in stations:
            self.station.addItem(station.name, station.id)
        self.station.setCurrentIndex(max(0, self.station.findData(self._asset.station_id or "")))
        self._station_field.setVisible(bool(stations))

    def _save(self) -> None:
        title, description = self.title.text().strip(), self.description.toPlainText().strip()
        if not title:
            self._title_field.show_error(self.tr("Give it a title."))
            return
        if len(description) > MAX_DESCRIPTION:
            shorter = self.tr("At most {most} characters.").format(most=MAX_DESCRIPTION)
            self._description_field.show_error(shorter)
            return
        self.save.setEnabled(False)
        asset_id, was = self._asset.id, self._asset.station_id or ""
        chosen = str(self.station.currentData() or "")
        station_id = chosen if self.station.count() and chosen != was else None
        self._surroundings.desk.ask(
            lambda client: client.library.change(
                asset_id, title=title, description=description, station_id=station_id
            ),
            self._be_saved,
            otherwise=self._be_refused,
            owner=self,
        )

    def _be_saved(self, asset: Asset) -> None:
        self.saved.emit(asset)
        self.dismiss()

    def _be_refused(self, error: PowerStreamError) -> None:
        self.save.setEnabled(True)
        self._title_field.show_error(said(getattr(error, "code", ""), str(error)))
