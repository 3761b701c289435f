"""The time that a fault lasts, or that somebody is watched: whoever must survive it is not waited for when it is dead."""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import TimedOutError, wait_until


def ends_within(seconds: float, process: TestProcess) -> bool:
    """Wait, and tell whether a process has ended meanwhile; returns as soon as it has."""
    try:
        process.wait_for_exit(timeout_s=max(0.0, seconds))
    except TimedOutError:
        return False
    return True


def let_last(seconds: float, process: TestProcess) -> None:
    """Let something last; fails at once if it is the death of the process."""
    assert not ends_within(seconds, process), f"{process}\n{process.log_tail()}"


def comes_true(condition: Callable[[], bool], within_s: float) -> bool:
    """Wait for a condition, and tell whether it came true in time."""
    try:
        return wait_until(condition, what="a condition", timeout_s=within_s)
    except TimedOutError:
        return False
