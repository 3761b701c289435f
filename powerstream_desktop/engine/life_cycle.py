"""The life cycle of an engine process as the service sees it (DESIGN 5). Pure: no process, no clock.

An engine is *stopped* until it is wanted. It is *starting* from the spawn to its first ``started``, and *running* while its
reports come: the figures each second are its heartbeat. When it dies, fails, or falls silent it has *failed*, and after a
pause it is *starting* again, for ever. One that fails before it ever ran because of what the user asked (no such file, no
display) stays failed: the same wish would fail the same way. *Stopped* is also where it ends, from everywhere.

Late news of a process that has been given up must not revive anything: such pairs are absent from the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.engine.control.reports import EngineReport, Failed, Started, Stats

START_TIMEOUT_S: Final = 20.0
"""From spawn to ``started``: a cold disk and a slow display fit in."""
HEARTBEAT_TIMEOUT_S: Final = 5.0
HELD_S: Final = 30.0
"""An engine that ran for this long had a good start; the next restart is quick again."""


class EngineState(StrEnum):
    """The states of an engine; the value is what scripts see."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    FAILED = "failed"


class EngineEvent(StrEnum):
    """What moves an engine."""

    START = "start"
    STARTED = "started"
    DIED = "died"
    RETRY_DUE = "retry-due"
    STOP = "stop"


_S, _E = EngineState, EngineEvent

TRANSITIONS: Mapping[EngineState, Mapping[EngineEvent, EngineState]] = {
    _S.STOPPED: {_E.START: _S.STARTING, _E.STOP: _S.STOPPED},
    _S.STARTING: {_E.STARTED: _S.RUNNING, _E.DIED: _S.FAILED, _E.STOP: _S.STOPPED},
    _S.RUNNING: {_E.DIED: _S.FAILED, _E.STOP: _S.STOPPED},
    _S.FAILED: {_E.RETRY_DUE: _S.STARTING, _E.STOP: _S.STOPPED},
}


def next_state(state: EngineState, event: EngineEvent) -> EngineState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"An engine that is {state.value} cannot take the event {event.value}.")
    return following


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSnapshot:
    """An engine at one moment.

    Attributes:
        state: where it stands.
        since_s: monotonic time at which it came there.
        starts: processes started so far.
        failure: why it failed last; ``None`` while nothing failed since it last ran.
        retry_at_s: monotonic time of the next start; ``None`` when none is planned.
    """

    state: EngineState
    since_s: float
    starts: int
    failure: Failed | None
    retry_at_s: float | None

    @property
    def is_coming_back(self) -> bool:
        """True from a failure that is not the end until the engine runs again."""
        return self.failure is not None and (
            self.retry_at_s is not None or self.state is EngineState.STARTING
        )


class EngineLife:
    """Decides when an engine is started, given up and started again.

    Args:
        backoff: pauses between starts.
        now: monotonic seconds.
    """

    def __init__(self, backoff: Backoff, now: float) -> None:
        self._backoff = backoff
        self._state = EngineState.STOPPED
        self._since_s = now
        self._heard_s = now
        self._starts = 0
        self._ran_once = False
        self._last_words: Failed | None = None
        self._failure: Failed | None = None
        self._retry_at_s: float | None = None

    @property
    def snapshot(self) -> EngineSnapshot:
        """How the engine stands."""
        return EngineSnapshot(
            state=self._state,
            since_s=self._since_s,
            starts=self._starts,
            failure=self._failure,
            retry_at_s=self._retry_at_s,
        )

    @property
    def retry_at_s(self) -> float | None:
        """When to start again after a failure; ``None`` when never."""
        return self._retry_at_s

    @property
    def silent_at_s(self) -> float:
        """When a process that says nothing until then counts as hung."""
        timeout_s = HEARTBEAT_TIMEOUT_S if self._state is EngineState.RUNNING else START_TIMEOUT_S
        return self._heard_s + timeout_s

    def spawned(self, now: float) -> None:
        """A process was started, for the first time or again."""
        self._move(EngineEvent.START if self._state is EngineState.STOPPED else EngineEvent.RETRY_DUE, now)
        self._heard_s = now
        self._starts += 1
        self._last_words = None
        self._retry_at_s = None

    def heard(self, report: EngineReport, now: float) -> None:
        """The process reported something."""
        match report:
            case Started() if self._state is EngineState.STARTING:
                self._move(EngineEvent.STARTED, now)
                self._ran_once = True
                self._heard_s = now
                self._failure = None
            case Stats() if self._state is EngineState.RUNNING:
                self._heard_s = now
                if now - self._since_s >= HELD_S:
                    self._backoff.reset()
            case Failed():
                self._last_words = report
            case _:
                pass

    def excused(self, now: float) -> None:
        """Nobody listened for a while: its silence counts from here on."""
        self._heard_s = now

    def died(self, exit_code: int | None, now: float) -> Failed:
        """The process is gone, or was silent and has been killed (``exit_code`` None).

        Returns:
            The failure to tell: what it said itself, else what its end says.
        """
        self._move(EngineEvent.DIED, now)
        failure = self._last_words or _unexplained(exit_code)
        self._failure = failure
        if failure.fault is not Fault.USER or self._ran_once:
            self._retry_at_s = now + self._backoff.next_pause_s()
        return failure

    def stopped(self, now: float) -> None:
        """The engine is not wanted any more, and its process is gone."""
        self._move(EngineEvent.STOP, now)
        self._retry_at_s = None

    def _move(self, event: EngineEvent, now: float) -> None:
        self._state = next_state(self._state, event)
        self._since_s = now


def _unexplained(exit_code: int | None) -> Failed:
    if exit_code is None:
        return Failed(title="The engine stopped answering and was ended.", hint="", fault=Fault.SYSTEM)
    return Failed(
        title="The engine ended unexpectedly.",
        hint="Its log says more." if exit_code > 0 else "",
        fault=Fault.SYSTEM,
    )
