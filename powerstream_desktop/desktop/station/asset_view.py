"""The card beside a list of replays: the player, and below it the replay that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.player.stream_player import MediaMaker, StreamPlayer
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.asset_details import AssetDetails

MIN_WIDTH_PX: Final = 380
MAX_WIDTH_PX: Final = 560


class AssetView(Card):
    """Shows nothing until a replay is opened.

    Args:
        surroundings: what the window lends.
        make_media: what decodes.
        open_folder: shows a folder to the person.
        parent: its place.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        make_media: MediaMaker,
        open_folder: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._surroundings = surroundings
        self.player = StreamPlayer(make_media=make_media)
        self.details = AssetDetails(surroundings, self.player, show_folder=open_folder)
        self.filler = Filler()
        self._scroll = Scroll()
        self._scroll.body.addWidget(self.details)
        self.setMinimumWidth(MIN_WIDTH_PX)
        self.setMaximumWidth(MAX_WIDTH_PX)
        self.body.addWidget(self.player)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.filler, 1)
        self.show_nothing()

    @property
    def asset(self) -> Asset | None:
        """The replay that is open; None while none is."""
        return None if self._scroll.isHidden() else self.details.asset

    def show_asset(self, asset: Asset) -> None:
        """Open a replay."""
        self._show_parts(has_asset=True)
        self.details.show_asset(asset)

    def show_nothing(self) -> None:
        """Close what is open."""
        self.player.close_media()
        self.filler.empty(self.tr("No replay is open."), self.tr("Choose one on the left."))
        self._show_parts(has_asset=False)

    def follow_change(self, change: str, asset_id: str) -> None:
        """Show what an event of the library says of the replay that is open."""
        if self.asset is None or self.asset.id != asset_id:
            return
        if change == "removed":
            self.show_nothing()
        else:
            self._surroundings.desk.ask(
                lambda client: client.library.get(asset_id),
                self.details.show_change,
                otherwise=lambda _: None,
                owner=self,
            )

    def _show_parts(self, *, has_asset: bool) -> None:
        self.player.setVisible(has_asset)
        self._scroll.setVisible(has_asset)
        self.filler.setVisible(not has_asset)
