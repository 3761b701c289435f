"""The list of devices: told when asked, told when it changes while somebody looks, and nobody troubled otherwise."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.control import device_watch
from powerstream_desktop.engine.control.desk_reports import DeviceKind, DeviceProblem, Devices
from powerstream_desktop.engine.control.device_watch import DeviceWatch

PATIENCE_S = 20.0
NONE = Devices()
ONE = Devices(cameras=(CameraDevice(id="a", name="A"),))
RESTS = "rests"
LOOKS = "looks"


class Lister:
    """Gives one list after the other, the last one for ever."""

    def __init__(self, *lists: Devices | Exception) -> None:
        self._lists = list(lists)
        self.done: queue.SimpleQueue[str] = queue.SimpleQueue()

    def look(self) -> Devices:
        self.done.put(LOOKS)
        found = self._lists.pop(0) if len(self._lists) > 1 else self._lists[0]
        if isinstance(found, Exception):
            raise found
        return found

    def rest(self) -> None:
        self.done.put(RESTS)


class Watching:
    """A watch and what it reported."""

    def __init__(self, *lists: Devices | Exception) -> None:
        self.lister = Lister(*lists)
        self.reports: queue.SimpleQueue[Devices | str] = queue.SimpleQueue()
        self.watch = DeviceWatch(self.lister, self.reports.put)

    def next(self) -> Devices | str:
        return self.reports.get(timeout=PATIENCE_S)

    def until(self, what: str, times: int = 1) -> None:
        while times:
            times -= self.lister.done.get(timeout=PATIENCE_S) == what


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_watch, "LOOK_S", 0.005)


@pytest.fixture
def closing() -> Iterator[list[Watching]]:
    opened: list[Watching] = []
    yield opened
    for each in opened:
        each.watch.close()


def test_a_question_is_answered_once_and_the_answer_follows_the_list(closing: list[Watching]) -> None:
    watching = Watching(ONE)
    closing.append(watching)
    watching.watch.list_once(lambda: watching.reports.put("listed"))
    assert [watching.next(), watching.next()] == [ONE, "listed"]
    watching.until(RESTS)
    watching.watch.list_once(lambda: watching.reports.put("again"))
    assert [watching.next(), watching.next()] == [ONE, "again"]


def test_who_watches_is_told_at_once_and_then_only_of_changes(closing: list[Watching]) -> None:
    watching = Watching(NONE, NONE, ONE, ONE, NONE)
    closing.append(watching)
    watching.watch.watch(is_watched=True)
    assert [watching.next() for _ in range(3)] == [NONE, ONE, NONE]
    watching.until(LOOKS, times=8)
    assert watching.reports.empty()


def test_who_watches_again_is_told_again(closing: list[Watching]) -> None:
    watching = Watching(ONE)
    closing.append(watching)
    for _ in range(2):
        watching.watch.watch(is_watched=True)
        assert watching.next() == ONE


def test_nobody_looks_when_nobody_watches_any_more(closing: list[Watching]) -> None:
    watching = Watching(ONE)
    closing.append(watching)
    watching.watch.watch(is_watched=True)
    watching.next()
    watching.watch.watch(is_watched=False)
    watching.until(RESTS)
    watching.watch.list_once(lambda: watching.reports.put("listed"))
    assert [watching.next(), watching.next()] == [ONE, "listed"]


def test_a_computer_that_cannot_be_looked_at_says_why(closing: list[Watching]) -> None:
    watching = Watching(SystemFault("The list is broken."), ONE)
    broken = DeviceProblem(kinds=frozenset(DeviceKind), title="The list is broken.")
    closing.append(watching)
    watching.watch.watch(is_watched=True)
    assert [watching.next(), watching.next()] == [Devices(problems=(broken,)), ONE]


def test_a_bug_in_a_look_ends_neither_the_watch_nor_the_engine(closing: list[Watching]) -> None:
    watching = Watching(RuntimeError("half a reply"), ONE)
    closing.append(watching)
    watching.watch.watch(is_watched=True)
    first = watching.next()
    assert isinstance(first, Devices)
    assert len(first.problems) == 1
    assert watching.next() == ONE


def test_a_watch_that_nobody_wanted_can_be_closed() -> None:
    watching = Watching(ONE)
    watching.watch.close()
    watching.watch.watch(is_watched=True)
    assert watching.lister.done.empty()


def test_closing_lets_the_helpers_go() -> None:
    watching = Watching(ONE)
    watching.watch.watch(is_watched=True)
    watching.next()
    watching.watch.close()
    watching.until(RESTS)
