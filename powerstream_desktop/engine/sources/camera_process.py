"""A camera process from the engine's side: started, listened to, killed when it hangs, started again (DESIGN 2).

One thread supervises, and for each process one reads its reports. When to do what is decided by ``camera_life``.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Final, TypeAlias

from powerstream_desktop.common.camera_protocol import (
    CAMERA_COMMANDS,
    CAMERA_REPORTS,
    CameraCommand,
    CameraLost,
    CameraOpened,
    CameraReport,
    OpenCamera,
    StopCamera,
)
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.engine.sources.camera_frozen import FrozenWatch
from powerstream_desktop.engine.sources.camera_life import CameraLife, CameraSnapshot, CameraState, CameraTask

log = logging.getLogger(__name__)

STOP_S: Final = 2.0
"""For a process to let its camera go and remove the ring, after the stop command."""
KILL_S: Final = 1.0
READ_BYTES: Final = 64 * 1024


def camera_command() -> tuple[str, ...]:
    """Return how this very program is started as a camera process."""
    return own_command("camera")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came from a process, with its number; ``None`` for the end of it."""

    process: int
    report: CameraReport | None


@dataclass(frozen=True, slots=True)
class _Closing:
    """The camera is not wanted any more."""


_Inbox: TypeAlias = "queue.SimpleQueue[_Heard | _Closing]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraListener:
    """Who is told about a camera. All are called on the supervising thread and must return soon.

    Attributes:
        opened: the first picture after a pause lies in the ring.
        lost: there are no more pictures, or still none; called for each failed attempt.
        frozen: with ``True`` when the camera seems frozen, with ``False`` when it does no longer.
    """

    opened: Callable[[CameraOpened], None]
    lost: Callable[[CameraLost], None]
    frozen: Callable[[bool], None]


class CameraProcess:
    """One camera's process, kept running until it is closed.

    Args:
        wish: makes the command to open, anew for each attempt; called on the supervising thread.
        listener: who is told.
        clock: monotonic seconds.
        command: how to start the process.
    """

    def __init__(
        self,
        wish: Callable[[], OpenCamera],
        listener: CameraListener,
        clock: Clock,
        *,
        command: Sequence[str] | None = None,
    ) -> None:
        self._wish = wish
        self._listener = listener
        self._clock = clock
        self._command = tuple(command) if command is not None else camera_command()
        self._life = CameraLife(clock())
        self._frozen = FrozenWatch()
        self._inbox: _Inbox = queue.SimpleQueue()
        self._child: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="camera-supervisor", daemon=True)
        # Replaced whole by the supervising thread, read by any.
        self._snapshot = self._life.snapshot

    @property
    def snapshot(self) -> CameraSnapshot:
        """How the camera stands. From any thread."""
        return self._snapshot

    @property
    def pid(self) -> int | None:
        """Of the running process; ``None`` while there is none. From any thread."""
        child = self._child
        return child.pid if child is not None else None

    def start(self) -> None:
        """Start the process; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """End the process and wait for it: two seconds, then it is killed. Harmless when repeated, or never started."""
        self._inbox.put(_Closing())
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        self._spawn()
        while True:
            self._do(self._life.task(self._clock()))
            self._snapshot = self._life.snapshot
            try:
                got = self._inbox.get(timeout=max(0.0, self._life.wake_at_s(self._clock()) - self._clock()))
            except queue.Empty:
                got = None
            if isinstance(got, _Closing):
                break
            if got is not None and got.process == self._life.snapshot.processes and self._is_alive():
                self._take(got.report)
            self._look_for_frost()
        self._end(STOP_S)
        self._life.stopped(self._clock())
        self._snapshot = self._life.snapshot

    def _do(self, task: CameraTask) -> None:
        match task:
            case CameraTask.SPAWN:
                self._spawn()
            case CameraTask.OPEN:
                self._send(self._wish())
                self._life.asked(self._clock())
            case CameraTask.KILL:
                log.info("A camera process hangs and is killed.")
                self._end(0.0)
                self._report_loss(self._life.died(self._clock(), hung=True))

    def _take(self, report: CameraReport | None) -> None:
        now = self._clock()
        if report is None:
            self._end(0.0)
            self._report_loss(self._life.died(now, hung=False))
            return
        before = self._life.snapshot.state
        self._life.heard(report, now)
        self._snapshot = self._life.snapshot
        match report:
            case CameraOpened() if before is CameraState.OPENING:
                self._listener.opened(report)
            case CameraLost() if self._life.snapshot.state is CameraState.LOST:
                self._report_loss(report)

    def _report_loss(self, failure: CameraLost) -> None:
        self._snapshot = self._life.snapshot
        self._listener.lost(failure)

    def _look_for_frost(self) -> None:
        if self._frozen.look(self._life.idle_s(self._clock()), self._life.unchanged_s()):
            self._listener.frozen(self._frozen.is_frozen)

    def _spawn(self) -> None:
        self._life.spawned(self._clock())
        number = self._life.snapshot.processes
        try:
            child = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            log.info("A camera process cannot be started: %s", error)
            self._inbox.put(_Heard(number, None))
            return
        assert child.stdout is not None  # noqa: S101 - a pipe, as asked for
        self._child = child
        self._reader = threading.Thread(
            target=_read_reports, args=(child.stdout, number, self._inbox), name="camera-reports", daemon=True
        )
        self._reader.start()
        self._send(self._wish())

    def _send(self, command: CameraCommand) -> None:
        child = self._child
        if child is not None and child.stdin is not None:
            with contextlib.suppress(OSError):  # it died this moment; the end of its reports says so
                child.stdin.write(CAMERA_COMMANDS.encode(command))

    def _is_alive(self) -> bool:
        return self._life.snapshot.state in {CameraState.OPENING, CameraState.LIVE, CameraState.LOST}

    def _end(self, patience_s: float) -> None:
        """Wait for the process, which was told to stop or is about to be gone; kill it when that takes longer.

        One that hangs inside the kernel outlives even that until its driver lets it go. It is left behind, and waited for
        by Python itself when later processes are started.
        """
        child, self._child = self._child, None
        if child is None:
            return
        assert child.stdin is not None  # noqa: S101 - a pipe, as asked for
        with contextlib.suppress(OSError):
            child.stdin.write(CAMERA_COMMANDS.encode(StopCamera()))
        with contextlib.suppress(OSError):
            child.stdin.close()
        for patience in (patience_s, KILL_S):
            try:
                child.wait(patience)
            except subprocess.TimeoutExpired:
                child.kill()
            else:
                break
        else:
            log.warning("A camera process cannot be killed: its driver hangs.")
            return
        if self._reader is not None:
            self._reader.join()


def _read_reports(pipe: IO[bytes], process: int, inbox: _Inbox) -> None:
    pending = b""
    with pipe:
        while data := pipe.read(READ_BYTES):
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                try:
                    inbox.put(_Heard(process, CAMERA_REPORTS.decode(line)))
                except BugError as error:
                    log.info("%s %s", error.title, error.detail)
    inbox.put(_Heard(process, None))
