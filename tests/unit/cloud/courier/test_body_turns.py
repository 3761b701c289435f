"""The bodies of parts go one after another, and nothing that hangs holds the others up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.courier.body_turns import STILL_S, BodyTurns
from powerstream_desktop.cloud.courier.errand import Errand, GivenUpError
from powerstream_desktop.cloud.object_store.part_body import PartBody
from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.unit.cloud.courier.bench import Bench
from tests.unit.cloud.memory_store import MemoryStore

WANTED = Errand()


class Waiting:
    """A clock that moves while somebody waits; and what happens meanwhile."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.now_s = 0.0
        self._meanwhile = meanwhile
        self.waits = 0

    def __call__(self) -> float:
        return self.now_s

    def pause(self, _changed: threading.Condition, seconds: float) -> None:
        self.now_s += seconds
        self.waits += 1
        self._meanwhile()


def turns_of(waiting: Waiting) -> BodyTurns:
    return BodyTurns(waiting, pause=waiting.pause)


def test_the_next_body_goes_when_the_last_piece_of_the_one_before_was_given() -> None:
    waiting = Waiting(lambda: first.gave(50))
    turns = turns_of(waiting)
    first = turns.wait_for(100, WANTED)
    turns.wait_for(100, WANTED)
    assert waiting.waits == 2


def test_a_body_that_fails_leaves_its_turn() -> None:
    waiting = Waiting()
    turns = turns_of(waiting)
    with pytest.raises(OSError, match="the disk"), turns.wait_for(100, WANTED):
        raise OSError("the disk")
    turns.wait_for(100, WANTED)
    assert waiting.waits == 0


def test_a_body_that_stands_still_has_had_its_turn_and_may_still_go_on() -> None:
    waiting = Waiting()
    turns = turns_of(waiting)
    hung = turns.wait_for(100, WANTED)
    turns.wait_for(100, WANTED)
    assert waiting.now_s == pytest.approx(STILL_S)
    hung.gave(100)  # its turn is over: it ends nobody else's
    turns.wait_for(100, WANTED)
    assert waiting.now_s == pytest.approx(2 * STILL_S)


def test_a_slow_body_keeps_its_turn_as_long_as_it_moves() -> None:
    waiting = Waiting(lambda: slow.gave(1))
    turns = turns_of(waiting)
    slow = turns.wait_for(100, WANTED)
    turns.wait_for(100, WANTED)
    assert waiting.now_s > 2 * STILL_S


def test_who_is_not_wanted_any_more_waits_no_longer() -> None:
    errand = Errand()
    waiting = Waiting(errand.give_up)
    turns = turns_of(waiting)
    turns.wait_for(100, WANTED)
    with pytest.raises(GivenUpError):
        turns.wait_for(100, errand)
    assert waiting.waits == 1


class SlowToAnswer(MemoryStore):
    """Answers the first part when the body of the second is there; tells whose bodies were under way at once."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.most_bodies_at_once = 0
        self._bodies = 0
        self._counting = threading.Lock()
        self._second_is_there = threading.Event()

    def put_part(self, key: str, upload_id: str, number: int, body: PartBody, **named: Any) -> PartReceipt:
        with self._counting:
            self._bodies += 1
            self.most_bodies_at_once = max(self.most_bodies_at_once, self._bodies)
        body.read(body.size_bytes - 1)
        time.sleep(0)  # whoever may go, goes now
        with self._counting:
            self._bodies -= 1  # before the last byte: the next body may begin with it
        body.read()
        if number == 1:
            assert self._second_is_there.wait(20.0), "the second body waited for the first answer"
        if number == 2:
            self._second_is_there.set()
        body.seek(0)
        return super().put_part(key, upload_id, number, body, **named)


def test_by_three_connections_one_body_goes_at_a_time_while_answers_are_waited_for(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    store = SlowToAnswer(bench.bucket)
    bench.store = store
    assert bench.upload(parts_at_once=3).state is UploadState.VERIFIED
    assert store.most_bodies_at_once == 1
