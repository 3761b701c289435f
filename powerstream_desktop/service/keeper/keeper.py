"""The keeper's process: starts the service as its child, remembers what its successor must get, and starts that (ADR 0015).

The main thread waits for lines of the service: their end is the service's, for no other process has that pipe. Signals come
between; a second thread sees to it that the service answers (``answer_watch``). It loads nothing that a service is made of: what kills one must not reach it, and it costs little beside it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.service.keeper.answer_watch import LOOK_S, AnswerWatch
from powerstream_desktop.service.keeper.keeper_life import (
    DEATHS_WITHIN_S,
    MAX_DEATHS,
    KeeperLife,
    KeptState,
)
from powerstream_desktop.service.keeper.keeper_words import (
    FROM_SERVICE,
    TO_SERVICE,
    Begin,
    End,
    Keep,
    KeeperWord,
    KeptValue,
    Leave,
    Ping,
    Pong,
    Ready,
)

logger = logging.getLogger(__name__)

SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""All ask for a proper end; Windows has the last, for a console that closes."""
MAX_LINE_BYTES: Final = 4 * 1024 * 1024
_LOOK_S: Final = 0.02


class Keeper:
    """Keeps one service running until it is over. Used by the main thread alone; signals come on it as well.

    Args:
        command: starts the service.
        on_ready: called once, with the first service that can be reached.
        clock: monotonic seconds.
        look_s: how often it is looked whether the service still answers.
    """

    def __init__(
        self,
        command: Sequence[str],
        on_ready: Callable[[Ready], None],
        clock: Clock = monotonic,
        *,
        look_s: float = LOOK_S,
    ) -> None:
        self._command = tuple(command)
        self._on_ready = on_ready
        self._clock = clock
        self._look_s = look_s
        self._life = KeeperLife()
        self._kept: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._was_ready = False
        self._has_left = False

    def run(self) -> int:
        """Keep it until it is over; return the exit code of the command.

        Raises:
            SystemFault: it died too often, or cannot be started at all.
        """
        with self._ended_by_signals():
            pause_s: float | None = 0.0
            while pause_s is not None and self._pause(pause_s):
                exit_code, has_left = self._run_once()
                pause_s = self._life.exited(exit_code, self._clock(), has_left=has_left)
                if pause_s is not None:
                    logger.warning("The service died; it is started again.")
            if self._life.has_given_up:
                raise SystemFault(
                    f"The service died {MAX_DEATHS} times within {DEATHS_WITHIN_S:g} s and is not started again.",
                    hint="Its log says more.",
                )
        return self._life.exit_code

    def request_end(self) -> None:
        """Have the service end properly; safe to call from a signal's handler, and to repeat."""
        is_first = self._life.state is not KeptState.ENDING
        self._life.end_asked()
        if is_first and self._process is not None:
            self._tell(self._process, End())

    def _run_once(self) -> tuple[int, bool]:
        """Run one service to its end; return its exit code, and whether it said that it ends by itself."""
        self._life.spawned()
        self._has_left = False
        process = self._spawn()
        kept = tuple(KeptValue(name=name, value=value) for name, value in self._kept.items())
        self._tell(process, Begin(kept=kept, deaths=self._life.deaths))
        self._process = process
        if self._life.state is KeptState.ENDING:  # a signal came while it was being started
            self._tell(process, End())
        # A ping is one short write, so that the watch's thread and a signal's handler may say something at the same time.
        watch = AnswerWatch(
            process,
            ping=lambda: self._tell(process, Ping()),
            owes_answers=lambda: self._life.state is KeptState.SERVING,
            look_s=self._look_s,
        )
        for line in _lines(process):
            self._heard(line, watch)
        exit_code = process.wait()
        watch.aclose()
        self._process = None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        logger.info("The service ended with exit code %s.", exit_code)
        return exit_code, self._has_left and not watch.has_killed

    def _spawn(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603 - our own command
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise SystemFault(
                f"The service cannot be started: {error.strerror}.",
                hint="Free memory or processes, and try again.",
                detail=repr(error),
            ) from error

    def _heard(self, line: bytes, watch: AnswerWatch) -> None:
        try:
            word = FROM_SERVICE.decode(line)
        except BugError as error:
            logger.info("%s %s", error.title, error.detail)
            return
        match word:
            case Ready():
                self._life.ready()
                watch.start()
                if not self._was_ready:
                    self._was_ready = True
                    self._on_ready(word)
            case Pong():
                watch.answered()
            case Leave():
                self._has_left = True
            case Keep(name=name, value=None):
                self._kept.pop(name, None)
            case Keep(name=name, value=str(value)):
                self._kept[name] = value

    def _tell(self, process: subprocess.Popen[bytes], word: KeeperWord) -> None:
        rest = memoryview(TO_SERVICE.encode(word))
        with contextlib.suppress(OSError):  # it is gone; its exit code tells the rest
            while process.stdin is not None and rest:
                rest = rest[process.stdin.write(rest) or 0 :]  # a signal may come between

    def _pause(self, pause_s: float) -> bool:
        """Wait in small steps, so that a signal ends it; return whether a service is still wanted."""
        due_s = self._clock() + pause_s
        while self._life.state is KeptState.NONE and self._clock() < due_s:
            time.sleep(_LOOK_S)
        return self._life.state is KeptState.NONE

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        """Pass on that we shall end. Ctrl+C at a terminal reaches the service by itself too, which does no harm."""

        def end(_number: int, _frame: FrameType | None) -> None:
            self.request_end()

        previous: dict[Any, Any] = {}
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                previous[number] = signal.signal(number, end)
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def _lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Yield what the service says, line by line, until it is gone."""
    if process.stdout is None:
        return
    pending = b""
    while data := os.read(process.stdout.fileno(), 64 * 1024):
        *lines, pending = (pending + data).split(b"\n")
        yield from lines
        if len(pending) > MAX_LINE_BYTES:
            pending = b""
