"""The replays of a station, or of all, as cards; more come as whoever looks scrolls on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.paging.paged_model import (
    ROW_ROLE,
    ListState,
    PagedModel,
    RowsPage,
    RowWords,
)
from powerstream_desktop.desktop.replays.asset_card import GAP_PX, MIN_WIDTH_PX, AssetCard
from powerstream_desktop.desktop.replays.asset_words import spoken
from powerstream_desktop.desktop.replays.thumbnails import Thumbnails
from powerstream_desktop.desktop.shell.surroundings import Surroundings

PAGE_ROWS: Final = 48


class RecordedContent(QWidget):
    """A list of replays, which says how it stands: loading, failed, empty, or there.

    Args:
        surroundings: what the window lends.
        parent: its place.
        now: gives the time of day, with its zone.
    """

    opened = Signal(object)  # Asset: it was chosen
    settled = Signal()  # what was asked for is shown, or cannot be

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._station_id: str | None = None
        self._words = ""
        self._was_chosen = ""
        self._shows_another = False  # what is shown is not what was asked for last
        words: RowWords[Asset] = RowWords(key=lambda asset: asset.id, text=lambda asset: spoken(asset, now()))
        self._model: PagedModel[Asset] = PagedModel(surroundings.desk, words, self)
        self._thumbnails = Thumbnails(surroundings.desk, self)
        self.list = _Cards(self)
        self._card = AssetCard(self._thumbnails, now, self.list)
        self._filler = Filler()
        self._layers = QStackedLayout(self)
        self._dress()
        self._listen()

    @property
    def model(self) -> PagedModel[Asset]:
        """What is listed."""
        return self._model

    @property
    def chosen(self) -> Asset | None:
        """The replay that is chosen."""
        asset = self.list.currentIndex().data(ROW_ROLE)
        return asset if isinstance(asset, Asset) else None

    def show_replays(self, station_id: str | None, words: str = "") -> None:
        """List replays.

        Args:
            station_id: of this station; None for all.
            words: only those in whose title or description these are.
        """
        is_another_list = (station_id, words) != (self._station_id, self._words)
        self._station_id, self._words = station_id, words
        self._shows_another = self._shows_another or is_another_list
        if is_another_list or self._model.state is not ListState.THERE:
            self._filler.loading(self.tr("Loading replays…"))
            if not self._model.rows:
                self._layers.setCurrentWidget(self._filler)
        self.reload()

    def reload(self) -> None:
        """Ask for the same list again."""
        self._model.show_list(self._asker())

    def choose(self, asset_id: str) -> bool:
        """Choose a replay without opening it; return whether it is listed."""
        index = self._model.index_of(asset_id)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, flags)
            self.list.scrollTo(index)
        return index.isValid()

    def follow_change(self, change: str, asset_id: str) -> None:
        """Show what an event of the library says.

        Args:
            change: ``added``, ``changed``, ``removed``, or ``reload``.
            asset_id: of which replay; empty for ``reload``.
        """
        if change == "removed":
            self._model.remove_row(asset_id)
            self._show()
        elif change == "changed" and self._model.index_of(asset_id).isValid():
            self._thumbnails.forget(asset_id)
            self._surroundings.desk.ask(
                lambda client: client.library.get(asset_id),
                self._model.replace_row,
                otherwise=lambda _: self.reload(),
                owner=self,
            )
        else:
            self.reload()

    def _asker(self) -> Callable[[Client, str | None], RowsPage[Asset]]:
        station_id, words = self._station_id, self._words or None

        def ask(client: Client, cursor: str | None) -> RowsPage[Asset]:
            page = client.library.page(station_id=station_id, words=words, limit=PAGE_ROWS, cursor=cursor)
            return RowsPage(rows=page.assets, next_cursor=page.next_cursor)

        return ask

    def _dress(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._card)
        self.list.setAccessibleName(self.tr("Replays"))
        self._layers.addWidget(self._filler)
        self._layers.addWidget(self.list)
        self._filler.loading(self.tr("Loading replays…"))

    def _listen(self) -> None:
        self._model.modelAboutToBeReset.connect(self._remember)
        self._model.settled.connect(self._show)
        self._thumbnails.came.connect(lambda _: self.list.viewport().update())
        self.list.widened.connect(self._fit)
        self.list.opened.connect(self._open)
        look().changed.connect(self._fit_again)

    def _remember(self) -> None:
        chosen = self.chosen
        self._was_chosen = "" if chosen is None else chosen.id

    def _show(self) -> None:
        error = self._model.error
        if error is None:
            self._shows_another = False
            self._show_rows()
        elif self._shows_another or not self._model.rows:
            self._filler.error(said(getattr(error, "code", ""), error.title), self._retry)
            self._layers.setCurrentWidget(self._filler)
        # Otherwise what is shown is how it was, and the window's banner says what is happening.
        self.settled.emit()

    def _show_rows(self) -> None:
        if not self._model.rows:
            self._filler.empty(*self._empty_words())
            self._layers.setCurrentWidget(self._filler)
            return
        self._layers.setCurrentWidget(self.list)
        if self._was_chosen:
            self.choose(self._was_chosen)

    def _empty_words(self) -> tuple[str, str]:
        if self._words:
            return self.tr("Nothing was found."), self.tr("Try fewer or other words.")
        if self._station_id is not None:
            return (
                self.tr("No recorded shows for this station yet."),
                self.tr("What you broadcast with recording on appears here."),
            )
        return self.tr("No replays yet."), self.tr("What you broadcast with recording on appears here.")

    def _retry(self) -> None:
        self._filler.loading(self.tr("Loading replays…"))
        self.reload()

    def _open(self, index: QModelIndex) -> None:
        asset = index.data(ROW_ROLE)
        if isinstance(asset, Asset):
            self.opened.emit(asset)

    def _fit_again(self) -> None:
        self._fit(self.list.room_px)

    def _fit(self, width_px: int) -> None:
        columns = max(1, (width_px + GAP_PX) // (MIN_WIDTH_PX + GAP_PX))
        self._card.set_width(max(MIN_WIDTH_PX // 2, (width_px - 1) // columns))
        self.list.doItemsLayout()


class _Cards(QListView):
    """A grid of cards that fills its width. Return and a click open one."""

    opened = Signal(object)  # QModelIndex
    widened = Signal(int)  # to so many pixels

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(0)
        self.setProperty("canvas", "true")
        self.clicked.connect(self._click)

    @property
    def room_px(self) -> int:
        """Room for cards, that of the scroll bar left out: whether it is needed must not change how many fit into a row."""
        return self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Return or Space, on every system."""
        is_opening = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if is_opening and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        self.opened.emit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say how wide it is."""
        self.widened.emit(self.room_px)
        super().resizeEvent(event)
