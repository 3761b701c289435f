"""The card beside a station's replays: what is on air now, or the replay that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.player.stream_player import MediaMaker, StreamPlayer, load_media
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.asset_view import MAX_WIDTH_PX, MIN_WIDTH_PX, AssetView


class StationView(QWidget):
    """Shows the broadcast while its station is on air, until a replay is opened over it.

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
        super().__init__(parent)
        self._surroundings = surroundings
        self._slug: str | None = None
        # A microphone that is on air would hear the broadcast, and send it once more.
        self.live = StreamPlayer(make_media=make_media, starts_muted=True)
        self.replay = AssetView(surroundings, make_media=make_media, open_folder=open_folder)
        self.back = Button(self.tr("Back to the broadcast"), Role.SMALL)
        self._rest = QWidget()
        words = self.tr("On air now, some seconds behind. It begins muted, so that no microphone hears it.")
        self._caption = Label(words, Tone.MUTED, wrap=True)
        self._on_air = Card()
        self._on_air.body.addWidget(self.live)
        self._on_air.body.addWidget(self._caption)
        self._caption.setContentsMargins(14, 4, 14, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._on_air)
        layout.addWidget(self.back)
        layout.addWidget(self.replay, 1)
        layout.addWidget(self._rest, 1)
        self.setMinimumWidth(MIN_WIDTH_PX)
        self.setMaximumWidth(MAX_WIDTH_PX)
        self.back.clicked.connect(self._close_replay)
        self._show_parts()

    def show_on_air(self, slug: str | None) -> None:
        """Show the broadcast of the station with this slug; None while it is off air."""
        if slug == self._slug:
            return
        self._slug = slug
        self.live.close_media()
        self._show_parts()
        if slug is not None:

            def errand(client: Client) -> str:
                load_media()
                return client.playlist_url(slug)

            self._surroundings.desk.ask(
                errand,
                lambda url: self._play(slug, url),
                otherwise=lambda _: None,
                owner=self,
            )

    def show_asset(self, asset: Asset) -> None:
        """Open a replay."""
        self.replay.show_asset(asset)
        self._show_parts()

    def show_nothing(self) -> None:
        """Close what is open; the broadcast goes on."""
        self.replay.show_nothing()
        self._show_parts()

    def follow_change(self, change: str, asset_id: str) -> None:
        """Show what an event of the library says of the replay that is open."""
        self.replay.follow_change(change, asset_id)
        self._show_parts()

    def _play(self, slug: str, url: str) -> None:
        if slug == self._slug:
            self.live.play_live(url)

    def _close_replay(self) -> None:
        self.show_nothing()

    def _show_parts(self) -> None:
        is_on_air, has_replay = self._slug is not None, self.replay.asset is not None
        self.live.setVisible(is_on_air and not has_replay)
        self._on_air.setVisible(is_on_air and not has_replay)
        self._rest.setVisible(is_on_air and not has_replay)
        self.back.setVisible(is_on_air and has_replay)
        self.replay.setVisible(has_replay or not is_on_air)
