"""The card beside a station's replays: what is on air now, or the replay that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
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

    details_wanted = Signal(str)  # of the replay with this id
    report_wanted = Signal(str)  # of the session with this id

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
        self._make_media = make_media
        self._make_frames = make_frames
        self._show_file = show_file
        self._slug: str | None = None
        # A microphone that is on air would hear the broadcast, and send it once more.
        self.live = StreamPlayer(make_media=make_media, starts_muted=True)
        self.back = Button(self.tr("Back to the broadcast"), Role.SMALL)
        self._panel: ReviewPanel | None = None
        self._on_air = self._made_on_air()
        self._nothing = Card()
        self._rest = QWidget()
        filler = Filler()
        filler.empty(self.tr("No replay is open."), self.tr("Choose one on the left."))
        self._nothing.body.addWidget(filler, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._on_air)
        self._layout.addWidget(self.back)
        self._layout.addWidget(self._nothing, 1)
        self._layout.addWidget(self._rest, 1)
        self.setMinimumWidth(MIN_WIDTH_PX)
        self.setMaximumWidth(MAX_WIDTH_PX)
        self.back.clicked.connect(self._close_replay)
        self._show_parts()

    @property
    def asset(self) -> Asset | None:
        """The replay that is open; None while none is."""
        return None if self._panel is None else self._panel.asset

    @property
    def panel(self) -> ReviewPanel:
        """Reviews a replay. Made for the first one: without it, the page comes up at once."""
        if self._panel is None:
            self._panel = ReviewPanel(
                self._surroundings,
                make_media=self._make_media,
                make_frames=self._make_frames,
                show_file=self._show_file,
            )
            self._panel.turned.connect(self._show_parts)
            self._panel.details_wanted.connect(self.details_wanted)
            self._panel.report_wanted.connect(self.report_wanted)
            self._layout.addWidget(self._panel, 1)
        return self._panel

    def show_replay(self, asset: Asset | None) -> None:
        """Open a replay; None closes what is open, and the broadcast goes on."""
        if asset is not None or self._panel is not None:
            self.panel.show_replay(asset)

    def play(self) -> None:
        """Play the replay that is open."""
        self.panel.play()

    def rest(self) -> None:
        """Decode nothing that nobody sees: the page is left."""
        self.live.rest()
        if self._panel is not None:
            self._panel.rest()

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

    def _play(self, slug: str, url: str) -> None:
        if slug == self._slug:
            self.live.play_live(url)

    def _close_replay(self) -> None:
        self.show_replay(None)

    def _made_on_air(self) -> Card:
        words = self.tr("On air now, some seconds behind. It begins muted, so that no microphone hears it.")
        caption = Label(words, Tone.MUTED, wrap=True)
        caption.setContentsMargins(14, 4, 14, 12)
        card = Card()
        card.body.addWidget(self.live)
        card.body.addWidget(caption)
        return card

    def _show_parts(self) -> None:
        is_on_air, has_replay = self._slug is not None, self.asset is not None
        self.live.setVisible(is_on_air and not has_replay)
        self._on_air.setVisible(is_on_air and not has_replay)
        self._rest.setVisible(is_on_air and not has_replay)
        self.back.setVisible(is_on_air and has_replay)
        self._nothing.setVisible(not is_on_air and not has_replay)
        if self._panel is not None:
            self._panel.setVisible(has_replay)
