"""One process of the courier, as the service sees it: started, spoken to, listened to, and ended. Belongs to one asyncio loop.

Nothing that it says is trusted: lines are limited and read strictly. One that falls silent or says nonsense is killed, and all its
jobs end with ``CourierLostError``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
from collections.abc import Callable, Sequence
from typing import Final

from powerstream_desktop.cloud.courier.words import (
    MAX_LINE_BYTES,
    ORDERS,
    REPORTS,
    Alive,
    JobAnswer,
    JobReport,
    Moved,
    Order,
)
from powerstream_desktop.common.errors import BugError, SystemFault

log = logging.getLogger(__name__)

_END_S: Final = 2.0
"""For a process to end whose stdin has ended."""
_KILL_S: Final = 5.0
_MOST_UNHEARD: Final = 4
"""Reports of one job that nobody has taken yet: it waits after each but the last."""
_FLAGS: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)


class CourierLostError(Exception):
    """The process is gone, and with it what it was doing. What was kept holds."""


class Line:
    """What a job's owner hears of it."""

    def __init__(self, on_moved: Callable[[int, int], None] | None) -> None:
        self.on_moved = on_moved
        # Bounded by ``_MOST_UNHEARD``.
        self._heard: asyncio.Queue[JobAnswer | None] = asyncio.Queue()

    def say(self, report: JobAnswer | None) -> None:
        """Hand a report over; None when there will be none any more.

        Raises:
            BugError: more is said than was waited for.
        """
        if self._heard.qsize() >= _MOST_UNHEARD and report is not None:
            raise BugError("The courier says more than it was asked for.")
        self._heard.put_nowait(report)

    async def next_report(self) -> JobAnswer:
        """Return the next report.

        Raises:
            CourierLostError: there will be none.
        """
        report = await self._heard.get()
        if report is None:
            self.say(None)
            raise CourierLostError
        return report


class CourierProcess:
    """One process.

    Args:
        command: starts it.
        silence_s: it is killed when nothing has been heard of it for so long.
    """

    def __init__(self, command: Sequence[str], *, silence_s: float) -> None:
        self._command = tuple(command)
        self._silence_s = silence_s
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._lines: dict[int, Line] = {}
        self.is_lost = False

    async def start(self, first: Order) -> None:
        """Start it and say the first word.

        Raises:
            SystemFault: it cannot be started.
        """
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                limit=MAX_LINE_BYTES,
                creationflags=_FLAGS,
            )
        except OSError as error:
            raise SystemFault(
                "The process for the cloud store cannot be started.",
                hint="Close other programs, and try again.",
                detail=repr(error),
            ) from error
        self._listening = asyncio.create_task(self._listen(self._process), name="courier-reports")
        await self.say(first)

    def line(self, job: int, on_moved: Callable[[int, int], None] | None = None) -> Line:
        """Listen to a job from now on."""
        line = self._lines[job] = Line(on_moved)
        if self.is_lost:
            line.say(None)
        return line

    def hang_up(self, job: int) -> None:
        """Listen to a job no more."""
        self._lines.pop(job, None)

    @property
    def pid(self) -> int:
        """Number of the process."""
        assert self._process is not None  # noqa: S101 - it was started
        return self._process.pid

    async def say(self, order: Order) -> None:
        """Say an order. That the process is gone is heard on the lines."""
        assert self._process is not None  # noqa: S101 - it was started
        assert self._process.stdin is not None  # noqa: S101 - a pipe, as asked for
        with contextlib.suppress(OSError):
            self._process.stdin.write(ORDERS.encode(order))
            await self._process.stdin.drain()

    async def aclose(self) -> None:
        """End it and wait until it is gone; harmless when repeated."""
        if self._listening is not None:
            ending = asyncio.ensure_future(self._end())
            try:
                await asyncio.shield(ending)
            except asyncio.CancelledError:
                await ending
                raise

    async def _end(self) -> None:
        assert self._process is not None  # noqa: S101 - it was started
        assert self._process.stdin is not None  # noqa: S101 - a pipe, as asked for
        assert self._listening is not None  # noqa: S101 - it was started
        self._process.stdin.close()
        for patience_s in (_END_S, _KILL_S):
            done, _ = await asyncio.wait([self._listening], timeout=patience_s)
            if done:
                return
            self._kill()
        log.warning("The courier cannot be killed: its disk hangs.")

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Listen to the end, and see it gone."""
        assert process.stdout is not None  # noqa: S101 - a pipe, as asked for
        try:
            while True:
                async with asyncio.timeout(self._silence_s):
                    line = await process.stdout.readline()
                if not line.endswith(b"\n"):
                    break
                self._heard(REPORTS.decode(line))
        except TimeoutError:
            log.info("The courier has fallen silent and is killed.")
            self._kill()
        except (ValueError, BugError) as error:  # longer than any line of ours, or none
            log.info("The courier said something that is no report and is killed: %s", error)
            self._kill()
        self.is_lost = True
        for each in self._lines.values():
            each.say(None)
        log.info("The courier ended with %s.", await self._is_gone(process))

    async def _is_gone(self, process: asyncio.subprocess.Process) -> int:
        """Wait for the end of a process that has said its last word; kill one that does not come to it.

        Whoever kills at once meets many a process that is just ending, and is then told a wrong exit code by Python.
        """
        try:
            async with asyncio.timeout(_END_S):
                return await _drained(process)
        except TimeoutError:
            self._kill()
            return await _drained(process)

    def _heard(self, report: Alive | JobReport) -> None:
        if isinstance(report, Alive):
            return
        line = self._lines.get(report.job)
        if line is None:
            # Of no job: it could not begin at all. Of one that nobody listens to: it was given up.
            return
        if isinstance(report, Moved):
            if line.on_moved is not None:
                line.on_moved(report.done_bytes, report.total_bytes)
            return
        line.say(report)

    def _kill(self) -> None:
        assert self._process is not None  # noqa: S101 - it was started
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()


async def _drained(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None  # noqa: S101 - a pipe, as asked for
    while await process.stdout.read(MAX_LINE_BYTES):
        pass  # what it has said is not wanted any more, but a pipe that is full is not closed
    return await process.wait()
