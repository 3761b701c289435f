"""The page of all replays: what is looked for, the cards, the room that they need, and beside them the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.library import Asset
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.replay_media import ImportBegun
from powerstream_desktop.desktop.paging.paged_model import ListState
from powerstream_desktop.desktop.player.stream_player import MediaMaker, qt_media
from powerstream_desktop.desktop.replays.card_menu import CardMenu
from powerstream_desktop.desktop.replays.choice_bar import ChoiceBar
from powerstream_desktop.desktop.replays.deeds import Binned, ReplayDeeds
from powerstream_desktop.desktop.replays.drop_zone import DropZone
from powerstream_desktop.desktop.replays.files_out import Dragger, FilesOut, drag_out
from powerstream_desktop.desktop.replays.film_asking import FilmAsker, ask_in_dialog
from powerstream_desktop.desktop.replays.filter_bar import FilterBar
from powerstream_desktop.desktop.replays.import_bar import ImportBar, RefusedFilesSheet
from powerstream_desktop.desktop.replays.import_progress import ImportProgress, RefusedFile, progress_of
from powerstream_desktop.desktop.replays.query import ReplayQuery
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from powerstream_desktop.desktop.replays.retention_sheet import RetentionSheet
from powerstream_desktop.desktop.replays.reveal import reveal
from powerstream_desktop.desktop.replays.storage_card import StorageCard
from powerstream_desktop.desktop.replays.undo_bar import UndoBar
from powerstream_desktop.desktop.review.frame_process import frame_process
from powerstream_desktop.desktop.review.review_panel import ReviewPanel
from powerstream_desktop.desktop.review.reviewer import FrameSourceMaker
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings
from powerstream_desktop.desktop.station.asset_details import show_folder
from powerstream_desktop.desktop.station.asset_sheet import AssetSheet


class ReplaysPage(Page):
    """Replays of all stations, or of one.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
        make_media: what plays.
        make_frames: what gives single pictures.
        open_folder: shows a folder to the person.
        show_file: shows a file in its folder.
        drag: drags files out of the window.
        ask_films: asks for films to import.
        now: gives the time of day, with its zone.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QWidget | None = None,
        *,
        make_media: MediaMaker = qt_media,
        make_frames: FrameSourceMaker = frame_process,
        open_folder: Callable[[Path], None] = show_folder,
        show_file: Callable[[Path], None] = reveal,
        drag: Dragger = drag_out,
        ask_films: FilmAsker = ask_in_dialog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:
        super().__init__(surroundings, parent)
        self._ask_films = ask_films
        self._wanted = ""
        self.filters = FilterBar()
        self.choice = ChoiceBar()
        self.content = RecordedContent(surroundings, now=now)
        self.imports = ImportBar()
        self.undo = UndoBar()
        self.storage = StorageCard(surroundings.desk)
        self.review = ReviewPanel(
            surroundings, make_media=make_media, make_frames=make_frames, open_folder=open_folder
        )
        self._deeds = ReplayDeeds(surroundings, self)
        self.menu = CardMenu(self.content.list)
        self._files = FilesOut(surroundings, self.content.list, show_file=show_file, drag=drag)
        self._arrange()
        self._listen()
        self.drops = DropZone(self, self._import)

    def came_up(self) -> None:
        """See ``Page``."""
        self._surroundings.desk.ask(
            lambda client: client.stations.all(), self._show_stations, otherwise=lambda _: None, owner=self
        )
        if self.content.model.state is not ListState.THERE:
            self.content.show_query(self.filters.query)
        self.storage.watch()

    def went_down(self) -> None:
        """See ``Page``."""
        self.review.rest()
        self.storage.rest()

    @property
    def subject(self) -> str:
        """See ``Page``."""
        opened = self.review.asset
        return "" if opened is None else opened.id

    def show_subject(self, subject: str) -> None:
        """Open the replay of this id; behind ``@`` may stand where in it, in milliseconds."""
        self._wanted = subject
        asset_id, _ = parted(subject)
        self._surroundings.desk.ask(
            lambda client: client.library.get(asset_id), self._open_wanted, owner=self
        )

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.filters)
        left.addWidget(self.choice)
        left.addWidget(self.content, 1)
        left.addWidget(self.imports)
        left.addWidget(self.undo)
        left.addWidget(self.storage)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addLayout(left, 3)
        layout.addWidget(self.review, 2)
        self.review.setMinimumWidth(0)  # in some languages its words need more than it asks for in numbers

    def _listen(self) -> None:
        content, deeds = self.content, self._deeds
        self.filters.changed.connect(self._look_for)
        self.filters.import_wanted.connect(self._ask_for_films)
        self.imports.reasons_wanted.connect(self._show_reasons)
        content.opened.connect(self.review.show_replay)
        content.play_wanted.connect(self._play)
        content.choice_changed.connect(self._show_choice)
        content.settled.connect(self._show_count)
        content.model.rename_wanted.connect(deeds.rename)
        content.list.typed.connect(self._search)
        content.list.removal_wanted.connect(self._bin)
        content.list.drag_wanted.connect(self._drag)
        content.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        content.list.customContextMenuRequested.connect(self._show_menu)
        for wanted, deed in (
            (self.menu.play_wanted, self._play_current),
            (self.menu.rename_wanted, self._rename),
            (self.menu.details_wanted, self._edit_current),
            (self.menu.folder_wanted, self._show_folder),
            (self.menu.pin_wanted, self._pin),
            (self.menu.bin_wanted, self._bin),
        ):
            wanted.connect(deed)
        self.choice.bin_wanted.connect(self._bin)
        self.choice.pin_wanted.connect(self._pin)
        self.choice.station_wanted.connect(self._move)
        self.choice.ended.connect(content.list.clearSelection)
        self.review.details_wanted.connect(self._edit_opened)
        self.review.report_wanted.connect(self._show_report)
        deeds.changed.connect(self._take_changed)
        deeds.binned.connect(self._take_binned)
        deeds.restored.connect(self._take_restored)
        self.undo.undo_wanted.connect(deeds.restore)
        self.storage.space_wanted.connect(self._free_space)
        self._surroundings.feed.library_changed.connect(self._follow)

    def _show_stations(self, stations: Sequence[Station]) -> None:
        self.filters.show_stations(stations)
        self.choice.show_stations(stations)

    def _look_for(self, query: ReplayQuery) -> None:
        self.content.show_query(query)

    def _search(self, letters: str) -> None:
        """Letters that are typed on the cards are searched for."""
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.insert(letters)

    def _show_count(self) -> None:
        total = self.content.model.total
        narrowed = self.content.query.is_narrowed
        if total is None or self.content.model.state is not ListState.THERE:
            self.filters.show_count("")
        elif narrowed:
            self.filters.show_count(self.tr("%n found", "", total))
        else:
            self.filters.show_count(self.tr("%n replay(s)", "", total))

    def _show_choice(self) -> None:
        self.choice.show_choice(self.content.chosen)

    def _bin(self) -> None:
        chosen = self.content.chosen
        opened = self.review.asset
        if opened is not None and any(each.id == opened.id for each in chosen):
            self.review.show_replay(None)  # some systems move no file that is open
        self._deeds.bin(chosen)

    def _pin(self, is_pinned: bool) -> None:
        self._deeds.pin(self.content.chosen, is_pinned=is_pinned)

    def _move(self, station_id: str) -> None:
        self._deeds.move_to_station(self.content.chosen, station_id)

    def _edit_current(self) -> None:
        current = self.content.current
        if current is not None:
            self._edit(current)

    def _edit_opened(self, asset_id: str) -> None:
        self._surroundings.desk.ask(lambda client: client.library.get(asset_id), self._edit, owner=self)

    def _edit(self, asset: Asset) -> None:
        sheet = AssetSheet(self._surroundings, asset)
        sheet.saved.connect(self._take_changed)
        self._surroundings.ways.open_sheet(sheet)

    def _show_menu(self, place: QPoint) -> None:
        cards = self.content.list
        index = cards.indexAt(place)
        if not index.isValid():  # the menu key
            place = cards.visualRect(cards.currentIndex()).center()
        self.menu.show_for(self.content.chosen, cards.viewport().mapToGlobal(place))

    def _rename(self) -> None:
        self.content.list.edit(self.content.list.currentIndex())

    def _play_current(self) -> None:
        current = self.content.current
        if current is not None:
            self._play(current)

    def _play(self, asset: Asset) -> None:
        self.review.show_replay(asset)
        self.review.play()

    def _show_folder(self) -> None:
        current = self.content.current
        if current is not None:
            self._files.show(current)

    def _drag(self) -> None:
        self._files.drag(self.content.chosen)

    def _show_report(self, session_id: str) -> None:
        self._surroundings.ways.go_to(PageName.SESSIONS, session_id)

    def _free_space(self) -> None:
        sheet = RetentionSheet(self._surroundings)
        sheet.removed.connect(self.storage.look_soon)
        self._surroundings.ways.open_sheet(sheet)

    def _ask_for_films(self) -> None:
        self._ask_films(self, self._import)

    def _import(self, paths: tuple[str, ...]) -> None:
        station_id = self.filters.query.station_id

        def begun(told: ImportBegun) -> None:
            # An import of nothing is over before anybody could be told of it.
            is_over = told.total == 0
            self.imports.show_progress(ImportProgress(done=0, total=told.total, taken=0, is_over=is_over))

        if paths:
            self._surroundings.desk.ask(
                lambda client: client.library.import_files(paths, station_id=station_id), begun, owner=self
            )

    def _show_reasons(self, refused: tuple[RefusedFile, ...]) -> None:
        self._surroundings.ways.open_sheet(RefusedFilesSheet(refused))

    def _take_changed(self, asset: Asset) -> None:
        self.content.take_changed(asset)
        self._show_choice()
        opened = self.review.asset
        if opened is not None and opened.id == asset.id:
            self.review.show_replay(asset)

    def _take_binned(self, binned: tuple[Binned, ...]) -> None:
        self.content.take_away([each.asset.id for each in binned])
        self.undo.show_binned(binned)
        self.storage.look_soon()

    def _take_restored(self, _: tuple[Asset, ...]) -> None:
        self.content.reload()
        self.storage.look_soon()

    def _open_wanted(self, asset: Asset) -> None:
        asset_id, offset_ms = parted(self._wanted)
        if asset.id == asset_id:
            self.review.show_replay(asset)
            self.content.choose(asset.id)
            if offset_ms is not None:
                self.review.jump_to(offset_ms)

    def _follow(self, words: Words) -> None:
        progress = progress_of(words)
        if progress is not None:
            self.imports.show_progress(progress)
            return
        change, asset_id = str(words.get("change", "")), str(words.get("assetId", ""))
        self.content.follow_change(change, asset_id)
        self.storage.look_soon()


def parted(subject: str) -> tuple[str, int | None]:
    """Return which replay is meant, and which moment of it if one is."""
    asset_id, _, offset = subject.partition("@")
    return asset_id, int(offset) if offset.isdecimal() else None
