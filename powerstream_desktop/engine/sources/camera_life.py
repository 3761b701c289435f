"""The life cycle of a camera as the engine sees it (DESIGN 5). Pure: no process, no clock.

A camera is *stopped* until it is wanted. It is *opening* from the command to open until its first picture lies in the ring, and
*live* while pictures come. When the process says that the camera is gone, or cannot be had, it is *lost*; the same process is
told to open it again, by name, every two seconds. When the process itself is gone the camera is *dead* until another one is
started: at once the first time, then after longer pauses. All this goes on for ever; only *stopped* ends it, from everywhere.

A driver may hang. A process that says nothing for three seconds, opens for longer than ten, or is live without a picture for
four is to be killed. What a process said before its death may arrive late: whoever drives this knows which process spoke, and
a dead camera hears nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.camera_protocol import (
    CameraBeat,
    CameraLost,
    CameraOpened,
    CameraReady,
    CameraReport,
)
from powerstream_desktop.common.errors import BugError, Fault

REOPEN_S: Final = 2.0
RESPAWN_STEPS_S: Final = (0.1, 1.0, 2.0, 4.0, 8.0)
"""A process takes half a second of the processor to start; one that keeps dying must not cost that all the time."""
HELD_S: Final = 5.0
"""A process that delivered for so long had a good start; the next one is started at once again."""

START_TIMEOUT_S: Final = 20.0
"""From the start of a process to its first word: loading OpenCV from a cold disk fits in."""
SILENCE_S: Final = 3.0
OPEN_TIMEOUT_S: Final = 10.0
FRAMELESS_S: Final = 4.0
"""Longer than the camera process itself waits for a picture, which is the gentler way to notice."""
LOOK_S: Final = 0.5
"""While pictures come their age is looked at this often."""


class CameraState(StrEnum):
    """The states of a camera."""

    STOPPED = "stopped"
    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"
    DEAD = "dead"


class CameraEvent(StrEnum):
    """What moves a camera."""

    START = "start"
    OPENED = "opened"
    LOST = "lost"
    DIED = "died"
    RETRY_DUE = "retry-due"
    STOP = "stop"


class CameraTask(StrEnum):
    """What is to be done now."""

    NOTHING = "nothing"
    SPAWN = "spawn"
    OPEN = "open"
    KILL = "kill"


_S, _E = CameraState, CameraEvent

TRANSITIONS: Mapping[CameraState, Mapping[CameraEvent, CameraState]] = {
    _S.STOPPED: {_E.START: _S.OPENING, _E.STOP: _S.STOPPED},
    _S.OPENING: {_E.OPENED: _S.LIVE, _E.LOST: _S.LOST, _E.DIED: _S.DEAD, _E.STOP: _S.STOPPED},
    _S.LIVE: {_E.LOST: _S.LOST, _E.DIED: _S.DEAD, _E.STOP: _S.STOPPED},
    _S.LOST: {_E.RETRY_DUE: _S.OPENING, _E.DIED: _S.DEAD, _E.STOP: _S.STOPPED},
    _S.DEAD: {_E.RETRY_DUE: _S.OPENING, _E.STOP: _S.STOPPED},
}


def next_state(state: CameraState, event: CameraEvent) -> CameraState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A camera that is {state.value} cannot take the event {event.value}.")
    return following


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSnapshot:
    """A camera at one moment.

    Attributes:
        state: where it stands.
        since_s: monotonic time at which it came there.
        processes: started so far.
        failure: why there is no picture; ``None`` while there is, and before anything failed.
        beat: the newest figures; ``None`` before the first.
    """

    state: CameraState
    since_s: float
    processes: int
    failure: CameraLost | None
    beat: CameraBeat | None


class CameraLife:
    """Decides when a camera's process is started, told to open, and killed.

    Args:
        now: monotonic seconds.
        backoff: pauses before another process.
    """

    def __init__(self, now: float, backoff: Backoff | None = None) -> None:
        self._backoff = backoff or Backoff(RESPAWN_STEPS_S, jitter=0.0)
        self._state = CameraState.STOPPED
        self._since_s = now
        self._processes = 0
        self._failure: CameraLost | None = None
        self._beat: CameraBeat | None = None
        self._is_ready = False
        self._heard_s = now
        self._asked_s = now
        self._retry_at_s = now

    @property
    def snapshot(self) -> CameraSnapshot:
        """How the camera stands."""
        return CameraSnapshot(
            state=self._state,
            since_s=self._since_s,
            processes=self._processes,
            failure=self._failure,
            beat=self._beat,
        )

    def task(self, now: float) -> CameraTask:
        """Return what is to be done; asked again after it was done, or at ``wake_at_s``."""
        match self._state:
            case CameraState.STOPPED:
                return CameraTask.NOTHING
            case CameraState.DEAD:
                return CameraTask.SPAWN if now >= self._retry_at_s else CameraTask.NOTHING
        if now >= self._hung_at_s():
            return CameraTask.KILL
        is_due = self._state is CameraState.LOST and now >= self._retry_at_s
        return CameraTask.OPEN if is_due else CameraTask.NOTHING

    def wake_at_s(self, now: float) -> float:
        """Return when to look again at the latest, monotonic seconds."""
        if self._state is CameraState.DEAD:
            return self._retry_at_s
        if self._state is CameraState.LOST:
            return min(self._retry_at_s, self._hung_at_s())
        return now + LOOK_S

    def spawned(self, now: float) -> None:
        """A process was started and told to open the camera, for the first time or again."""
        self._move(CameraEvent.START if self._state is CameraState.STOPPED else CameraEvent.RETRY_DUE, now)
        self._processes += 1
        self._is_ready = False
        self._heard_s = self._asked_s = now

    def asked(self, now: float) -> None:
        """The process was told to open the camera again."""
        self._move(CameraEvent.RETRY_DUE, now)
        self._asked_s = now

    def heard(self, report: CameraReport, now: float) -> None:
        """The process reported something."""
        if self._state in {CameraState.STOPPED, CameraState.DEAD}:
            return
        self._heard_s = now
        match report:
            case CameraReady():
                self._is_ready = True
                self._asked_s = now
            case CameraBeat():
                self._beat = report
                if self._state is CameraState.LIVE and now - self._since_s >= HELD_S:
                    self._backoff.reset()
            case CameraOpened() if self._state is CameraState.OPENING:
                self._move(CameraEvent.OPENED, now)
                self._failure = self._beat = None
            case CameraLost() if self._state in {CameraState.OPENING, CameraState.LIVE}:
                self._move(CameraEvent.LOST, now)
                self._failure = report
                self._retry_at_s = max(now, self._asked_s + REOPEN_S)
            case _:
                pass

    def died(self, now: float, *, hung: bool) -> CameraLost:
        """The process is gone.

        Args:
            now: monotonic seconds.
            hung: it was killed because it had to be.

        Returns:
            Why; what the process said itself of a lost camera still holds.
        """
        said = self._failure if self._state is CameraState.LOST else None
        self._move(CameraEvent.DIED, now)
        self._failure = said if said is not None and not hung else _unexplained(hung=hung)
        self._beat = None
        self._retry_at_s = now + self._backoff.next_pause_s()
        return self._failure

    def stopped(self, now: float) -> None:
        """The camera is not wanted any more, and its process is gone."""
        self._move(CameraEvent.STOP, now)
        self._beat = None

    def idle_s(self, now: float) -> float:
        """Return for how long no picture has come, as far as is known; 0 unless live."""
        if self._state is not CameraState.LIVE:
            return 0.0
        known_s = self._beat.idle_ms / 1000 if self._beat is not None else 0.0
        return known_s + now - self._heard_s

    def unchanged_s(self) -> float:
        """Return for how long all pictures have been the same to the last bit; 0 unless live."""
        if self._state is not CameraState.LIVE or self._beat is None:
            return 0.0
        return self._beat.unchanged_ms / 1000

    def _hung_at_s(self) -> float:
        if not self._is_ready:
            return self._heard_s + START_TIMEOUT_S
        silent_at_s = self._heard_s + SILENCE_S
        match self._state:
            case CameraState.OPENING:
                return min(silent_at_s, self._asked_s + OPEN_TIMEOUT_S)
            case CameraState.LIVE if self._beat is not None and self._beat.idle_ms >= FRAMELESS_S * 1000:
                return self._heard_s
        return silent_at_s

    def _move(self, event: CameraEvent, now: float) -> None:
        self._state = next_state(self._state, event)
        self._since_s = now


def _unexplained(*, hung: bool) -> CameraLost:
    if hung:
        return CameraLost(
            title="The camera stopped answering.",
            hint="Unplug it and plug it in again if it does not come back.",
            fault=Fault.SYSTEM,
        )
    return CameraLost(
        title="The camera's process ended unexpectedly.", hint="It is started again.", fault=Fault.SYSTEM
    )
