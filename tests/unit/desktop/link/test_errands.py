"""Errands run elsewhere; their answers arrive on the window's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.desktop.link.errands import ThreadedDesk
from tests.unit.desktop.driver import let_go, wait_for


class FakeClient:
    def __init__(self) -> None:
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class FakeDoor:
    """Gives a client to each thread; none while ``error`` is set."""

    def __init__(self) -> None:
        self.clients: list[FakeClient] = []
        self.error: PowerStreamError | None = None

    def client(self) -> Client:
        if self.error is not None:
            raise self.error
        self.clients.append(FakeClient())
        return cast("Client", self.clients[-1])

    def look_again(self) -> None:
        raise AssertionError("errands do not look for a service")


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def desk(door: FakeDoor) -> Iterator[ThreadedDesk]:
    desk = ThreadedDesk(door, threads=3)
    desk.start()
    yield desk
    desk.aclose()


def numbered(number: int) -> Callable[[Client], int]:
    return lambda _client: number


def test_an_answer_comes_on_the_thread_that_asked(desk: ThreadedDesk) -> None:
    threads: list[int] = []
    owner = QObject()

    def errand(_client: Client) -> str:
        threads.append(threading.get_ident())
        return "done"

    answers: list[tuple[str, int]] = []
    desk.ask(errand, lambda answer: answers.append((answer, threading.get_ident())), owner=owner)
    assert answers == []
    wait_for(lambda: bool(answers))
    assert answers == [("done", threading.get_ident())]
    assert threads != [threading.get_ident()]


def test_errands_of_one_owner_are_done_in_their_order(desk: ThreadedDesk) -> None:
    owner = QObject()
    began: list[int] = []
    answers: list[int] = []

    def errand(number: int) -> Callable[[Client], int]:
        def run(_client: Client) -> int:
            began.append(number)
            return number

        return run

    for number in range(200):
        desk.ask(errand(number), answers.append, owner=owner)
    wait_for(lambda: len(answers) == 200)
    assert began == answers == list(range(200))


def test_an_owner_does_not_wait_for_another(desk: ThreadedDesk) -> None:
    slow, quick = QObject(), QObject()
    may_end = threading.Event()
    answers: list[str] = []

    def wait(_client: Client) -> str:
        may_end.wait(10)
        return "slow"

    desk.ask(wait, answers.append, owner=slow)
    desk.ask(lambda _client: "behind it", answers.append, owner=slow)
    desk.ask(lambda _client: "quick", answers.append, owner=quick)
    wait_for(lambda: bool(answers))
    assert answers == ["quick"]
    may_end.set()
    wait_for(lambda: len(answers) == 3)
    assert answers == ["quick", "slow", "behind it"]


def test_an_error_goes_to_who_takes_it(desk: ThreadedDesk) -> None:
    def fail(_client: Client) -> None:
        raise ServiceGoneError("It is gone.")

    owner = QObject()
    taken: list[PowerStreamError] = []
    refused: list[PowerStreamError] = []
    desk.refused.connect(refused.append)
    desk.ask(fail, otherwise=taken.append, owner=owner)
    desk.ask(fail, owner=owner)
    wait_for(lambda: bool(taken and refused))
    assert [each.title for each in (*taken, *refused)] == ["It is gone."] * 2


@pytest.mark.allow_warning_logs
def test_a_mistake_in_an_errand_is_a_fault_of_ours_and_costs_no_thread(
    desk: ThreadedDesk, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_client: Client) -> int:
        return 1 // 0

    owner = QObject()
    taken: list[PowerStreamError] = []
    answers: list[int] = []
    for _ in range(4):
        desk.ask(fail, otherwise=taken.append, owner=owner)
    desk.ask(numbered(7), answers.append, owner=owner)
    wait_for(lambda: bool(answers))
    assert [type(each) for each in taken] == [BugError] * 4
    assert {record.levelno for record in caplog.records} == {logging.ERROR}


def test_an_owner_that_is_gone_is_told_nothing_but_its_errands_are_done(desk: ThreadedDesk) -> None:
    parent = QObject()
    owner = QObject(parent)
    may_go_on = threading.Event()
    done: list[str] = []
    told: list[Any] = []

    def errand(_client: Client) -> str:
        may_go_on.wait(10)
        done.append("first")
        return "answer"

    def second(_client: Client) -> None:
        done.append("second")
        raise ServiceGoneError("It is gone.")

    desk.refused.connect(told.append)
    desk.ask(errand, told.append, owner=owner)
    desk.ask(second, told.append, owner=owner)
    parent.deleteLater()
    let_go()
    may_go_on.set()
    other = QObject()
    wait_for(lambda: len(done) == 2)
    desk.ask(numbered(1), told.append, owner=other)
    wait_for(lambda: bool(told))
    assert told == [1]


def test_errands_wait_for_the_start_and_are_refused_when_no_service_comes_up(door: FakeDoor) -> None:
    door.error = ServiceGoneError("PowerStream's service did not come up.")
    desk = ThreadedDesk(door, threads=1)
    owner = QObject()
    taken: list[PowerStreamError] = []
    answers: list[int] = []
    desk.ask(numbered(1), answers.append, otherwise=taken.append, owner=owner)
    desk.start()
    wait_for(lambda: bool(taken))
    door.error = None
    desk.ask(numbered(2), answers.append, otherwise=taken.append, owner=owner)
    wait_for(lambda: bool(answers))
    assert (answers, len(taken)) == ([2], 1)
    desk.aclose()


def test_each_thread_has_one_client_which_is_closed_with_it(desk: ThreadedDesk, door: FakeDoor) -> None:
    owners = [QObject() for _ in range(6)]
    answers: list[int] = []
    for number in range(30):
        desk.ask(numbered(number), answers.append, owner=owners[number % 6])
    wait_for(lambda: len(answers) == 30)
    desk.aclose()
    assert 1 <= len(door.clients) <= 3
    assert all(client.is_closed for client in door.clients)


def test_closing_does_not_wait_for_an_errand_that_hangs(door: FakeDoor) -> None:
    desk = ThreadedDesk(door, threads=1)
    desk.start()
    has_begun, may_end = threading.Event(), threading.Event()
    told: list[Any] = []

    def hang(_client: Client) -> str:
        has_begun.set()
        may_end.wait(30)
        return "too late"

    owner = QObject()
    desk.ask(hang, told.append, owner=owner)
    assert has_begun.wait(10)
    desk.aclose()
    assert not may_end.is_set()
    may_end.set()
    wait_for(lambda: not any(thread.name.startswith("errands") for thread in threading.enumerate()))
    assert told == []
