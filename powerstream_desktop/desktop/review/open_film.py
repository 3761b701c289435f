"""The film of the replay under review: opened from its file, or from the cloud once somebody plays it, and let go again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.player.stream_player import load_media
from powerstream_desktop.desktop.replays.cloud_words import is_film_here, is_in_the_cloud_only
from powerstream_desktop.desktop.review.asset_moments import why_no_film
from powerstream_desktop.desktop.review.film_extras import FilmExtras
from powerstream_desktop.desktop.review.film_lease import FilmLease
from powerstream_desktop.desktop.review.film_place import is_streamed, place_of_film
from powerstream_desktop.desktop.review.replay_errands import ReplayErrands
from powerstream_desktop.desktop.review.reviewer import Reviewer
from powerstream_desktop.desktop.review.stage import ReviewStage
from powerstream_desktop.desktop.review.time_code import US_PER_MS, US_PER_S
from powerstream_desktop.desktop.review.transport import Motion
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class OpenFilm(QObject):
    """Of one replay at a time. On the window's thread.

    Args:
        surroundings: what the window lends.
        stage: shows it, or why it cannot be shown.
        reviewer: plays it.
        is_seen: whether anybody looks; a film that nobody sees is not decoded.
    """

    turned = Signal()  # it is there, or not any more

    def __init__(
        self, surroundings: Surroundings, stage: ReviewStage, reviewer: Reviewer, is_seen: Callable[[], bool]
    ) -> None:
        super().__init__(stage)
        self._surroundings = surroundings
        self._stage = stage
        self._reviewer = reviewer
        self._is_seen = is_seen
        self._extras = FilmExtras(surroundings, stage)
        self.lease = FilmLease(surroundings, self)
        self._asset: Asset | None = None
        self._errands = ReplayErrands(surroundings.desk, self, lambda: self._asset)
        self.file = ""
        """Where it is played from; empty while none is open."""
        self.is_here = False
        """What is open is the file of this computer."""
        self._begin_at_us: int | None = None  # where to go once the film is there
        self._plays_at_once = False
        self._comes_from_cloud = False  # somebody wants to watch it from there
        reviewer.refused.connect(self._show_unusable)
        reviewer.unplayable.connect(self._say_unplayable)

    def show_asset(self, asset: Asset | None) -> None:
        """Open the film of a replay, or none; that of the replay that is shown already plays on."""
        before, self._asset = self._asset, asset
        if asset is None:
            self._leave()
            return
        is_here = is_film_here(asset)
        if before is None or before.id != asset.id or is_film_here(before) is not is_here:
            self._begin_at_us, self._plays_at_once, self._comes_from_cloud = None, False, False
            self._open(asset)
        elif not is_here and not (self._comes_from_cloud and is_in_the_cloud_only(asset)):
            self._open(asset)
        else:
            self._extras.look_again()

    def jump_to(self, offset_ms: int) -> None:
        """Go to a moment; as soon as the film is there."""
        if self.file:
            self._reviewer.seek(offset_ms * US_PER_MS)
        else:
            self._begin_at_us = offset_ms * US_PER_MS

    def play(self) -> None:
        """Play it; as soon as it is there."""
        if not self.file:
            self._plays_at_once = True
            if self._asset is not None and is_in_the_cloud_only(self._asset) and not self._comes_from_cloud:
                # Fetched as it is watched, and not for being looked at in the list.
                self._comes_from_cloud = True
                self._open(self._asset)
        elif self._reviewer.transport.motion is not Motion.PLAYING:
            self._reviewer.toggle()
        self._stage.setFocus()

    def rest(self) -> None:
        """Decode nothing that nobody sees."""
        if not self._stage.is_full_screen:
            self._reviewer.rest()

    def _open(self, asset: Asset) -> None:
        self._leave()
        if is_film_here(asset):
            self._stage.filler.loading(self.tr("Loading…"))
        elif not is_in_the_cloud_only(asset):
            self._extras.show_asset(asset)
            self._stage.filler.empty(*why_no_film(asset))
            return
        elif not self._comes_from_cloud:
            self._extras.show_asset(asset)
            watch = self.tr("Play from the cloud")
            self._stage.filler.empty(*why_no_film(asset), watch, self.play)
            return
        else:
            self._stage.filler.loading(self.tr("Coming from the cloud…"))
        self._errands.ask(lambda client: place_of_film(client, asset.id), self._offer, self._say_why)

    def _leave(self) -> None:
        self.file = ""
        self._reviewer.close()
        self.lease.leave()
        self._stage.show_usable(is_usable=False)
        self._extras.show_asset(None)
        self.turned.emit()

    def _offer(self, film: tuple[str, bool]) -> None:
        asset = self._asset
        if asset is None:
            return
        self.file, self.is_here = film
        if self.is_here:
            self.lease.hold(asset.id)
        self._stage.show_usable(is_usable=True)
        self._stage.picture.show_invitation(is_shown=True)
        self.turned.emit()
        self._reviewer.offer(self.file, round(asset.duration * US_PER_S))
        begin_at_us, self._begin_at_us = self._begin_at_us, None
        if begin_at_us is not None:
            self._reviewer.seek(begin_at_us)
        plays_at_once, self._plays_at_once = self._plays_at_once, False
        if not self._is_seen():
            self.rest()  # whoever asked for it has gone elsewhere meanwhile
        elif plays_at_once:
            self._reviewer.toggle()
        # The first picture goes first: whoever opens a film waits for that.
        self._extras.show_asset(asset)
        self._errands.ask(lambda _: load_media(), lambda _: None)

    def _say_why(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        self._show_unusable(said(code, error.title), said(code, error.hint))

    def _show_unusable(self, sentence: str, hint: str) -> None:
        self._stage.show_usable(is_usable=False)
        self._stage.filler.error(sentence, self._try_again, hint)

    def _say_unplayable(self) -> None:
        if is_streamed(self.file):
            self._show_unusable(
                self.tr("This replay does not come from the cloud now."),
                self.tr("Try again, or download it to this computer."),
            )
            return
        self._surroundings.ways.say(
            self.tr("This file cannot be played here."), self.tr("Its pictures can be stepped through.")
        )

    def _try_again(self) -> None:
        if self._asset is not None:
            self._open(self._asset)
