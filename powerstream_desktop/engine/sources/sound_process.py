"""A sound process from the engine's side: started, listened to, and started again whenever it ends."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.sound_wire import SoundLost, SoundReport, read_frames

log = logging.getLogger(__name__)

REOPEN_S: Final = 1.5
"""From one start to the next: with the second that a start takes, a device is back within three."""
MOVE_S: Final = 0.2
"""The same when only the default has moved: nothing is broken."""
STOP_S: Final = 1.0


def sound_command() -> tuple[str, ...]:
    """Return how a sound process is started, also when the program is frozen into one file."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "sound")
    return (sys.executable, "-m", "powerstream_desktop.engine.sources.sound_worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundListener:
    """Who is told. All are called on the process's thread.

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
        """End it and wait for that; also right if it was never started."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
            child = self._child
        if child is not None:
            _end(child)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            begun_s = self._clock()
            pause_s = self._run_once()
            with self._changed:
                if self._is_closing:
                    return
            self._listener.ended()
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
                    self._listener.report(frame)
                    if isinstance(frame, SoundLost) and frame.is_moved:
                        pause_s = MOVE_S
                else:
                    self._listener.samples(frame)
        except BugError as error:
            log.warning("%s %s", error, error.detail)
        _end(child)
        child.stdout.close()
        with self._changed:
            self._child = None
        return pause_s


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask a process to end by closing its input, and kill it if it does not. From either thread."""
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
    try:
        child.wait(STOP_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
