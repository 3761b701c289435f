"""The panel beside the replays: one replay under review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.cloud import CloudStanding
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.player.stream_player import MediaMaker, qt_media
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish, grant, possible_wishes
from powerstream_desktop.desktop.replays.cloud_words import with_progress
from powerstream_desktop.desktop.replays.reveal import reveal
from powerstream_desktop.desktop.review.about_part import AboutPart
from powerstream_desktop.desktop.review.asset_moments import moments_of
from powerstream_desktop.desktop.review.clips_part import ClipsPart
from powerstream_desktop.desktop.review.deed_row import DeedRow
from powerstream_desktop.desktop.review.film_frames import film_frames
from powerstream_desktop.desktop.review.lost_texts import LostTexts
from powerstream_desktop.desktop.review.marking import Marking
from powerstream_desktop.desktop.review.moment_chips import MomentChips
from powerstream_desktop.desktop.review.open_film import OpenFilm
from powerstream_desktop.desktop.review.replay_errands import ReplayErrands
from powerstream_desktop.desktop.review.reviewer import FrameSourceMaker, Reviewer
from powerstream_desktop.desktop.review.stage import ReviewStage
from powerstream_desktop.desktop.review.transport import Motion, Transport
from powerstream_desktop.desktop.shell.surroundings import Surroundings

MIN_WIDTH_PX: Final = 400
MAX_WIDTH_PX: Final = 560


class ReviewPanel(Card):
    """Shows nothing until a replay is shown to it.

    Keys: Space plays and pauses; J, K and L rewind, hold and play; arrows go by a picture, with Shift by a second, with Ctrl by ten; I and
    O select; M marks, with Shift by a name; S is silent; F fills the screen.

    Args:
        surroundings: what the window lends.
        parent: its place.
        make_media: what plays.
        make_frames: what gives single pictures.
        show_file: shows a file in its folder.
    """

    details_wanted = Signal(str)  # of the replay with this id
    report_wanted = Signal(str)  # of the session with this id
    turned = Signal()  # to another replay, or to none

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QWidget | None = None,
        *,
        make_media: MediaMaker = qt_media,
        make_frames: FrameSourceMaker = film_frames,
        show_file: Callable[[Path], None] = reveal,
    ) -> None:
        super().__init__("", parent)
        self._surroundings = surroundings
        self._show_file = show_file
        self._asset: Asset | None = None
        self._errands = ReplayErrands(surroundings.desk, self, lambda: self._asset)
        self._place = QWidget()
        self.reviewer = Reviewer(self, make_media=make_media, make_frames=make_frames)
        self.stage = ReviewStage(self._place, self.reviewer)
        self.film = OpenFilm(surroundings, self.stage, self.reviewer, self.isVisible)
        self._marking = Marking(surroundings, self.stage, self.reviewer)
        self.chips = MomentChips()
        self.deeds = DeedRow()
        self.about = AboutPart()
        self.lost = LostTexts(surroundings)
        self.clips = ClipsPart(surroundings)
        self.filler = Filler()
        self._scroll = Scroll()
        self._arrange()
        self._listen()
        self.setAccessibleName(self.tr("Review"))
        self.show_replay(None)

    @property
    def asset(self) -> Asset | None:
        """The replay that is shown; None while none is."""
        return self._asset

    def show_replay(self, asset: Asset | None) -> None:
        """Show a replay, or nothing. What has become of the one that is shown already is shown while it plays on."""
        before, self._asset = self._asset, asset
        is_another = (None if before is None else before.id) != (None if asset is None else asset.id)
        self.clips.show_asset(asset)
        self.lost.show_asset(asset)
        self._marking.show_asset(asset)
        self._show_parts(has_asset=asset is not None)
        if is_another:
            self.turned.emit()
        if asset is None:
            self.film.show_asset(None)
            if self.stage.is_full_screen:
                self.stage.toggle_full_screen()
            self.filler.empty(self.tr("No replay is open."), self.tr("Choose one on the left."))
            return
        self._show_words(asset)
        self.film.show_asset(asset)

    def jump_to(self, offset_ms: int) -> None:
        """Go to a moment of the replay that is shown; as soon as its film is there."""
        self.film.jump_to(offset_ms)

    def play(self) -> None:
        """Play the replay that is shown; as soon as its film is there."""
        self.film.play()

    def rest(self) -> None:
        """Decode nothing that nobody sees: the page is left."""
        self.film.rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys mean the same wherever the keyboard is on the panel."""
        if not self.stage.obey_key(event.key(), event.modifiers()):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``rest``."""
        super().hideEvent(event)
        self.rest()

    def showEvent(self, event: QShowEvent) -> None:
        """Take it up again."""
        super().showEvent(event)
        self.reviewer.wake()

    def _show_words(self, asset: Asset) -> None:
        moments = moments_of(asset)
        self.chips.show_moments(moments)
        self.stage.timeline.show_moments(moments)
        self.about.show_asset(asset)
        self.deeds.show_cloud(possible_wishes((asset,), self._surroundings.feed.now.settings))
        self.deeds.show_facts(has_report=asset.multistream_session_id is not None, is_pinned=asset.is_pinned)

    def _show_film(self) -> None:
        self.deeds.show_film(has_film=bool(self.film.file), is_here=self.film.is_here)

    def _show_transport(self, transport: Transport) -> None:
        self.deeds.show_transport(transport)
        has_moved = transport.position_us > 0 or transport.motion is not Motion.STILL
        if has_moved:
            self.stage.picture.show_invitation(is_shown=False)

    def _follow(self, words: Words) -> None:
        """Show what an event of the library says of the replay that is shown."""
        asset, change = self._asset, words.get("change")
        if asset is None or words.get("assetId") not in {asset.id, None}:
            return
        if change == "removed":
            self.show_replay(None)
        elif change in {"changed", "reload"}:
            self._errands.ask(lambda client: client.library.get(asset.id), self.show_replay, self._miss)

    def _miss(self, error: PowerStreamError) -> None:
        if isinstance(error, UnknownError):  # removed while nobody could say so
            self.show_replay(None)

    def _take_told(self, asset: Asset) -> None:
        if self._errands.is_shown(asset):
            self.show_replay(asset)

    def _tell(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        self._surroundings.ways.say(said(code, error.title), said(code, error.hint))

    def _export(self) -> None:
        selection = self.reviewer.transport.selection
        if selection is not None:
            self.reviewer.hold()
            self.clips.begin(selection, self.reviewer.picture())

    def _edit(self) -> None:
        if self._asset is not None:
            self.details_wanted.emit(self._asset.id)

    def _show_report(self) -> None:
        if self._asset is not None and self._asset.multistream_session_id is not None:
            self.report_wanted.emit(self._asset.multistream_session_id)

    def _pin(self, is_pinned: bool) -> None:
        asset = self._asset
        if asset is not None:
            self._errands.ask(
                lambda client: client.library.change(asset.id, is_pinned=is_pinned),
                self.show_replay,
                self._refuse_pin,
            )

    def _ask_cloud(self, wish: CloudWish) -> None:
        asset = self._asset
        if asset is None:
            return
        if wish is not CloudWish.EVICT:
            self._errands.ask(lambda client: grant(client, wish, asset), self.show_replay, self._tell)
            return
        self.show_replay(None)  # some systems move no file that is open
        self._surroundings.desk.ask(
            lambda client: grant(client, wish, asset), otherwise=self._tell, owner=self
        )

    def _follow_cloud(self, standing: CloudStanding | None) -> None:
        """Show how far it is, if it is the one that is being transferred."""
        progress, asset = None if standing is None else standing.current, self._asset
        if progress is not None and asset is not None and progress.asset_id == asset.id:
            self.about.show_asset(replace(asset, sync=with_progress(asset, progress)))

    def _refuse_pin(self, error: PowerStreamError) -> None:
        if self._asset is not None:
            self._show_words(self._asset)
        self._tell(error)

    def _show_folder(self) -> None:
        self._show_file(Path(self.film.file))

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(self.film.file)

    def _arrange(self) -> None:
        self.setMinimumWidth(MIN_WIDTH_PX)
        self.setMaximumWidth(MAX_WIDTH_PX)
        place = QVBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.stage)
        below = self._scroll.body
        below.setContentsMargins(14, 10, 14, 14)
        below.setSpacing(10)
        below.addWidget(self.chips)
        below.addWidget(self.deeds)
        below.addWidget(self.about)
        below.addWidget(self.lost)
        below.addWidget(self.clips)
        below.addStretch(1)
        self.body.addWidget(self._place)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.filler, 1)

    def _listen(self) -> None:
        self.reviewer.changed.connect(self._show_transport)
        self.film.turned.connect(self._show_film)
        self.stage.mark_wanted.connect(self._marking.mark)
        self.stage.named_mark_wanted.connect(self._marking.mark_with_name)
        self.deeds.named_mark_wanted.connect(self._marking.mark_with_name)
        self._marking.told.connect(self._take_told)
        self.chips.chosen.connect(self.reviewer.seek)
        self.chips.removal_wanted.connect(self._marking.unmark)
        self.deeds.export_wanted.connect(self._export)
        self.deeds.edit_wanted.connect(self._edit)
        self.deeds.report_wanted.connect(self._show_report)
        self.deeds.folder_wanted.connect(self._show_folder)
        self.deeds.copy_wanted.connect(self._copy_path)
        self.deeds.pin_wanted.connect(self._pin)
        self.deeds.cloud_wanted.connect(self._ask_cloud)
        self.lost.taken_back.connect(self._take_told)
        self._surroundings.feed.cloud_changed.connect(self._follow_cloud)
        self._surroundings.feed.library_changed.connect(self._follow)

    def _show_parts(self, *, has_asset: bool) -> None:
        self._place.setVisible(has_asset)
        self._scroll.setVisible(has_asset)
        self.filler.setVisible(not has_asset)
