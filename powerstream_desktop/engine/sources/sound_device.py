"""A microphone, or what this computer plays, as a source of the mixer (DESIGN 5).

A device is *stopped* until it is wanted, then *opening* until its first block, and *live* while blocks come. When its process
ends, for whatever reason, it is *lost* until another one, started again and again, delivers. Silence is what the mixer hears
whenever there are no blocks; no state keeps it waiting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.mixer.drifting_input import DriftingInput, InputFigures
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.sound_process import SoundListener, SoundProcess
from powerstream_desktop.engine.sources.sound_wire import SoundKind, SoundLost, SoundOpened, SoundReport

log = logging.getLogger(__name__)


class SoundState(StrEnum):
    """The states of a device."""

    STOPPED = "stopped"
    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"


class SoundEvent(StrEnum):
    """What moves a device."""

    START = "start"
    OPENED = "opened"
    ENDED = "ended"
    STOP = "stop"


_S, _E = SoundState, SoundEvent

TRANSITIONS: Mapping[SoundState, Mapping[SoundEvent, SoundState]] = {
    _S.STOPPED: {_E.START: _S.OPENING, _E.STOP: _S.STOPPED},
    _S.OPENING: {_E.OPENED: _S.LIVE, _E.ENDED: _S.LOST, _E.STOP: _S.STOPPED},
    _S.LIVE: {_E.ENDED: _S.LOST, _E.STOP: _S.STOPPED},
    _S.LOST: {_E.OPENED: _S.LIVE, _E.ENDED: _S.LOST, _E.STOP: _S.STOPPED},
}

_UNEXPLAINED: Final = SoundLost(title="The sound system stopped.", hint="It is tried again.")


def next_state(state: SoundState, event: SoundEvent) -> SoundState:
    """Return the state after ``event``; ``BugError`` for a pair that the table does not hold."""
    following = TRANSITIONS[state].get(event)
    if following is None:
        raise BugError(f"A sound device that is {state.value} cannot take the event {event.value}.")
    return following


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundDeviceSnapshot:
    """A device at one moment.

    Attributes:
        state: where it stands.
        name: of the device that was opened last; empty before.
        failure: why there is no sound; ``None`` while there is, and before anything failed.
        input: how well its clock is followed.
    """

    state: SoundState
    name: str
    failure: SoundLost | None
    input: InputFigures


class DeviceSound:
    """Records a device for as long as it is open; a device that is lost comes back by itself.

    Args:
        kind: microphone or desktop sound.
        device: its id; empty for whichever is the system's default.
        on_change: told with why there is no sound, once, and with ``None`` when there is again; on a thread of its own.
        command: how to start a sound process.
    """

    def __init__(
        self,
        kind: SoundKind,
        device: str,
        on_change: Callable[[SoundLost | None], None],
        *,
        command: Sequence[str] | None = None,
    ) -> None:
        arguments = ["record", kind.value, *([device] if device else [])]
        listener = SoundListener(samples=self._take, report=self._hear, ended=self._end)
        self._process = SoundProcess(arguments, listener, command=command)
        self._on_change = on_change
        self._input = DriftingInput()
        self._told: SoundLost | None = None  # the process's thread alone
        self._lock = threading.Lock()
        # Guarded by _lock: changed by the process's thread and the owner's, read by any.
        self._state = SoundState.STOPPED
        self._name = ""
        self._failure: SoundLost | None = None

    @property
    def snapshot(self) -> SoundDeviceSnapshot:
        """How it stands; from any thread."""
        with self._lock:
            return SoundDeviceSnapshot(
                state=self._state, name=self._name, failure=self._failure, input=self._input.figures
            )

    def open(self) -> None:
        """Nothing can fail: a device that is not there may come."""

    def start(self) -> None:
        """Begin to record."""
        self._move(SoundEvent.START)
        self._process.start()

    def read(self, _position: int, count: int) -> Samples:
        """Return the newest samples; a device knows no positions."""
        return self._input.read(count)

    def close(self) -> None:
        """Stop recording and wait for it."""
        self._process.close()
        self._move(SoundEvent.STOP)
        figures = self._input.figures
        log.info(
            "%s ran empty %d times, and %.0f ms of its sound came too late to be used.",
            self._name or "A sound device",
            figures.starved,
            figures.cut_ms,
        )

    def _take(self, samples: Samples) -> None:
        self._input.write(samples)

    def _hear(self, report: SoundReport) -> None:
        match report:
            case SoundOpened():
                self._move(SoundEvent.OPENED)
                with self._lock:
                    self._name, self._failure = report.name, None
                self._tell(None)
            case SoundLost():
                with self._lock:
                    self._failure = report
                log.info("%s %s", report.title, report.detail)

    def _end(self) -> None:
        with self._lock:
            self._failure = failure = self._failure or _UNEXPLAINED
        self._move(SoundEvent.ENDED)
        if not failure.is_moved:
            self._tell(failure)

    def _tell(self, failure: SoundLost | None) -> None:
        if failure != self._told:
            self._told = failure
            self._on_change(failure)

    def _move(self, event: SoundEvent) -> None:
        with self._lock:
            self._state = next_state(self._state, event)
