"""One replay: the player, what is said of it, its markers, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.library import Asset, RemovedAsset
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.player.stream_player import StreamPlayer, load_media
from powerstream_desktop.desktop.replays.asset_words import date_of, state_of, title_of
from powerstream_desktop.desktop.replays.thumbnails import decoded
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.asset_sheet import AssetSheet
from powerstream_desktop.desktop.station.marker_list import MarkerList

AnswerT = TypeVar("AnswerT")
_POSTER: Final = QSize(1280, 720)


class AssetDetails(QWidget):
    """Shows a replay below the player that plays it.

    Args:
        surroundings: what the window lends.
        player: plays it; stands elsewhere.
        show_folder: shows a folder to the person.
        parent: its place.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        player: StreamPlayer,
        *,
        show_folder: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._player = player
        self._show_folder = show_folder
        self._asset: Asset | None = None
        self._file = ""
        self._title = Label("", bold=True, letters=Letters.LARGE, wrap=True)
        self._facts = Label("", Tone.MUTED)
        self._state = Chip()
        self._description = Label("", Tone.MUTED, wrap=True)
        self.markers = MarkerList()
        self.edit = Button(self.tr("Edit details"))
        self.folder = Button(self.tr("Show in folder"))
        self.remove = AskOnceButton(self.tr("Remove"), self.tr("Really remove?"))
        self._arrange()
        self._listen()

    @property
    def asset(self) -> Asset | None:
        """What is shown."""
        return self._asset

    def show_asset(self, asset: Asset) -> None:
        """Show a replay, and offer to play it."""
        self._asset, self._file = asset, ""
        self._show_words(asset)
        self.folder.setEnabled(False)
        self._player.show_poster(QImage())
        if asset.thumbnail_url is not None:
            self._ask(lambda client: decoded(client.library.thumbnail(asset.id), _POSTER), self._show_poster)
        if asset.video_url is None:
            self._player.say(self._why_not(asset))
        else:
            self._ask(lambda client: _file_of(client, asset.id), self._offer, self._say)

    def show_change(self, asset: Asset) -> None:
        """Show what has become of the replay that is shown, while it plays on."""
        if self._asset is not None and asset.id == self._asset.id:
            self._asset = asset
            self._show_words(asset)
            self._player.show_markers(asset.markers)

    def _show_words(self, asset: Asset) -> None:
        self._title.show_text(title_of(asset))
        told = (
            date_of(asset, datetime.now(UTC).astimezone()),
            figures.short_duration(asset.duration),
            figures.size(asset.size_bytes) if asset.size_bytes else "",
        )
        self._facts.show_text(" · ".join(each for each in told if each))
        self._state.show_text(*state_of(asset))
        self._description.show_text(asset.description)
        self._description.setVisible(bool(asset.description))
        self.markers.show_markers(asset.markers)

    def _offer(self, file: str) -> None:
        asset = self._asset
        if asset is not None:
            self._file = file
            self.folder.setEnabled(True)
            self._player.offer_file(file, round(asset.duration * 1000), asset.markers)

    def _show_poster(self, poster: QImage) -> None:
        self._player.show_poster(poster)

    def _say(self, error: PowerStreamError) -> None:
        code = getattr(error, "code", "")
        self._player.say(said(code, error.title), said(code, error.hint))

    def _why_not(self, asset: Asset) -> str:
        match asset.status:
            case "processing":
                return self.tr("This recording is still being finished.")
            case "missing":
                return self.tr("The file is not where it was.")
            case "failed":
                return self.tr("This recording failed.")
        return self.tr("This replay has no file on this computer.")

    def _arrange(self) -> None:
        facts = QHBoxLayout()
        facts.addWidget(self._facts, 1)
        facts.addWidget(self._state)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self.edit)
        deeds.addWidget(self.folder)
        deeds.addStretch(1)
        deeds.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addLayout(facts)
        layout.addWidget(self._description)
        layout.addWidget(self.markers)
        layout.addLayout(deeds)
        layout.addStretch(1)
        self._description.hide()
        self._description.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _listen(self) -> None:
        self.edit.clicked.connect(self._edit)
        self.folder.clicked.connect(lambda: self._show_folder(Path(self._file).parent))
        self.remove.confirmed.connect(self._remove)
        self.markers.chosen.connect(self._player.seek)
        self.markers.mark_wanted.connect(self._mark)
        self.markers.removal_wanted.connect(self._unmark)

    def _edit(self) -> None:
        if self._asset is not None:
            sheet = AssetSheet(self._surroundings, self._asset)
            sheet.saved.connect(self.show_change)
            self._surroundings.ways.open_sheet(sheet)

    def _mark(self) -> None:
        asset, position_ms = self._asset, self._player.position_ms
        if asset is not None:
            self._change_markers(lambda client: client.library.mark(asset.id, position_ms))

    def _unmark(self, marker_id: str) -> None:
        asset = self._asset
        if asset is not None:
            self._change_markers(lambda client: client.library.remove_marker(asset.id, marker_id))

    def _change_markers(self, change: Callable[[Client], object]) -> None:
        asset = self._asset
        if asset is None:
            return

        def changed(client: Client) -> Asset:
            change(client)
            return client.library.get(asset.id)

        self._surroundings.desk.ask(changed, self.show_change, owner=self)

    def _remove(self) -> None:
        asset = self._asset
        if asset is not None:
            self._player.close_media()  # some systems delete and move no file that is open
            self._surroundings.desk.ask(
                lambda client: client.library.remove(asset.id), self._tell_removed, owner=self
            )

    def _tell_removed(self, removed: RemovedAsset) -> None:
        sentence = self.tr("Removed from the library.")
        stays = (
            self.tr("The file stays at its place: {file}").format(file=removed.file) if removed.file else ""
        )
        self._surroundings.ways.say(sentence, stays)

    def _ask(
        self,
        errand: Callable[[Client], AnswerT],
        then: Callable[[AnswerT], None],
        otherwise: Callable[[PowerStreamError], None] = lambda _: None,
    ) -> None:
        """Ask something of the replay that is shown; an answer that comes after another is shown is nobody's."""
        asset = self._asset
        self._surroundings.desk.ask(
            errand,
            lambda answer: then(answer) if self._is_shown(asset) else None,
            otherwise=lambda error: otherwise(error) if self._is_shown(asset) else None,
            owner=self,
        )

    def _is_shown(self, asset: Asset | None) -> bool:
        return asset is not None and self._asset is not None and asset.id == self._asset.id


def _file_of(client: Client, asset_id: str) -> str:
    load_media()
    return client.library.file(asset_id)


def show_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
