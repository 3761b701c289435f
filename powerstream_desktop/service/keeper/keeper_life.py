"""When a service is started again. Pure: told what happens and the time, in monotonic seconds.

There is *no* service before the first is started, and between two. One is *starting* until it says that it can be reached, then it
is *serving*. One that ends by itself says so first (``Leave``) and is *over*: it was idle, it could not begin, or it has said what failed.
Any other end is a death, whatever its exit code: Windows' Task Manager ends a process with 1, as one that failed properly would. Then
another service is started: at once the first time, then with growing pauses. Five deaths within a minute are more than chance, and the
keeper gives up. Whoever asks us to end makes a service *ending*; then nothing starts any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.errors import BugError

PROPER_EXITS: Final = frozenset({0, 1, 2})
"""Ended, failed with a sentence, could not begin: what a service that leaves may exit with."""
EXIT_DIED: Final = 70
"""What a service exits with whose own fault ended it, without saying that it leaves: it is started again."""
MAX_DEATHS: Final = 5
DEATHS_WITHIN_S: Final = 60.0
RESTART_STEPS_S: Final = (0.0, 0.5, 1.0, 2.0)
_EXIT_FAILED: Final = 1


class KeptState(StrEnum):
    """How the service stands, seen from its keeper."""

    NONE = "none"
    STARTING = "starting"
    SERVING = "serving"
    ENDING = "ending"
    OVER = "over"


class KeptEvent(StrEnum):
    """What moves it."""

    SPAWNED = "spawned"
    READY = "ready"
    DIED = "died"
    ENDED = "ended"
    END_ASKED = "end-asked"
    GIVEN_UP = "given-up"


_S, _E = KeptState, KeptEvent

TRANSITIONS: Mapping[KeptState, Mapping[KeptEvent, KeptState]] = {
    _S.NONE: {_E.SPAWNED: _S.STARTING, _E.END_ASKED: _S.OVER, _E.GIVEN_UP: _S.OVER},
    _S.STARTING: {
        _E.READY: _S.SERVING,
        _E.DIED: _S.NONE,
        _E.ENDED: _S.OVER,
        _E.END_ASKED: _S.ENDING,
    },
    _S.SERVING: {_E.DIED: _S.NONE, _E.ENDED: _S.OVER, _E.END_ASKED: _S.ENDING},
    _S.ENDING: {_E.READY: _S.ENDING, _E.DIED: _S.OVER, _E.ENDED: _S.OVER, _E.END_ASKED: _S.ENDING},
    _S.OVER: {_E.END_ASKED: _S.OVER},
}


def next_state(state: KeptState, event: KeptEvent) -> KeptState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A kept service that is {state.value} cannot take the event {event.value}.")
    return following


class KeeperLife:
    """Decides what follows on the end of a service.

    Args:
        backoff: pauses before each next start.
    """

    def __init__(self, backoff: Backoff | None = None) -> None:
        self._backoff = backoff or Backoff(RESTART_STEPS_S)
        self._recent_s: deque[float] = deque()
        self.state = KeptState.NONE
        self.deaths = 0
        self.has_given_up = False
        self.exit_code = 0
        """What the keeper exits with, once all is over."""

    def spawned(self) -> None:
        """A service has been started."""
        self._move(KeptEvent.SPAWNED)

    def ready(self) -> None:
        """It can be reached."""
        self._move(KeptEvent.READY)

    def end_asked(self) -> None:
        """Somebody wants an end; repeating it changes nothing."""
        self._move(KeptEvent.END_ASKED)

    def exited(self, exit_code: int, now: float, *, has_left: bool) -> float | None:
        """The process is gone.

        Args:
            exit_code: negative for the signal that killed it; on Windows that is 1, or what its killer chose.
            now: monotonic seconds.
            has_left: it said before that it ends by itself.

        Returns:
            Seconds until the next is started; ``None`` for never.
        """
        if has_left:
            self._move(KeptEvent.ENDED)
            self.exit_code = exit_code if exit_code in PROPER_EXITS else _EXIT_FAILED
            return None
        self._move(KeptEvent.DIED)
        self.deaths += 1
        if self.state is KeptState.OVER:
            self.exit_code = _EXIT_FAILED
            return None
        return self._pause_s(now)

    def _pause_s(self, now: float) -> float | None:
        while self._recent_s and now - self._recent_s[0] > DEATHS_WITHIN_S:
            self._recent_s.popleft()
        if not self._recent_s:
            self._backoff.reset()
        self._recent_s.append(now)
        if len(self._recent_s) < MAX_DEATHS:
            return self._backoff.next_pause_s()
        self._move(KeptEvent.GIVEN_UP)
        self.has_given_up = True
        self.exit_code = _EXIT_FAILED
        return None

    def _move(self, event: KeptEvent) -> None:
        self.state = next_state(self.state, event)
