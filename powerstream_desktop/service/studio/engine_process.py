"""The engine as a child process: started, listened to, restarted with pauses, and ended properly (DESIGN 2, 5).

When it is to restart and when it counts as hung is decided by ``engine.life_cycle``; here are only the process, the pipes
and the waiting. Loads neither PyAV nor numpy: a crash of theirs must not reach this process.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import subprocess
from collections.abc import Callable, Sequence
from typing import Any, Final

from powerstream_desktop.common.backoff import RETRY_STEPS_S, Backoff
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.commands import (
    EngineCommand,
    ForceKeyframe,
    Privacy,
    Publish,
    SetBitrate,
    SetRenditions,
    Start,
    Stop,
    StopPreview,
    Unpublish,
    WatchDevices,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.reports import Done, EngineReport, Failed, Refused
from powerstream_desktop.engine.control.wire import decode_report, encode_command
from powerstream_desktop.engine.life_cycle import EngineLife, EngineSnapshot, EngineState
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.service.studio.engine_answers import EngineAnswers, no_engine

logger = logging.getLogger(__name__)

RESTART_STEPS_S: Final = (0.1, *RETRY_STEPS_S)
"""After the first death there is nothing to wait for: viewers see a still until the next engine is there (F36)."""
STOP_S: Final = 5.0
"""For flushing the encoder and unpublishing, after the stop command."""
TERMINATE_S: Final = 2.0
LAST_LOG_S: Final = 1.0
"""For what a process that is gone has printed; its cameras' processes may hold that pipe open for as long as a driver hangs."""
STOOD_STILL_S: Final = 1.0
"""Who looks so late has stood still himself (a computer that slept, a machine that is starved), and the engine perhaps with him."""
LOOK_S: Final = 0.02
ANSWER_S: Final = 15.0
"""For an answer: the slowest camera has been opened by then, or given up."""
MAX_REPORT_BYTES: Final = 4 * 1024 * 1024
"""Of one line: a report holds a whole studio, which may fill a command."""


def engine_command() -> tuple[str, ...]:
    """Return how this very program is started as an engine."""
    return own_command("engine")


