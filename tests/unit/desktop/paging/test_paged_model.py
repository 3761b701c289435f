"""Lists that come a page at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.desktop.paging.paged_model import (
    ROW_ROLE,
    ListState,
    PagedModel,
    RowsPage,
    RowWords,
)
from tests.unit.desktop.driver import show, wait_for
from tests.unit.desktop.fakes import FakeDesk

TOP = QModelIndex()


class Numbers:
    """Numbers from one on, ten a page; what was asked is noted."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.asked: list[str | None] = []
        self.is_gone = False

    def page(self, _: Client, cursor: str | None) -> RowsPage[int]:
        self.asked.append(cursor)
        if self.is_gone:
            raise ServiceGoneError("It is gone.")
        first = int(cursor or 1)
        rows = tuple(range(first, min(first + 10, self.last + 1)))
        return RowsPage(rows=rows, next_cursor=str(first + 10) if first + 10 <= self.last else None)


class Scene:
    """A model, its desk, and what was settled."""

    def __init__(self) -> None:
        self.desk = FakeDesk(None)
        self.owner = QObject()
        words: RowWords[int] = RowWords(key=lambda row: row % 1000, text=lambda row: f"number {row}")
        self.model: PagedModel[int] = PagedModel(self.desk, words, self.owner)
        self.settled: list[ListState] = []
        self.model.settled.connect(lambda: self.settled.append(self.model.state))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_first_page_comes_and_others_when_asked_for(scene: Scene) -> None:
    numbers = Numbers(25)
    scene.model.show_list(numbers.page)
    assert list(scene.model.rows) == list(range(1, 11))
    while scene.model.canFetchMore(TOP):
        scene.model.fetchMore(TOP)
    assert list(scene.model.rows) == list(range(1, 26))
    assert numbers.asked == [None, "11", "21"]
    assert scene.settled == [ListState.THERE]


def test_a_list_that_scrolls_asks_for_as_much_as_is_seen(scene: Scene) -> None:
    numbers = Numbers(1000)
    view = QListView()
    view.setModel(scene.model)
    scene.model.show_list(numbers.page)
    show(view, 200, 150)
    asked = len(numbers.asked)
    assert asked < 10
    view.scrollToBottom()
    wait_for(lambda: len(numbers.asked) > asked)
    assert len(numbers.asked) < 20


def test_more_is_asked_for_once_while_it_is_on_its_way(scene: Scene) -> None:
    numbers = Numbers(25)
    scene.model.show_list(numbers.page)
    scene.desk.is_slow = True
    scene.model.fetchMore(TOP)
    assert not scene.model.canFetchMore(TOP)
    scene.model.fetchMore(TOP)
    scene.desk.work()
    assert numbers.asked == [None, "11"]


def test_what_belongs_to_another_list_comes_too_late(scene: Scene) -> None:
    scene.model.show_list(Numbers(25).page)
    scene.desk.is_slow = True
    scene.model.fetchMore(TOP)
    scene.model.show_list(Numbers(3).page)
    assert len(scene.model.rows) == 10, "what is shown stays until the other list is there"
    scene.desk.work()
    assert list(scene.model.rows) == [1, 2, 3]


def test_a_row_that_moved_to_the_next_page_meanwhile_is_shown_once(scene: Scene) -> None:
    numbers = Numbers(25)
    scene.model.show_list(numbers.page)

    def overlapping(client: Client, cursor: str | None) -> RowsPage[int]:
        return RowsPage(rows=(1009, 1010, 11), next_cursor=None)

    scene.model._ask = overlapping
    scene.model.fetchMore(TOP)
    assert list(scene.model.rows) == [*range(1, 11), 11]


def test_a_first_page_that_cannot_be_had_says_why_and_the_next_try_may_succeed(scene: Scene) -> None:
    numbers = Numbers(3)
    numbers.is_gone = True
    scene.model.show_list(numbers.page)
    assert scene.settled == [ListState.FAILED]
    assert scene.model.error is not None
    assert scene.model.error.title == "It is gone."
    numbers.is_gone = False
    scene.model.show_list(numbers.page)
    assert scene.settled[-1] is ListState.THERE
    assert scene.model.error is None


def test_a_later_page_that_cannot_be_had_is_asked_for_again(scene: Scene) -> None:
    numbers = Numbers(15)
    scene.model.show_list(numbers.page)
    numbers.is_gone = True
    scene.model.fetchMore(TOP)
    assert len(scene.model.rows) == 10
    assert scene.model.state is ListState.THERE
    numbers.is_gone = False
    scene.model.fetchMore(TOP)
    assert len(scene.model.rows) == 15


def test_rows_change_and_go_in_their_place(scene: Scene) -> None:
    warns = QAbstractItemModelTester.FailureReportingMode.Warning  # which fails a test
    tester = QAbstractItemModelTester(scene.model, warns)
    assert tester.model() is scene.model
    scene.model.show_list(Numbers(3).page)
    changed: list[int] = []
    scene.model.dataChanged.connect(lambda first, *_: changed.append(first.row()))
    scene.model.replace_row(1002)
    scene.model.replace_row(77)
    scene.model.remove_row(1)
    scene.model.remove_row(77)
    assert list(scene.model.rows) == [1002, 3]
    assert changed == [1]
    scene.model.insert_row(0, 1)
    scene.model.insert_row(99, 4)
    scene.model.insert_row(0, 2003)  # it is there
    assert list(scene.model.rows) == [1, 1002, 2003, 4]
    assert changed == [1, 2]


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (ROW_ROLE, 1),
        (int(Qt.ItemDataRole.DisplayRole), "number 1"),
        (int(Qt.ItemDataRole.AccessibleTextRole), "number 1"),
        (int(Qt.ItemDataRole.DecorationRole), None),
    ],
)
def test_a_row_is_told_with_its_words(scene: Scene, role: int, told: object) -> None:
    scene.model.show_list(Numbers(3).page)
    assert scene.model.index(0).data(role) == told


def test_nothing_is_asked_before_there_is_a_list(scene: Scene) -> None:
    check: Callable[[QModelIndex], bool] = scene.model.canFetchMore
    assert not check(TOP)
    assert scene.model.state is ListState.LOADING
