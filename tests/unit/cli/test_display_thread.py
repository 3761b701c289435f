from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from powerstream_desktop.cli.display_thread import DisplayThread
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from tests.unit.cli.snapshots import broadcast

WAIT_S = 10.0


class Terminal:
    """A display that shows the time of a snapshot, once it is let."""

    every_s = 1.0

    def __init__(self, *, on_show: Callable[[], None] = lambda: None) -> None:
        self._on_show = on_show
        self.showing: queue.SimpleQueue[float] = queue.SimpleQueue()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.shown: list[float] = []
        self.told: list[str] = []
        self.is_open = False

    @contextmanager
    def opened(self) -> Iterator[None]:
        self.is_open = True
        yield
        self.is_open = False

    def show(self, snapshot: BroadcastSnapshot) -> None:
        assert self.is_open
        self.showing.put(snapshot.elapsed_s)
        self._on_show()
        assert self.may_go_on.wait(WAIT_S)
        self.shown.append(snapshot.elapsed_s)

    def tell(self, notice: Finding) -> None:
        assert self.is_open
        self.told.append(notice.code)


def test_what_is_newest_at_the_end_is_shown_and_the_terminal_given_back() -> None:
    terminal = Terminal()
    with DisplayThread(terminal) as display:
        display.show(broadcast(elapsed_s=1.0))
    assert terminal.shown == [1.0]
    assert not terminal.is_open


def notice(code: str) -> Finding:
    return Finding(severity=Severity.NOTE, code=code, sentence="Something happened.", remedy="")


def test_every_notice_is_told_even_if_nobody_can_be_told_at_the_moment() -> None:
    terminal = Terminal()
    with DisplayThread(terminal) as display:
        terminal.may_go_on.clear()
        display.show(broadcast(elapsed_s=1.0))
        assert terminal.showing.get(timeout=WAIT_S) == 1.0
        for code in ("one", "two", "three"):
            display.tell(notice(code))
        assert terminal.told == []
        terminal.may_go_on.set()
    assert terminal.told == ["one", "two", "three"]
    assert terminal.shown == [1.0]


def test_a_terminal_that_takes_nothing_holds_nobody_up_and_misses_what_is_old_by_then() -> None:
    terminal = Terminal()
    with DisplayThread(terminal) as display:
        terminal.may_go_on.clear()
        display.show(broadcast(elapsed_s=1.0))
        assert terminal.showing.get(timeout=WAIT_S) == 1.0
        for second in range(2, 1000):
            display.show(broadcast(elapsed_s=float(second)))
        assert terminal.shown == []
        terminal.may_go_on.set()
    assert terminal.shown == [1.0, 999.0]


def test_a_reader_that_has_gone_is_no_trouble() -> None:
    def break_pipe() -> None:
        raise BrokenPipeError

    terminal = Terminal(on_show=break_pipe)
    with DisplayThread(terminal) as display:
        display.show(broadcast())
        assert terminal.showing.get(timeout=WAIT_S) == 5.0
        display.show(broadcast())
    assert terminal.shown == []


@pytest.mark.allow_warning_logs
def test_a_fault_of_the_display_is_logged_and_the_show_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with DisplayThread(Terminal(on_show=fail)) as display:
        display.show(broadcast())
    assert "The broadcast cannot be shown" in caplog.text
