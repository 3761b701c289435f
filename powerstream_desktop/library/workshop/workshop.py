"""The workshop: has work on media files done, each piece in a fresh confined process. Loads no libav.

Nothing that comes from such a process is trusted: its lines are limited and read strictly, its files are looked at before they are
taken, and a process that crashes, falls silent for too long or uses too much makes an error of one job.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError, SystemFault, UserError
from powerstream_desktop.common.frozen_json import MalformedError, parse_json, write_json
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.library.facts import MediaFacts
from powerstream_desktop.library.workshop.jobs import LISTEN, LOOK, PICTURES, READ_ALL, Job, JobResult
from powerstream_desktop.library.workshop.results import (
    Pictures,
    Verification,
    Waveform,
    read_words,
    verification_of,
    waveform_of,
)
from powerstream_desktop.library.workshop.words import (
    MAX_LINE_BYTES,
    MEDIA_ORDERS,
    MEDIA_REPORTS,
    Begun,
    DoJob,
    Done,
    MediaReport,
    Progress,
    Refused,
)

log = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 3
"""A long one, such as a clip, must not keep a look into a file waiting."""
_END_S: Final = 2.0
"""For a process to end that has said its last word, or whose stdin has ended."""
_KILL_S: Final = 5.0
_MAX_JPEG_BYTES: Final = 2 * 1024 * 1024
_JPEG_BEGINS: Final = b"\xff\xd8\xff"
_MAX_SENTENCE: Final = 300
Progressed: TypeAlias = Callable[[float], None]
_ERRORS: Final = {Fault.USER: UserError, Fault.SYSTEM: SystemFault}


def media_command() -> tuple[str, ...]:
    """Return how this very program is started as a media process."""
    return own_command("media")


class Workshop:
    """Has work on media files done. Belongs to one asyncio loop, that of a thread which outlives the work: with it the processes end.

    Args:
        command: starts a media process.
        at_once: so many run side by side; others wait.
    """

    def __init__(self, command: Sequence[str] = (), *, at_once: int = MOST_AT_ONCE) -> None:
        self._command = tuple(command) or media_command()
        self._places = asyncio.Semaphore(at_once)
        self._running: set[asyncio.Task[JobResult]] = set()
        self._is_closed = False

    async def probe(self, file: Path) -> MediaFacts:
        """Look into a file; errors as with ``run``, UserError above all for what is no video."""
        result = await self.run(Job(kind="probe", file=file, limits=LOOK))
        facts: MediaFacts = read_words(MediaFacts, result.words)
        return facts

    async def pictures(self, file: Path, folder: Path) -> Pictures:
        """Make both pictures in a folder, in which nothing else should be; errors as with ``run``."""
        await self.run(Job(kind="pictures", file=file, folder=folder, limits=PICTURES))
        made = Pictures(thumbnail=folder / "thumbnail.jpg", strip=folder / "strip.jpg")
        await asyncio.to_thread(_check_jpegs, (made.thumbnail, made.strip))
        return made

    async def waveform(self, file: Path) -> Waveform:
        """Measure how loud a file is; errors as with ``run``."""
        return waveform_of((await self.run(Job(kind="waveform", file=file, limits=LISTEN))).words)

    async def verify(self, file: Path, on_progress: Progressed | None = None) -> Verification:
        """Read the whole file and say whether it is good; errors as with ``run``."""
        result = await self.run(Job(kind="verify", file=file, limits=READ_ALL), on_progress)
        return verification_of(result.words)

    async def confinement(self) -> tuple[str, ...]:
        """Return what holds in a process of this system, such as ``seccomp``; errors as with ``run``."""
        return (await self.run(Job(kind="trial", file=Path(sys.executable), limits=LOOK))).confinement

    async def run(self, job: Job, on_progress: Progressed | None = None) -> JobResult:
        """Have a job done. Whoever cancels it ends its process, and has it ended when this returns.

        Args:
            job: what to do.
            on_progress: told now and then how much is done, 0 to 1; None if nobody wants to know.

        Raises:
            UserError: the file is the reason: it is no video, damaged, or made to do harm.
            SystemFault: no process can be started, or the workshop closes.
            BugError: a process did what it should not.
        """
        if self._is_closed:
            raise _closing()
        task = asyncio.ensure_future(self._run(job, on_progress))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            return await task
        except asyncio.CancelledError:
            if _is_cancelled_itself():
                raise
            raise _closing() from None

    async def aclose(self) -> None:
        """End all work and wait for its processes; harmless when repeated."""
        self._is_closed = True
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self, job: Job, on_progress: Progressed | None) -> JobResult:
        async with self._places:
            child = await self._started()
            try:
                async with asyncio.timeout(job.limits.patience_s):
                    return await _result_of(child, job, on_progress)
            except TimeoutError:
                _kill(child)
                raise UserError(
                    f"Work on {job.file.name} took too long and was ended.",
                    hint="Look whether the file is damaged, and whether its disk answers.",
                ) from None
            except asyncio.CancelledError:
                _kill(child)
                raise
            finally:
                await _end(child)

    async def _started(self) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                limit=MAX_LINE_BYTES,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise SystemFault(
                "The process for work on media cannot be started.",
                hint="Close other programs, and try again.",
                detail=repr(error),
            ) from error


async def _result_of(
    child: asyncio.subprocess.Process, job: Job, on_progress: Progressed | None
) -> JobResult:
    """Give a process its order, follow its reports, return its result."""
    assert child.stdin is not None  # noqa: S101 - a pipe, as asked for
    order = DoJob(
        kind=job.kind,
        file=job.file.absolute(),
        folder=None if job.folder is None else job.folder.absolute(),
        request=write_json(dict(job.request)),
        limits=job.limits,
    )
    with contextlib.suppress(OSError):  # it died this moment; the end of its reports says so
        child.stdin.write(MEDIA_ORDERS.encode(order))
        await child.stdin.drain()
    held: tuple[str, ...] = ()
    while True:
        match await _next_report(child, job.file):
            case Begun() as begun:
                held = tuple(filter(None, (begun.network, begun.files, begun.usage)))
            case Progress(done=done):
                if on_progress is not None:
                    on_progress(min(1.0, max(0.0, done)))
            case Refused() as refused:
                raise _refusal(refused, job.file)
            case Done(result=result):
                return JobResult(words=_object(result), confinement=held)


async def _next_report(child: asyncio.subprocess.Process, file: Path) -> MediaReport:
    """Return the next report; a process that ends without one was ended by its file, or by its limits."""
    assert child.stdout is not None  # noqa: S101 - a pipe, as asked for
    try:
        line = await child.stdout.readline()
    except ValueError as error:  # longer than any of ours
        raise BugError("A media process gave an answer that is none.", detail=str(error)) from None
    if not line.endswith(b"\n"):
        code = await child.wait()
        log.info("A media process ended with %d.", code)
        raise UserError(
            f"{file.name} cannot be worked on: it breaks what reads it.",
            hint="It is damaged, or made to do harm.",
            detail=f"exit code {code}",
        )
    return MEDIA_REPORTS.decode(line)


def _refusal(refused: Refused, file: Path) -> PowerStreamError:
    """Return what a process said as an error, cut to what can be shown."""
    kind = _ERRORS.get(refused.fault, BugError)
    if kind is BugError:
        log.warning("Work on %s failed: %s %s", file.name, refused.title, refused.detail[:_MAX_SENTENCE])
    return kind(
        printable_text(refused.title)[:_MAX_SENTENCE],
        hint=printable_text(refused.hint)[:_MAX_SENTENCE],
        detail=refused.detail[:_MAX_SENTENCE],
    )


def _object(text: str) -> dict[str, object]:
    try:
        words = parse_json(text)
    except MalformedError as error:
        raise BugError("A media process gave an answer that is none.", detail=str(error)) from None
    if not isinstance(words, dict):
        raise BugError("A media process gave an answer that is none.", detail="no object")
    return words


async def _end(child: asyncio.subprocess.Process) -> None:
    """Wait until a process and its pipes are gone, also if nobody wants to wait any more."""
    ending = asyncio.ensure_future(_ended(child))
    try:
        await asyncio.shield(ending)
    except asyncio.CancelledError:
        _kill(child)
        await ending
        raise


async def _ended(child: asyncio.subprocess.Process) -> None:
    """Let a process end by itself, kill it if it does not; one that hangs inside the kernel is left behind.

    Whoever kills at once meets many a process that is just ending, and is then told a wrong exit code by Python.
    """
    assert child.stdin is not None  # noqa: S101 - a pipe, as asked for
    child.stdin.close()
    for patience_s in (_END_S, _KILL_S):
        try:
            async with asyncio.timeout(patience_s):
                await _is_gone(child)
        except TimeoutError:
            _kill(child)
        else:
            return
    log.warning("A media process cannot be killed: its disk hangs.")


async def _is_gone(child: asyncio.subprocess.Process) -> None:
    assert child.stdout is not None  # noqa: S101 - a pipe, as asked for
    while await child.stdout.read(MAX_LINE_BYTES):
        pass  # what it has said is not wanted any more, but a pipe that is full is not closed
    await child.wait()


def _kill(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.kill()


def _check_jpegs(files: Sequence[Path]) -> None:
    """Make sure that these are pictures, and no links to something else."""
    for file in files:
        try:
            descriptor = os.open(
                file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            )
            with os.fdopen(descriptor, "rb") as opened:
                status = os.fstat(descriptor)
                is_good = stat.S_ISREG(status.st_mode) and status.st_size <= _MAX_JPEG_BYTES
                is_good = is_good and opened.read(len(_JPEG_BEGINS)) == _JPEG_BEGINS
        except OSError as error:
            raise BugError("A media process made no picture.", detail=repr(error)) from error
        if not is_good:
            raise BugError("A media process made a picture that is none.")


def _closing() -> SystemFault:
    return SystemFault("PowerStream is ending.", hint="Try again after its next start.")


def _is_cancelled_itself() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
