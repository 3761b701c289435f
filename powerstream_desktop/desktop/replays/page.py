"""The page of all replays: search, cards, and beside them the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.library import Asset
from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.paging.paged_model import ListState
from powerstream_desktop.desktop.player.stream_player import MediaMaker, qt_media
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from powerstream_desktop.desktop.replays.search_box import SearchBox
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.asset_details import show_folder
from powerstream_desktop.desktop.station.asset_view import AssetView


class ReplaysPage(Page):
    """Replays of all stations, or of one.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
        make_media: what decodes.
        open_folder: shows a folder to the person.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QWidget | None = None,
        *,
        make_media: MediaMaker = qt_media,
        open_folder: Callable[[Path], None] = show_folder,
    ) -> None:
        super().__init__(surroundings, parent)
        self.search = SearchBox()
        self.station = QComboBox()
        self.content = RecordedContent(surroundings)
        self.view = AssetView(surroundings, make_media=make_media, open_folder=open_folder)
        self._wanted_asset_id = ""
        self._arrange()
        self._listen()
        self._show_stations(())

    def came_up(self) -> None:
        """See ``Page``."""
        self._surroundings.desk.ask(
            lambda client: client.stations.all(), self._show_stations, otherwise=lambda _: None, owner=self
        )
        if self.content.model.state is not ListState.THERE:
            self._show_replays()

    def went_down(self) -> None:
        """See ``Page``."""
        self.view.player.rest()

    def show_subject(self, subject: str) -> None:
        """Open the replay of this id."""
        self._wanted_asset_id = subject
        self._surroundings.desk.ask(lambda client: client.library.get(subject), self._open_wanted, owner=self)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.search, 1)
        top.addWidget(self.station)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(top)
        left.addWidget(self.content, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addLayout(left, 3)
        layout.addWidget(self.view, 2)
        self.station.setAccessibleName(self.tr("Station"))
        self.station.setMaximumWidth(220)

    def _listen(self) -> None:
        self.search.settled.connect(lambda _: self._show_replays())
        self.station.activated.connect(lambda _: self._show_replays())
        self.content.opened.connect(self.view.show_asset)
        self._surroundings.feed.library_changed.connect(self._follow)

    def _show_stations(self, stations: Sequence[Station]) -> None:
        chosen = self.station.currentData()
        self.station.clear()
        self.station.addItem(self.tr("All stations"), None)
        for station in stations:
            self.station.addItem(station.name, station.id)
        self.station.setCurrentIndex(max(0, self.station.findData(chosen)))
        self.station.setVisible(len(stations) > 1)

    def _show_replays(self) -> None:
        self.content.show_replays(self.station.currentData(), " ".join(self.search.text().split()))

    def _open_wanted(self, asset: Asset) -> None:
        if asset.id == self._wanted_asset_id:
            self.view.show_asset(asset)
            self.content.choose(asset.id)

    def _follow(self, words: Words) -> None:
        change, asset_id = str(words.get("change", "")), str(words.get("assetId", ""))
        self.view.follow_change(change, asset_id)
        self.content.follow_change(change, asset_id)
