"""A window that stood still says so."""

from __future__ import annotations

import logging
import threading

import pytest

from powerstream_desktop.desktop.shell.loop_watch import (
    BEAT_S,
    STALL_S,
    LoopWatch,
    StallRule,
    stacks_of_all,
)
from powerstream_desktop.desktop.shell.processor_time import SpentTime
from tests.unit.desktop.driver import wait_for


def test_beats_in_time_are_no_stall() -> None:
    rule = StallRule(0.0)
    assert rule.beat(BEAT_S) is None
    assert not rule.is_stalled(2 * BEAT_S + 0.9 * STALL_S)
    assert rule.beat(2 * BEAT_S + 0.9 * STALL_S) is None


def test_a_late_beat_tells_for_how_long_the_loop_stood_still() -> None:
    rule = StallRule(0.0)
    assert rule.is_stalled(0.5)
    assert rule.beat(0.5) == pytest.approx(0.5 - BEAT_S)
    assert rule.beat(0.5 + BEAT_S) is None


def keep_the_loop_waiting() -> None:
    threading.Event().wait(
        0.6
    )  # does not ask for a processor: whatever a busy machine withholds is not taken off


@pytest.mark.allow_warning_logs
def test_the_terminal_is_told_that_the_loop_stood_still_and_the_log_where(
    caplog: pytest.LogCaptureFixture,
) -> None:
    watch = LoopWatch()
    watch.start()
    try:
        keep_the_loop_waiting()
        wait_for(lambda: any("and stood here" in record.message for record in caplog.records))
    finally:
        watch.aclose()
    told = {each.levelno: each.message for each in caplog.records}
    assert "keep_the_loop_waiting" in told[logging.INFO]
    assert told[logging.WARNING].count("\n") == 0


def test_what_the_machine_kept_from_the_loop_is_no_stall() -> None:
    rule = StallRule(0.0)
    assert rule.beat(0.5, SpentTime(kept_waiting_s=0.45)) is None
    assert rule.beat(1.0, SpentTime(kept_waiting_s=0.1)) == pytest.approx(0.4 - BEAT_S)


def test_where_all_threads_stand_is_told_without_a_frame_in_hand() -> None:
    assert "test_where_all_threads_stand_is_told" in stacks_of_all()
