"""The card beside a station's replays: what is on air now, or the replay that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.player.stream_player import MediaMaker, StreamPlayer, load_media
from powerstream_desktop.desktop.review.review_panel import MAX_WIDTH_PX, MIN_WIDTH_PX, ReviewPanel
from powerstream_desktop.desktop.review.reviewer import FrameSourceMaker
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class StationView(QWidget):
    """Shows the broadcast while its station is on air, until a replay is opened over it.

    Args:
        surroundings: what the window lends.
        make_media: what plays.
        make_frames: what gives single pictures.
        show_file: shows a file in its folder.
        parent: its place.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        make_media: MediaMaker,
        make_frames: FrameSourceMaker,
        show_file: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._slug: str | None = None
        # A microphone that is on air would hear the broadcast, and send it once more.
        self.live = StreamPlayer(make_media=make_media, starts_muted=True)
        self.replay = ReviewPanel(
            surroundings, make_media=make_media, make_frames=make_frames, show_file=show_file
        )
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
        self.back.clicked.connect(self.show_nothing)
        self.replay.turned.connect(self._show_parts)
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

    def show_nothing(self) -> None:
        """Close the replay that is open; the broadcast goes on."""
        self.replay.show_replay(None)

    def rest(self) -> None:
        """Decode nothing that nobody sees: the page is left."""
        self.live.rest()
        self.replay.rest()

    def _play(self, slug: str, url: str) -> None:
        if slug == self._slug:
            self.live.play_live(url)

    def _show_parts(self) -> None:
        is_on_air, has_replay = self._slug is not None, self.replay.asset is not None
        self.live.setVisible(is_on_air and not has_replay)
        self._on_air.setVisible(is_on_air and not has_replay)
        self._rest.setVisible(is_on_air and not has_replay)
        self.back.setVisible(is_on_air and has_replay)
        self.replay.setVisible(has_replay or not is_on_air)
