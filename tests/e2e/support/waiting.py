"""Waiting for a condition of the outside world: look often, give up loudly."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
POLL_S = 0.02


class TimedOutError(AssertionError):
    """What a test waited for did not happen in time."""


def wait_until(look: Callable[[], T], *, what: str, timeout_s: float) -> T:
    """Call ``look`` every 20 ms until its answer is true, and return that answer.

    Args:
        look: returns something false as long as the wait goes on; an exception it raises ends the wait.
        what: completes the sentence "waited N s for ...".
        timeout_s: seconds after which ``TimedOutError`` is raised.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            raise TimedOutError(f"waited {timeout_s:g} s for {what}")
        time.sleep(POLL_S)
