"""What can be done with replays on a page that lists them and reviews one: by a click, keys, a menu, and by dragging them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.cloud import CloudStanding
from powerstream_desktop.desktop.replays.asset_sheet import AssetSheet
from powerstream_desktop.desktop.replays.card_menu import CardMenu
from powerstream_desktop.desktop.replays.cloud_wishes import CloudWish, is_possible, possible_wishes
from powerstream_desktop.desktop.replays.cloud_words import with_progress
from powerstream_desktop.desktop.replays.deeds import Binned, ReplayDeeds
from powerstream_desktop.desktop.replays.files_out import Dragger, FilesOut, drag_out
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from powerstream_desktop.desktop.replays.undo_bar import UndoBar
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings


class Reviewing(Protocol):
    """What reviews one replay: ``ReviewPanel``, or what stands for it until there is something to review."""

    @property
    def asset(self) -> Asset | None:
        """The replay that is open; None while none is."""

    def show_replay(self, asset: Asset | None) -> None:
        """Open a replay; None closes what is open."""

    def play(self) -> None:
        """Play the replay that is open."""


class ReplayHandling(QObject):
    """Binds a list to what reviews a replay beside it, and does what is wanted with what is chosen.

    Args:
        surroundings: what the window lends.
        content: the list.
        review: what reviews.
        show_file: shows a file in its folder.
        drag: drags files out of the window.
    """

    changed = Signal()  # a replay that is listed
    counted = Signal()  # there are more replays now, or fewer

    def __init__(
        self,
        surroundings: Surroundings,
        content: RecordedContent,
        review: Reviewing,
        *,
        show_file: Callable[[Path], None],
        drag: Dragger = drag_out,
    ) -> None:
        super().__init__(content)
        self._surroundings = surroundings
        self._content = content
        self._review = review
        self._deeds = ReplayDeeds(surroundings, self)
        self._files = FilesOut(surroundings, content.list, show_file=show_file, drag=drag)
        self.menu = CardMenu(content.list)
        self.undo = UndoBar()
        self._listen()

    def bin(self) -> None:
        """Move what is chosen to the bin."""
        chosen = self._content.chosen
        self._close_film_of(chosen)
        self._deeds.bin(chosen)

    def pin(self, is_pinned: bool) -> None:
        """Keep what is chosen from being removed by any rule, or no more."""
        self._deeds.pin(self._content.chosen, is_pinned=is_pinned)

    def move(self, station_id: str) -> None:
        """Let what is chosen belong to a station."""
        self._deeds.move_to_station(self._content.chosen, station_id)

    def ask_cloud(self, assets: Sequence[Asset], wish: CloudWish) -> None:
        """Do something with the copies of replays in the cloud."""
        if wish is CloudWish.EVICT:
            self._close_film_of([each for each in assets if is_possible(wish, each)])
        self._deeds.ask_cloud(assets, wish)

    def edit_by_id(self, asset_id: str) -> None:
        """Edit the details of the replay with this id."""
        self._surroundings.desk.ask(lambda client: client.library.get(asset_id), self._edit, owner=self)

    def show_report(self, session_id: str) -> None:
        """Show the report of the session with this id."""
        self._surroundings.ways.go_to(PageName.SESSIONS, session_id)

    def _listen(self) -> None:
        content, deeds, cards = self._content, self._deeds, self._content.list
        content.opened.connect(self._review.show_replay)
        content.play_wanted.connect(self._play)
        content.model.rename_wanted.connect(deeds.rename)
        cards.removal_wanted.connect(self.bin)
        cards.drag_wanted.connect(self._drag)
        cards.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        cards.customContextMenuRequested.connect(self._show_menu)
        for wanted, deed in (
            (self.menu.play_wanted, self._play_current),
            (self.menu.rename_wanted, self._rename),
            (self.menu.details_wanted, self._edit_current),
            (self.menu.folder_wanted, self._show_folder),
            (self.menu.pin_wanted, self.pin),
            (self.menu.bin_wanted, self.bin),
            (self.menu.cloud_wanted, self._ask_cloud),
        ):
            wanted.connect(deed)
        deeds.changed.connect(self._take_changed)
        deeds.binned.connect(self._take_binned)
        deeds.restored.connect(self._take_restored)
        self.undo.undo_wanted.connect(deeds.restore)
        self._surroundings.feed.cloud_changed.connect(self._follow_cloud)

    def _close_film_of(self, assets: Sequence[Asset]) -> None:
        """Close the film under review if it is one of these: some systems move no file that is open."""
        opened = self._review.asset
        if opened is not None and any(each.id == opened.id for each in assets):
            self._review.show_replay(None)

    def _show_menu(self, place: QPoint) -> None:
        cards = self._content.list
        index = cards.indexAt(place)
        if not index.isValid():  # the menu key
            place = cards.visualRect(cards.currentIndex()).center()
        chosen = self._content.chosen
        possible = possible_wishes(chosen, self._surroundings.feed.now.settings)
        self.menu.show_for(chosen, cards.viewport().mapToGlobal(place), possible)

    def _ask_cloud(self, wish: CloudWish) -> None:
        self.ask_cloud(self._content.chosen, wish)

    def _play(self, asset: Asset) -> None:
        self._review.show_replay(asset)
        self._review.play()

    def _play_current(self) -> None:
        current = self._content.current
        if current is not None:
            self._play(current)

    def _rename(self) -> None:
        self._content.list.edit(self._content.list.currentIndex())

    def _edit_current(self) -> None:
        current = self._content.current
        if current is not None:
            self._edit(current)

    def _edit(self, asset: Asset) -> None:
        sheet = AssetSheet(self._surroundings, asset)
        sheet.saved.connect(self._take_changed)
        self._surroundings.ways.open_sheet(sheet)

    def _show_folder(self) -> None:
        current = self._content.current
        if current is not None:
            self._files.show(current)

    def _drag(self) -> None:
        self._files.drag(self._content.chosen)

    def _follow_cloud(self, standing: CloudStanding | None) -> None:
        """Show how far the transfer is that goes on."""
        progress = None if standing is None else standing.current
        if progress is None:
            return
        asset = self._content.listed(progress.asset_id)
        if asset is not None:
            self._content.take_changed(replace(asset, sync=with_progress(asset, progress)))

    def _take_changed(self, asset: Asset) -> None:
        self._content.take_changed(asset)
        opened = self._review.asset
        if opened is not None and opened.id == asset.id:
            self._review.show_replay(asset)
        self.changed.emit()

    def _take_binned(self, binned: tuple[Binned, ...]) -> None:
        self._content.take_away([each.asset.id for each in binned])
        self.undo.show_binned(binned)
        self.counted.emit()

    def _take_restored(self, restored: tuple[Asset, ...]) -> None:
        self._content.take_back(restored)
        self.counted.emit()
