"""A list of the service's that comes a page at a time, as whoever looks scrolls on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Desk

RowT = TypeVar("RowT")
ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The row itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPage(Generic[RowT]):
    """A page of a list.

    Attributes:
        next_cursor: for the page after this one; None when this is the last.
        total: how many rows there are on all pages; None where nobody counts them.
    """

    rows: tuple[RowT, ...]
    next_cursor: str | None
    total: int | None = None


class ListState(Enum):
    """How a list stands: its first page is asked for, is there, or could not be had."""

    LOADING = "loading"
    THERE = "there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords(Generic[RowT]):
    """What is known of rows.

    Attributes:
        key: tells a row from others, also after it has changed.
        text: what a screen reader says of it.
    """

    key: Callable[[RowT], Hashable]
    text: Callable[[RowT], str]


class PagedModel(QAbstractListModel, Generic[RowT]):
    """Rows that were told so far; Qt's views ask for more when their end comes into sight.

    What is shown stays until the first page of another list is there.

    Args:
        desk: takes errands.
        words: what is known of rows.
        parent: owns it.
    """

    settled = Signal()  # the first page came, or could not be had

    def __init__(self, desk: Desk, words: RowWords[RowT], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = words
        self._ask: Callable[[Client, str | None], RowsPage[RowT]] | None = None
        self._rows: list[RowT] = []
        self._next_cursor: str | None = None
        self._is_asking_more = False
        self._list_number = 0  # what was asked for another list comes too late
        self._state = ListState.LOADING
        self._total: int | None = None
        self.error: PowerStreamError | None = None

    @property
    def state(self) -> ListState:
        """How the list stands."""
        return self._state

    @property
    def rows(self) -> Sequence[RowT]:
        """What was told so far."""
        return tuple(self._rows)

    def slice(self, first: int, end: int) -> Sequence[RowT]:
        """Return some of what was told so far, without walking over all of it."""
        return self._rows[first:end]

    @property
    def total(self) -> int | None:
        """How many rows there are, also those that were not told yet; None where nobody counts them."""
        return self._total

    def show_list(self, ask: Callable[[Client, str | None], RowsPage[RowT]]) -> None:
        """Show another list, or the same anew.

        Args:
            ask: returns the page at a cursor, the first for None; runs on another thread.
        """
        self._ask = ask
        self._list_number += 1
        self._is_asking_more = False
        self._fetch(None)

    def index_of(self, key: Hashable) -> QModelIndex:
        """Return where a row is; an invalid index if it is not there."""
        for number, row in enumerate(self._rows):
            if self._words.key(row) == key:
                return self.index(number)
        return QModelIndex()

    def replace_row(self, row: RowT) -> None:
        """Show a row as it is now; one that is not there is left out."""
        index = self.index_of(self._words.key(row))
        if index.isValid():
            self._rows[index.row()] = row
            self.dataChanged.emit(index, index)

    def insert_row(self, place: int, row: RowT) -> None:
        """Show a row more.

        Args:
            place: before the row that stands there now; at the end of those that were told if there are not so many.
            row: the row; one that is there already is shown as it is now, where it stands.
        """
        if self.index_of(self._words.key(row)).isValid():
            self.replace_row(row)
            return
        place = min(place, len(self._rows))
        self.beginInsertRows(QModelIndex(), place, place)
        self._rows.insert(place, row)
        self.endInsertRows()
        self._total = None if self._total is None else self._total + 1

    def remove_row(self, key: Hashable) -> None:
        """Show a row no more."""
        index = self.index_of(key)
        if index.isValid():
            self.beginRemoveRows(QModelIndex(), index.row(), index.row())
            del self._rows[index.row()]
            self.endRemoveRows()
            self._total = None if self._total is None else self._total - 1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """How many are there."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> Any:
        """The row, or its words."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return self._words.text(row)
        return None

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """There are more, and nobody has asked yet."""
        return not parent.isValid() and self._next_cursor is not None and not self._is_asking_more

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._is_asking_more = True
            self._fetch(self._next_cursor)

    def _fetch(self, cursor: str | None) -> None:
        ask, number = self._ask, self._list_number
        if ask is None:
            return
        self._desk.ask(
            lambda client: ask(client, cursor),
            lambda page: self._take(page, number, cursor),
            otherwise=lambda error: self._be_refused(error, number, cursor),
            owner=self,
        )

    def _take(self, page: RowsPage[RowT], number: int, cursor: str | None) -> None:
        if number != self._list_number:
            return
        self._next_cursor, self._is_asking_more = page.next_cursor, False
        if cursor is not None:
            self._append(page.rows)
            return
        self.beginResetModel()
        self._rows = list(page.rows)
        self._total = page.total
        self.endResetModel()
        self._state, self.error = ListState.THERE, None
        self.settled.emit()

    def _append(self, rows: Sequence[RowT]) -> None:
        known = {self._words.key(each) for each in self._rows}
        new = [each for each in rows if self._words.key(each) not in known]
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._rows.extend(new)
            self.endInsertRows()

    def _be_refused(self, error: PowerStreamError, number: int, cursor: str | None) -> None:
        if number != self._list_number:
            return
        self._is_asking_more = False
        if cursor is not None:  # the next look at the list's end asks again
            return
        self.error = error
        self._state = ListState.FAILED
        self.settled.emit()