class EngineProcess:
    """One engine, kept running until it is closed. Owned by one asyncio loop; all methods are called on it.

    Args:
        config: what the engine does; sent to it through its stdin.
        clock: monotonic seconds.
        on_report: takes every report, and a ``Failed`` for every end that was not asked for, said by the engine or not.
            After a ``Failed``, ``snapshot.retry_at_s`` tells whether and when it is started again.
        watches: what is watched from the start on.
        command: how to start the process.
        backoff: pauses between starts.
    """

    def __init__(
        self,
        config: EngineConfig,
        clock: Clock,
        on_report: Callable[[EngineReport], None],
        *,
        watches: Sequence[EngineCommand] = (),
        command: Sequence[str] | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self._config = config
        self._clock = clock
        self._on_report = on_report
        self._command = tuple(command) if command is not None else engine_command()
        self._life = EngineLife(backoff or Backoff(RESTART_STEPS_S), clock())
        # What was asked since and engines to come must be told, too.
        self._bitrates: dict[Rendition, int] = {}
        self._watches: dict[type[EngineCommand], EngineCommand] = {}
        for watch in watches:
            self._keep(watch)
        self._answers = EngineAnswers()
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    @property
    def snapshot(self) -> EngineSnapshot:
        """How the engine stands."""
        return self._life.snapshot

    async def start(self) -> None:
        """Start the engine. Returns at once; what becomes of it is reported."""
        if self._task is not None:
            raise BugError("An engine process was started twice.")
        self._task = asyncio.create_task(self._supervise(), name="engine-supervisor")

    async def send(self, command: EngineCommand, timeout_s: float = ANSWER_S) -> None:
        """Have the engine that runs obey a command, and return when it has.

        Where it publishes, what, whether it is private, and what is watched is kept for engines that are started later; studio and
        sound are kept by the engine. A wish for privacy is kept whatever becomes of it: an engine that is only just being
        started again, or dies of something else, must not show what was to be hidden. So are going on air and off, unless
        that is refused, and that nobody watches any more: the next engine does what this one did not live to do.

        Args:
            command: any but ``Start`` and ``Stop``, which are this object's own.
            timeout_s: how long to wait for the answer.

        Raises:
            UserError: the engine refuses; in its words.
            SystemFault: no engine runs, it ended meanwhile, or gave no answer in time.
        """
        publish_before = self._config.publish
        if _holds_in_any_case(command):
            self._keep(command)
        id_, answer = self._answers.expect()
        try:
            if not self._write(command, id_):
                raise no_engine()
            async with asyncio.timeout(timeout_s):
                await answer
        except TimeoutError:
            raise SystemFault("The engine does not answer.", hint="Try again in a moment.") from None
        except UserError:
            if isinstance(command, Publish):
                self._config = dataclasses.replace(self._config, publish=publish_before)
            raise
        finally:
            self._answers.forget(id_)
        self._keep(command)

    def force_keyframe(self) -> None:
        """Have the next picture be a key frame, if an engine runs. Never waits."""
        self._write(ForceKeyframe())

    def set_bitrate(self, video_kbps: int, rendition: Rendition = Rendition.LANDSCAPE) -> None:
        """Give a rendition this bitrate in kbit/s, also in engines that are still to be started. Never waits."""
        command = SetBitrate(rendition=rendition, video_kbps=video_kbps)
        self._keep(command)
        self._write(command)

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Have these encoded and published, also by engines that are still to be started. Never waits."""
        publish = self._config.publish
        if publish is not None and publish.renditions != renditions:
            command = SetRenditions(renditions=renditions)
            self._keep(command)
            self._write(command)

    def _keep(self, command: EngineCommand) -> None:
        """Let engines that are started later do the same from their start on."""
        publish = self._config.publish
        match command:
            case SetBitrate(rendition=rendition, video_kbps=video_kbps):
                self._bitrates[rendition] = video_kbps
            case Publish(target=target):
                self._config = dataclasses.replace(self._config, publish=target)
            case Privacy(is_on=is_on):
                self._config = dataclasses.replace(self._config, is_private=is_on)
            case WatchLevels(is_watched=True) | WatchDevices(is_watched=True) | WatchPreview():
                self._watches[type(command)] = command
            case WatchLevels() | WatchDevices():
                self._watches.pop(type(command), None)
            case StopPreview():
                self._watches.pop(WatchPreview, None)
            case Unpublish():
                self._config = dataclasses.replace(self._config, publish=None)
                self._bitrates.clear()
            case SetRenditions(renditions=renditions) if publish is not None:
                publish = dataclasses.replace(publish, renditions=renditions)
                self._config = dataclasses.replace(self._config, publish=publish)
            case _:
                pass

    def _write_start(self) -> None:
        """Start the engine that has just been spawned as engines were told since the first one."""
        self._write(Start(config=self._config))
        for rendition, video_kbps in self._bitrates.items():
            settings = self._config.renditions.get(rendition)
            if settings is not None and settings.bitrate_kbps != video_kbps:
                self._write(SetBitrate(rendition=rendition, video_kbps=video_kbps))
        for watch in self._watches.values():
            self._write(watch)

    def _write(self, command: EngineCommand, id_: str | None = None) -> bool:
        """Write a command to the engine that runs; return False if none does."""
        process = self._process
        if process is None or process.returncode is not None:
            return False
        pipe = process.stdin
        if pipe is None or pipe.is_closing():
            return False
        pipe.write(encode_command(command, id_))
        return True

    async def aclose(self) -> None:
        """End the engine properly and wait: stop command, 5 s, SIGTERM, 2 s, SIGKILL. Harmless when repeated."""
        self._closing.set()
        if self._task is not None:
            await self._task
        if self._life.snapshot.state is not EngineState.STOPPED:
            self._life.stopped(self._clock())

    async def _supervise(self) -> None:
        while not self._closing.is_set():
            exit_code = await self._run_once()
            if self._closing.is_set():
                return
            failure = self._life.died(exit_code, self._clock())
            logger.info("The engine ended with exit code %s: %s", exit_code, failure.title)
            self._on_report(failure)
            if self._life.retry_at_s is None:
                return
            await self._is_closing_within(self._life.retry_at_s - self._clock())

    async def _run_once(self) -> int | None:
        """Run one process to its end; return its exit code, or ``None`` if it was silent and had to be killed."""
        self._life.spawned(self._clock())
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                limit=MAX_REPORT_BYTES,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            logger.info("The engine cannot be started: %s", error)
            return 1
        self._process = process
        log_task = asyncio.create_task(_copy_log(process), name="engine-log")
        reports_task = asyncio.create_task(self._read_reports(process), name="engine-reports")
        closing_task = asyncio.create_task(self._closing.wait(), name="engine-closing")
        self._write_start()
        either: set[asyncio.Future[Any]] = {reports_task, closing_task}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if reports_task.done():
            exit_code = await _end(process, TERMINATE_S)
        else:
            self._write(Stop())
            if self._life.snapshot.state is EngineState.STARTING:
                _terminate(process)  # or it would go on air first, and begin another recording
            exit_code = await _end(process, STOP_S)
        closing_task.cancel()
        was_silent = await reports_task
        await asyncio.wait([log_task], timeout=LAST_LOG_S)
        log_task.cancel()
        await asyncio.wait([log_task, closing_task])
        self._process = None
        self._answers.engine_ended()
        return None if was_silent else exit_code

    async def _read_reports(self, process: asyncio.subprocess.Process) -> bool:
        """Read reports to the end; return True when they stopped coming and the process was killed for it."""
        assert process.stdout is not None  # noqa: S101 - a pipe, as asked for
        while True:
            silent_at_s = self._life.silent_at_s
            patience_s = silent_at_s - self._clock()
            try:
                async with asyncio.timeout(None if self._closing.is_set() else patience_s):
                    line = await process.stdout.readline()
            except TimeoutError:
                if self._closing.is_set():
                    continue
                if self._clock() - silent_at_s > STOOD_STILL_S:
                    self._life.excused(self._clock())
                    continue
                _kill(process)
                return True
            except ValueError:  # a line longer than the buffer is none of ours
                continue
            if not line:
                return False
            self._heard(line)

    def _heard(self, line: bytes) -> None:
        try:
            report = decode_report(line)
        except BugError as error:
            logger.info("%s %s", error.title, error.detail)
            return
        self._life.heard(report, self._clock())
        if isinstance(report, Done | Refused) and self._answers.take(report):
            return
        if not isinstance(report, Failed):  # told when the process is gone, once
            self._on_report(report)

    async def _is_closing_within(self, pause_s: float) -> bool:
        try:
            async with asyncio.timeout(pause_s):
                return await self._closing.wait()
        except TimeoutError:
            return False


def _holds_in_any_case(command: EngineCommand) -> bool:
    """Tell whether engines to come obey this, whatever becomes of the one that it is sent to."""
    match command:
        case Privacy(is_on=is_on):
            return is_on
        case WatchLevels(is_watched=is_watched) | WatchDevices(is_watched=is_watched):
            return not is_watched
        case _:
            return isinstance(command, Publish | Unpublish | StopPreview)


async def _end(process: asyncio.subprocess.Process, patience_s: float) -> int:
    """Wait for a process that should be ending; push it with SIGTERM when it is late, then with SIGKILL."""
    for patience, push in ((patience_s, process.terminate), (TERMINATE_S, process.kill)):
        try:
            async with asyncio.timeout(patience):
                return await _exit_code(process)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                push()
    return await _exit_code(process)


def _terminate(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()


async def _exit_code(process: asyncio.subprocess.Process) -> int:
    """Wait for a process alone: ``Process.wait`` also waits for its pipes, which a child of a crashed engine may still hold."""
    while (exit_code := process.returncode) is None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await process.wait()
    return exit_code


def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()


async def _copy_log(process: asyncio.subprocess.Process) -> None:
    """Copy what the engine prints, which is little: it keeps a log file of its own."""
    assert process.stderr is not None  # noqa: S101 - a pipe, as asked for
    while True:
        try:
            line = await process.stderr.readline()
        except ValueError:  # a line longer than the buffer
            continue
        if not line:
            return
        logger.info("engine: %s", line.decode("utf-8", "replace").rstrip())
