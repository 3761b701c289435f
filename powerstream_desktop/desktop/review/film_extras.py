"""What is shown of a replay beside its film: its poster, its strip and its wave. Each is asked for, and missing while it is being made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.replay_media import Waveform
from powerstream_desktop.desktop.replays.thumbnails import decoded
from powerstream_desktop.desktop.review.stage import ReviewStage
from powerstream_desktop.desktop.shell.surroundings import Surroundings

AnswerT = TypeVar("AnswerT")
_POSTER: Final = QSize(1280, 720)
_STRIP: Final = QSize(4096, 512)


class FilmExtras(QObject):
    """Brings them to a stage.

    Args:
        surroundings: what the window lends.
        stage: shows them.
    """

    def __init__(self, surroundings: Surroundings, stage: ReviewStage) -> None:
        super().__init__(stage)
        self._surroundings = surroundings
        self._stage = stage
        self._asset_id = ""
        self._has_strip = self._has_wave = False

    def show_asset(self, asset: Asset | None) -> None:
        """Show those of a replay; None for none."""
        self._asset_id = "" if asset is None else asset.id
        self._has_strip = self._has_wave = False
        self._stage.show_poster(QImage())
        self._stage.strip.show_strip(QImage())
        self._stage.timeline.show_wave(b"", 0.0)
        if asset is not None:
            asset_id = asset.id
            if asset.thumbnail_url is not None:
                self._ask(
                    lambda client: decoded(client.library.thumbnail(asset_id), _POSTER),
                    self._stage.show_poster,
                )
            self.look_again()

    def look_again(self) -> None:
        """Ask for what was not there yet."""
        asset_id = self._asset_id
        if asset_id and not self._has_strip:
            self._ask(lambda client: decoded(client.library.strip(asset_id), _STRIP), self._take_strip)
        if asset_id and not self._has_wave:
            self._ask(lambda client: client.library.waveform(asset_id), self._take_wave)

    def _take_strip(self, strip: QImage) -> None:
        self._has_strip = not strip.isNull()
        self._stage.strip.show_strip(strip)

    def _take_wave(self, wave: Waveform) -> None:
        self._has_wave = True
        self._stage.timeline.show_wave(wave.peaks, wave.per_second)

    def _ask(self, errand: Callable[[Client], AnswerT], then: Callable[[AnswerT], None]) -> None:
        """Ask something; the answer for a replay that is not shown any more is nobody's, and what is not made yet is told later."""
        asset_id = self._asset_id
        self._surroundings.desk.ask(
            errand,
            lambda answer: then(answer) if asset_id == self._asset_id else None,
            otherwise=lambda _: None,
            owner=self,
        )
