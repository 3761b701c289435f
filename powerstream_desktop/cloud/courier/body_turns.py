"""Whose turn it is to send the body of its part: one after another, while their answers come side by side.

A kill then costs the one part that was half sent, however many connections there are; and the line is as full as with bodies abreast,
for what takes time behind a body is the store's (docs/cloud_tests.md). A body that stands still gives its turn away: a connection
that hangs must not hold up those that would go.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.common.clock import Clock, monotonic

STILL_S: Final = 10.0
"""A body of which nothing went for so long has had its turn; the slowest line that counts as one moves every five seconds."""
_LOOK_EVERY_S: Final = 0.25


class BodyTurns:
    """Gives the bodies of one upload their turns. For any thread.

    Args:
        clock: the time.
        pause: waits for a change, or some seconds.
    """

    def __init__(
        self,
        clock: Clock = monotonic,
        *,
        pause: Callable[[threading.Condition, float], object] = threading.Condition.wait,
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._changed = threading.Condition()
        self._holder: BodyTurn | None = None
        self._moved_at = 0.0

    def wait_for(self, size_bytes: int, errand: Errand) -> BodyTurn:
        """Wait until a body of this length may go, and return its turn.

        Raises:
            GivenUpError: the job is not wanted any more.
        """
        with self._changed:
            errand.check()
            while self._holder is not None and self._clock() - self._moved_at < STILL_S:
                self._pause(self._changed, _LOOK_EVERY_S)
                errand.check()
            self._holder = BodyTurn(self, size_bytes)
            self._moved_at = self._clock()
            return self._holder

    def note_moved(self, turn: BodyTurn) -> None:
        """Take down that a body moves; without effect when its turn is over."""
        with self._changed:
            if self._holder is turn:
                self._moved_at = self._clock()

    def end(self, turn: BodyTurn) -> None:
        """Let the next one go; without effect when the turn is over."""
        with self._changed:
            if self._holder is turn:
                self._holder = None
                self._changed.notify()


class BodyTurn:
    """The turn of one body: over when its last piece was given, and at the end of the block at the latest. For one thread.

    Args:
        turns: whose.
        size_bytes: of the body.
    """

    def __init__(self, turns: BodyTurns, size_bytes: int) -> None:
        self._turns = turns
        self._left_bytes = size_bytes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._turns.end(self)

    def gave(self, size_bytes: int) -> None:
        """Tell that a piece goes now."""
        self._left_bytes -= size_bytes
        if self._left_bytes > 0:
            self._turns.note_moved(self)
        else:
            self._turns.end(self)
