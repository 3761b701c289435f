"""Replays as cards; more come as whoever looks scrolls on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.outlook.recording_standing import RecordingPlight, recording_standing
from powerstream_desktop.desktop.paging.paged_model import ROW_ROLE, ListState, RowsPage
from powerstream_desktop.desktop.replays.asset_card import GAP_PX, MIN_WIDTH_PX, AssetCard
from powerstream_desktop.desktop.replays.cards import Cards
from powerstream_desktop.desktop.replays.query import ReplayQuery
from powerstream_desktop.desktop.replays.replay_model import ReplayModel
from powerstream_desktop.desktop.replays.thumbnails import Thumbnails
from powerstream_desktop.desktop.shell.surroundings import Surroundings

_LEFT_BEHIND: Final = "recording-left-behind"
"""Code of the notice that what a broadcast recorded that broke off is being finished."""
PAGE_ROWS: Final = 100


class RecordedContent(QWidget):
    """A list of replays, which says how it stands: loading, failed, empty, or there.

    Args:
        surroundings: what the window lends.
        parent: its place.
        now: gives the time of day, with its zone.
    """

    opened = Signal(object)  # Asset: it was chosen
    play_wanted = Signal(object)  # Asset
    choice_changed = Signal()
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
        self._now = now
        self._query = ReplayQuery()
        self._remembered: tuple[frozenset[str], str] = (frozenset(), "")
        self._places: dict[str, int] = {}  # where replays stood that were taken away, in that order
        self._shows_another = False  # what is shown is not what was asked for last
        self._is_behind = False  # something came while whoever looks had scrolled away from the beginning
        self._is_asking = self._is_stale = False  # something came while the list was being asked for
        self._model = ReplayModel(surroundings.desk, now, self)
        self._thumbnails = Thumbnails(surroundings.desk, self)
        self.list = Cards(self)
        self._card = AssetCard(self._thumbnails, now, self.list)
        self._filler = Filler()
        self._layers = QStackedLayout(self)
        self._dress()
        self._listen()

    @property
    def model(self) -> ReplayModel:
        """What is listed."""
        return self._model

    @property
    def query(self) -> ReplayQuery:
        """What was asked for last."""
        return self._query

    @property
    def current(self) -> Asset | None:
        """The replay on which the keyboard is."""
        asset = self.list.currentIndex().data(ROW_ROLE)
        return asset if isinstance(asset, Asset) else None

    @property
    def chosen(self) -> tuple[Asset, ...]:
        """The replays that are chosen, in the list's order."""
        return self._model.rows_of(self.list.chosen_ranges())

    def show_query(self, query: ReplayQuery) -> None:
        """List the replays that are meant."""
        is_another_list = query != self._query
        self._query = query
        self._shows_another = self._shows_another or is_another_list
        if is_another_list or self._model.state is not ListState.THERE:
            self._filler.loading(self.tr("Loading replays…"))
            if not self._model.rows:
                self._layers.setCurrentWidget(self._filler)
        self.reload()

    def reload(self) -> None:
        """Ask for the same list again."""
        self._is_behind = self._is_stale = False
        self._is_asking = True
        self._model.show_list(self._asker())

    def choose(self, asset_id: str) -> bool:
        """Choose a replay without opening it; return whether it is listed."""
        index = self._model.index_of(asset_id)
        if index.isValid():
            self.list.choose([index], index)
            self.list.scrollTo(index)
        return index.isValid()

    def follow_change(self, change: str, asset_id: str) -> None:
        """Show what an event of the library says.

        Args:
            change: ``added``, ``changed``, ``removed``, or ``reload``.
            asset_id: of which replay; empty for ``reload``.
        """
        if change == "removed":
            self.take_away([asset_id])
        elif change == "changed" and self._model.index_of(asset_id).isValid():
            self._thumbnails.forget(asset_id)
            self._surroundings.desk.ask(
                lambda client: client.library.get(asset_id),
                self._model.replace_row,
                otherwise=lambda _: self.reload(),
                owner=self,
            )
        elif change in {"added", "changed", "reload"}:
            self._thumbnails.try_again()
            self._reload_where_nobody_is_disturbed()

    def listed(self, asset_id: str) -> Asset | None:
        """Return a replay as it is listed; None if it is not."""
        asset = self._model.index_of(asset_id).data(ROW_ROLE)
        return asset if isinstance(asset, Asset) else None

    def take_changed(self, asset: Asset) -> None:
        """Show a replay as it is now."""
        self._model.replace_row(asset)

    def take_away(self, asset_ids: Iterable[str]) -> None:
        """Show these replays no more."""
        for each in asset_ids:
            index = self._model.index_of(each)
            if index.isValid():
                self._places[each] = index.row()
                self._model.remove_row(each)
        if self._model.rows or not self._model.total:
            self._show()
        else:
            self.reload()  # there are others, which were not told yet

    def take_back(self, assets: Iterable[Asset]) -> None:
        """Show replays again that were taken away, each where it stood: whoever looks keeps the place."""
        returning = {each.id: each for each in assets}
        known = [each for each in self._places if each in returning]
        if len(known) < len(returning):
            self.reload()  # another list is shown since
            return
        for asset_id in reversed(known):  # a place was reckoned without those that had gone before
            self._model.insert_row(self._places.pop(asset_id), returning[asset_id])
        self._show()

    def _reload_where_nobody_is_disturbed(self) -> None:
        """Whoever has scrolled on keeps the place, and sees what is new back at the beginning."""
        if self.list.isVisible() and self.list.verticalScrollBar().value() > 0:
            self._is_behind = True
        elif self._is_asking:  # many changes at once are one question more
            self._is_stale = True
        else:
            self.reload()

    def _asker(self) -> Callable[[Client, str | None], RowsPage[Asset]]:
        query, (since, until) = self._query, self._query.bounds(self._now())

        def ask(client: Client, cursor: str | None) -> RowsPage[Asset]:
            page = client.library.page(
                station_id=query.station_id,
                words=query.words or None,
                status=query.status,
                since=_text_of(since),
                until=_text_of(until),
                sort=query.sort.value,
                limit=PAGE_ROWS,
                cursor=cursor,
            )
            return RowsPage(rows=page.assets, next_cursor=page.next_cursor, total=page.total)

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
        self._model.settled.connect(self._take_list)
        self._thumbnails.came.connect(self._repaint)
        self.list.widened.connect(self._fit)
        self.list.opened.connect(self._open)
        self.list.play_wanted.connect(self._play)
        self.list.selectionModel().selectionChanged.connect(self._follow_choice)
        self.list.verticalScrollBar().valueChanged.connect(self._follow_scrolling)
        look().changed.connect(self._fit_again)
        self._surroundings.feed.recording_changed.connect(self._say_again)
        self._surroundings.feed.notices_changed.connect(self._say_again)

    def _remember(self) -> None:
        self._places.clear()
        current = self.current
        self._remembered = (
            frozenset(each.id for each in self.chosen),
            "" if current is None else current.id,
        )

    def _take_list(self) -> None:
        self._is_asking = False
        self._show()
        if self._is_stale:
            self._is_stale = False
            self._reload_where_nobody_is_disturbed()

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
        chosen, current = self._remembered
        if chosen or current:
            self._remembered = (frozenset(), "")
            indexes = [self._model.index_of(each) for each in chosen]
            self.list.choose([each for each in indexes if each.isValid()], self._model.index_of(current))

    def _say_again(self) -> None:
        """Say anew why nothing is listed, as a recording begins or ends."""
        if self._model.state is ListState.THERE and self._model.error is None and not self._model.rows:
            self._filler.empty(*self._empty_words())

    def _empty_words(self) -> tuple[str, str]:
        now = self._surroundings.feed.now
        if self._query.words:
            return self.tr("Nothing was found."), self.tr("Try fewer or other words.")
        if self._query.is_narrowed:
            return self.tr("Nothing was found."), self.tr("Try another date or state.")
        if self._query.station_id is not None:
            return (
                self.tr("No recorded shows for this station yet."),
                self.tr("What you broadcast with recording on appears here."),
            )
        if any(each.code == _LEFT_BEHIND for each in now.notices):
            return self.tr("A recording is being finished."), self.tr("It appears here by itself.")
        match recording_standing(now.recording, now.broadcast).plight:
            case RecordingPlight.FINISHING | RecordingPlight.FINISHED:
                return self.tr("A recording is being finished."), self.tr("It appears here by itself.")
            case RecordingPlight.OPENING | RecordingPlight.RECORDING | RecordingPlight.PAUSED:
                return self.tr("No replays yet."), self.tr(
                    "What is recorded now appears here after the broadcast."
                )
        return self.tr("No replays yet."), self.tr("What you broadcast with recording on appears here.")

    def _retry(self) -> None:
        self._filler.loading(self.tr("Loading replays…"))
        self.reload()

    def _open(self, index: QModelIndex) -> None:
        asset = index.data(ROW_ROLE)
        if isinstance(asset, Asset):
            self.opened.emit(asset)

    def _play(self, index: QModelIndex) -> None:
        asset = index.data(ROW_ROLE)
        if isinstance(asset, Asset):
            self.play_wanted.emit(asset)

    def _follow_choice(self) -> None:
        self._card.set_ticks(are_shown=self.list.chosen_count > 1)
        self.list.viewport().update()
        self.choice_changed.emit()

    def _follow_scrolling(self, value: int) -> None:
        self._thumbnails.leave_out_all_but({each.id for each in self._seen()})
        if value == 0 and self._is_behind:
            self.reload()

    def _seen(self) -> list[Asset]:
        found = (self._model.index(row).data(ROW_ROLE) for row in self.list.seen_rows())
        return [each for each in found if isinstance(each, Asset)]

    def _repaint(self, asset_id: str) -> None:
        for row in self.list.seen_rows():
            index = self._model.index(row)
            if index.data(ROW_ROLE).id == asset_id:
                self.list.viewport().update(self.list.visualRect(index))

    def _fit_again(self) -> None:
        self._fit(self.list.room_px)

    def _fit(self, width_px: int) -> None:
        columns = max(1, (width_px + GAP_PX) // (MIN_WIDTH_PX + GAP_PX))
        self._card.set_width(max(MIN_WIDTH_PX // 2, (width_px + GAP_PX) // columns))
        self.list.show_cards(self._card.size, columns)


def _text_of(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
