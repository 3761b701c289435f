"""The page of all replays: what is looked for, the cards, the room that they need, and beside them the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.reading import Words
from powerstream_desktop.desktop.paging.paged_model import ListState
from powerstream_desktop.desktop.player.stream_player import MediaMaker, qt_media
from powerstream_desktop.desktop.replays.choice_bar import ChoiceBar
from powerstream_desktop.desktop.replays.cloud_card import CloudCard
from powerstream_desktop.desktop.replays.drop_zone import DropZone
from powerstream_desktop.desktop.replays.files_out import Dragger, drag_out
from powerstream_desktop.desktop.replays.film_asking import FilmAsker, ask_in_dialog
from powerstream_desktop.desktop.replays.filter_bar import FilterBar
from powerstream_desktop.desktop.replays.handling import ReplayHandling
from powerstream_desktop.desktop.replays.import_bar import ImportBar, RefusedFilesSheet
from powerstream_desktop.desktop.replays.import_progress import RefusedFile, progress_of
from powerstream_desktop.desktop.replays.query import ReplayQuery
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from powerstream_desktop.desktop.replays.retention_sheet import RetentionSheet
from powerstream_desktop.desktop.replays.reveal import reveal
from powerstream_desktop.desktop.replays.storage_card import StorageCard
from powerstream_desktop.desktop.review.film_frames import film_frames
from powerstream_desktop.desktop.review.review_panel import ReviewPanel
from powerstream_desktop.desktop.review.reviewer import FrameSourceMaker
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class ReplaysPage(Page):
    """Replays of all stations, or of one.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
        make_media: what plays.
        make_frames: what gives single pictures.
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
        make_frames: FrameSourceMaker = film_frames,
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
        self.storage = StorageCard(surroundings.desk)
        self.cloud = CloudCard(surroundings)
        self.review = ReviewPanel(
            surroundings, make_media=make_media, make_frames=make_frames, show_file=show_file
        )
        self.handling = ReplayHandling(
            surroundings, self.content, self.review, show_file=show_file, drag=drag
        )
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
        self.cloud.watch()

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
        left.addWidget(self.handling.undo)
        left.addWidget(self.cloud)
        left.addWidget(self.storage)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addLayout(left, 3)
        layout.addWidget(self.review, 2)
        self.review.setMinimumWidth(0)  # in some languages its words need more than it asks for in numbers

    def _listen(self) -> None:
        content, handling = self.content, self.handling
        self.filters.changed.connect(self._look_for)
        self.filters.import_wanted.connect(self._ask_for_films)
        self.imports.reasons_wanted.connect(self._show_reasons)
        content.choice_changed.connect(self._show_choice)
        content.settled.connect(self._show_count)
        content.list.typed.connect(self._search)
        self.choice.bin_wanted.connect(handling.bin)
        self.choice.pin_wanted.connect(handling.pin)
        self.choice.station_wanted.connect(handling.move)
        self.choice.ended.connect(content.list.clearSelection)
        self.review.details_wanted.connect(handling.edit_by_id)
        self.review.report_wanted.connect(handling.show_report)
        handling.changed.connect(self._show_choice)
        handling.counted.connect(self.storage.look_soon)
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

    def _free_space(self) -> None:
        sheet = RetentionSheet(self._surroundings)
        sheet.removed.connect(self.storage.look_soon)
        self._surroundings.ways.open_sheet(sheet)

    def _ask_for_films(self) -> None:
        self._ask_films(self, self._import)

    def _import(self, paths: tuple[str, ...]) -> None:
        station_id = self.filters.query.station_id
        if paths:
            self._surroundings.desk.ask(
                lambda client: client.library.import_files(paths, station_id=station_id),
                self.imports.show_begun,
                owner=self,
            )

    def _show_reasons(self, refused: tuple[RefusedFile, ...]) -> None:
        self._surroundings.ways.open_sheet(RefusedFilesSheet(refused))

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
