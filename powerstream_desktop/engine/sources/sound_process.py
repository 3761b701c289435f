"""A sound process from the engine's side: started, listened to, and started again whenever it ends."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Final, Protocol

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.sound_wire import SoundLost, SoundReport, read_frames

log = logging.getLogger(__name__)

REOPEN_S: Final = 1.5
"""From one start to the next: with the second that a start takes, a device is back within three."""
MOVE_S: Final = 0.2
"""The same when only the default has moved: nothing is broken."""
KILL_S: Final = 1.0
"""For a process that was killed to be gone, and for the thread that listens to it."""


def sound_command() -> tuple[str, ...]:
    """Return how a sound process is started."""
    return own_command("sound", module="powerstream_desktop.engine.sources.sound_worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundListener:
    """Who is told. All are called on the process's thread, and none after ``close``; they must return soon.

    Attributes:
        samples: a block came.
        report: the process said something.
        ended: the process is gone, though nobody closed it; always after what it said last.
    """

    samples: Callable[[Samples], None]
    report: Callable[[SoundReport], None]
    ended: Callable[[], None]


class SoundProcess:
    """Keeps one sound process running, on one thread that reads from it.

    Args:
        arguments: what it shall do.
        listener: who is told.
        command: how to start it.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        listener: SoundListener,
        *,
        command: Sequence[str] | None = None,
        clock: Clock = monotonic,
    ) -> None:
        self._argv = (*(command or sound_command()), *arguments)
        self._listener = listener
        self._clock = clock
        self._thread = threading.Thread(target=self._run, name="sound-process", daemon=True)
        self._changed = threading.Condition()
        # Both guarded by _changed: set by the thread that closes, and by the process's.
        self._is_closing = False
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self._thread.start()

    def close(self) -> None:
        """End it and wait for that, but not for a driver that hangs; also right if it was never started."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            child = self._child
        if child is not None:
            end_sound_process(child)
        if self._thread.ident is not None:
            self._thread.join(KILL_S)

    def _run(self) -> None:
        while True:
            begun_s = self._clock()
            pause_s = self._run_once()
            self._tell(self._listener.ended)
            with self._changed:
                left_s = begun_s + pause_s - self._clock()
                if self._changed.wait_for(lambda: self._is_closing, max(0.0, left_s)):
                    return

    def _run_once(self) -> float:
        """Run one process to its end; return how long after its start the next one may be started."""
        pause_s = REOPEN_S
        with self._changed:
            if self._is_closing:
                return pause_s
            try:
                child = subprocess.Popen(  # noqa: S603 - our own program
                    self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
            except OSError as error:
                log.warning("No sound process can be started: %s", error)
                return pause_s
            self._child = child
        assert child.stdout is not None  # noqa: S101 - for the type checker
        try:
            for frame in read_frames(child.stdout):
                if isinstance(frame, SoundReport):
                    self._tell(partial(self._listener.report, frame))
                    if isinstance(frame, SoundLost) and frame.is_moved:
                        pause_s = MOVE_S
                else:
                    self._tell(partial(self._listener.samples, frame))
        except BugError as error:
            log.warning("%s %s", error, error.detail)
        end_sound_process(child)
        child.stdout.close()
        with self._changed:
            self._child = None
        return pause_s

    def _tell(self, news: Callable[[], None]) -> None:
        """Tell the listener, unless nobody listens any more: a process that could not be ended may still have something to say."""
        with self._changed:
            if not self._is_closing:
                news()


class RunningProcess(Protocol):
    """A process as whoever ends it sees it."""

    @property
    def stdin(self) -> IO[bytes] | None:
        """Its standard input."""

    def kill(self) -> None:
        """Have it end."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises ``subprocess.TimeoutExpired``."""


def end_sound_process(child: RunningProcess) -> None:
    """End a sound process at once, for it leaves nothing to be put in order. From any thread, and harmless when repeated.

    One that hangs inside the kernel outlives even that until its driver lets it go. It is left behind, and waited for by Python
    itself when later processes are started.
    """
    child.kill()
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
    try:
        child.wait(KILL_S)
    except subprocess.TimeoutExpired:
        log.warning("A sound process cannot be killed: its driver hangs.")
