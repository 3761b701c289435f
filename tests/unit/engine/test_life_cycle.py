from __future__ import annotations

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.engine.control.reports import Failed, Publishing, Started
from powerstream_desktop.engine.life_cycle import (
    HEARTBEAT_TIMEOUT_S,
    START_TIMEOUT_S,
    EngineLife,
    EngineState,
)
from tests.unit.engine.control.examples import STATS

STARTED = Started(source="test picture", width=1280, height=720, fps=30)
NO_FILE = Failed(title="There is no file.", hint="", fault=Fault.USER)
NO_ENCODER = Failed(title="The encoder refused to work.", hint="", fault=Fault.SYSTEM)


def life() -> EngineLife:
    return EngineLife(Backoff((1.0, 2.0, 4.0), jitter=0.0), now=0.0)


def running(now: float = 0.0) -> EngineLife:
    engine = life()
    engine.spawned(now)
    engine.heard(STARTED, now)
    return engine


def test_an_engine_is_running_once_it_says_started() -> None:
    engine = life()
    engine.spawned(1.0)
    states = [engine.snapshot.state]
    for report in (Publishing(connects=1), STARTED):
        engine.heard(report, 2.0)
        states.append(engine.snapshot.state)
    assert states == [EngineState.STARTING, EngineState.STARTING, EngineState.RUNNING]
    assert engine.snapshot.since_s == 2.0


def test_an_engine_that_does_not_start_counts_as_hung() -> None:
    engine = life()
    engine.spawned(10.0)
    assert engine.silent_at_s == 10.0 + START_TIMEOUT_S


def test_only_the_figures_are_a_heartbeat() -> None:
    engine = running(10.0)
    engine.heard(Publishing(connects=1), 12.0)
    assert engine.silent_at_s == 10.0 + HEARTBEAT_TIMEOUT_S
    engine.heard(STATS, 13.0)
    assert engine.silent_at_s == 13.0 + HEARTBEAT_TIMEOUT_S


def test_silence_that_nobody_listened_to_counts_from_anew() -> None:
    engine = running(10.0)
    engine.excused(40.0)
    assert engine.silent_at_s == 40.0 + HEARTBEAT_TIMEOUT_S


def test_an_engine_that_dies_is_started_again_with_growing_pauses() -> None:
    engine = running()
    pauses = []
    for _ in range(4):
        engine.died(-11, 0.0)
        assert engine.snapshot.state is EngineState.FAILED
        pauses.append(engine.retry_at_s)
        engine.spawned(0.0)
    assert pauses == [1.0, 2.0, 4.0, 4.0]
    assert engine.snapshot.starts == 5


def test_an_engine_that_held_long_is_restarted_quickly_again() -> None:
    engine = running()
    for _ in range(3):
        engine.died(-11, 0.0)
        engine.spawned(0.0)
    engine.heard(STARTED, 0.0)
    engine.heard(STATS, 31.0)
    engine.died(-11, 31.5)
    assert engine.retry_at_s == 32.5


def test_a_wish_that_cannot_be_fulfilled_is_not_tried_again() -> None:
    engine = life()
    engine.spawned(0.0)
    engine.heard(NO_FILE, 0.5)
    assert engine.died(2, 1.0) == NO_FILE
    assert engine.retry_at_s is None
    assert not engine.snapshot.is_coming_back
    assert engine.snapshot.failure == NO_FILE


def test_the_same_failure_of_an_engine_that_ran_before_is_tried_again() -> None:
    engine = running()
    engine.died(-9, 0.0)
    engine.spawned(1.0)
    engine.heard(NO_FILE, 1.5)
    engine.died(2, 2.0)
    assert engine.retry_at_s == 4.0


def test_a_failure_of_the_machine_is_tried_again_from_the_first_start() -> None:
    engine = life()
    engine.spawned(0.0)
    engine.heard(NO_ENCODER, 0.5)
    assert engine.died(1, 1.0) == NO_ENCODER
    assert engine.retry_at_s == 2.0


@pytest.mark.parametrize(
    ("exit_code", "words"), [(-11, "unexpectedly"), (1, "unexpectedly"), (None, "stopped answering")]
)
def test_an_end_without_a_word_is_explained(exit_code: int | None, words: str) -> None:
    failure = running().died(exit_code, 1.0)
    assert words in failure.title
    assert failure.fault is Fault.SYSTEM


def test_a_failure_is_told_until_the_engine_runs_again() -> None:
    engine = running()
    engine.heard(NO_ENCODER, 0.5)
    engine.died(1, 1.0)
    seen = [engine.snapshot]
    engine.spawned(2.0)
    seen.append(engine.snapshot)
    engine.heard(STARTED, 2.5)
    seen.append(engine.snapshot)
    assert [snapshot.failure for snapshot in seen] == [NO_ENCODER, NO_ENCODER, None]
    assert [snapshot.is_coming_back for snapshot in seen] == [True, True, False]
    assert engine.died(-11, 3.0) != NO_ENCODER


def test_stopping_cancels_the_next_start() -> None:
    engine = running()
    engine.died(-11, 0.0)
    engine.stopped(0.5)
    assert engine.snapshot.state is EngineState.STOPPED
    assert engine.retry_at_s is None
    assert not engine.snapshot.is_coming_back


def test_a_process_cannot_be_started_beside_a_running_one() -> None:
    with pytest.raises(BugError):
        running().spawned(1.0)
