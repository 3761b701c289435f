"""The end of a program, good or bad: every rendition reaches its own, and what went wrong is told."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine import feed as feed_module
from powerstream_desktop.engine.feed import Feed
from powerstream_desktop.engine.program_thread import ProgramThread
from powerstream_desktop.platforms.endpoint import Rendition
from tests.unit.engine.feeds import FakeFeed

PATIENCE_S = 10.0


class FakeProgram:
    """Has nothing to do until it is told to end; ``failure`` is what its first slot ends with."""

    def __init__(self, feeds: Sequence[Feed], failure: Exception | None = None) -> None:
        self._feeds = tuple(feeds)
        self._failure = failure

    def run_tick(self, now: float) -> float:
        if self._failure is not None:
            raise self._failure
        return now + PATIENCE_S

    def let_go(self) -> tuple[Feed, ...]:
        for feed in self._feeds:
            feed.leave()
        return self._feeds


@pytest.fixture
def feeds() -> tuple[FakeFeed, FakeFeed]:
    return FakeFeed(Rendition.LANDSCAPE), FakeFeed(Rendition.PORTRAIT)


def thread_of(program: FakeProgram, on_failure: Callable[[Exception], None]) -> ProgramThread:
    return ProgramThread(
        program,  # type: ignore[arg-type]
        on_second=lambda _now: None,
        on_failure=on_failure,
    )


def test_all_renditions_are_finished_side_by_side(feeds: tuple[FakeFeed, FakeFeed]) -> None:
    """Each goes on only when the other one has begun to finish, which never happens one after the other."""
    both = threading.Barrier(2, timeout=PATIENCE_S)
    for each in feeds:
        each.output.may_finish = _Meeting(both)
    failures: list[Exception] = []
    thread = thread_of(FakeProgram([each.feed for each in feeds]), failures.append)
    thread.start()
    thread.close()
    assert [each.output.is_finished for each in feeds] == [True, True]
    assert failures == []


def test_a_rendition_that_fails_at_its_end_is_told_when_the_others_have_reached_theirs(
    feeds: tuple[FakeFeed, FakeFeed],
) -> None:
    landscape, portrait = feeds
    landscape.output.failure_at_end = fault = SystemFault("The encoder gave up.")
    finished: list[bool] = []
    failures: list[Exception] = []

    def take(failure: Exception) -> None:
        finished.append(portrait.output.is_finished)
        failures.append(failure)

    thread = thread_of(FakeProgram([landscape.feed, portrait.feed]), take)
    thread.start()
    thread.close()
    assert failures == [fault]
    assert finished == [True]
    assert portrait.sink.tags[-1].payload == b"last"


def test_an_encoder_that_never_ends_does_not_hold_up_the_end(
    feeds: tuple[FakeFeed, FakeFeed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "LEAVE_S", 0.02)
    landscape, portrait = feeds
    portrait.output.may_finish.clear()
    thread = thread_of(FakeProgram([portrait.feed, landscape.feed]), lambda _failure: None)
    thread.start()
    thread.close()
    assert not portrait.feed.ended.is_set()
    portrait.output.may_finish.set()
    assert all(each.feed.ended.wait(PATIENCE_S) for each in feeds)


def test_what_nobody_foresaw_is_told_at_once_and_the_encoders_are_let_go(
    feeds: tuple[FakeFeed, FakeFeed],
) -> None:
    for each in feeds:
        each.output.may_finish.clear()
    told: queue.SimpleQueue[Exception] = queue.SimpleQueue()
    thread = thread_of(
        FakeProgram([each.feed for each in feeds], failure=ZeroDivisionError("of ours")), told.put
    )
    thread.start()
    assert isinstance(told.get(timeout=PATIENCE_S), ZeroDivisionError)
    thread.close()
    assert not any(each.feed.ended.is_set() for each in feeds)
    for each in feeds:
        each.output.may_finish.set()
        assert each.feed.ended.wait(PATIENCE_S)


class _Meeting(threading.Event):
    """Lets whoever waits for it go on when another one waits, too."""

    def __init__(self, barrier: threading.Barrier) -> None:
        super().__init__()
        self._barrier = barrier

    def wait(self, timeout: float | None = None) -> bool:
        self._barrier.wait(timeout)
        return True
