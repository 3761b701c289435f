"""Keeps the courier's process: there when there is something to do, gone when there has been nothing for a while, another after a loss."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from powerstream_desktop.cloud.courier.courier_process import CourierLostError, CourierProcess, Line
from powerstream_desktop.cloud.courier.words import Allow, Configure, Done, GiveUp, Refused
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials
from powerstream_desktop.common.errors import SystemFault, UserError

_GIVEN_UP_S: Final = 5.0
"""For a job to end that was given up; one that waits for a store is not waited for longer."""


class CourierKeeper:
    """Keeps at most one process. Belongs to one asyncio loop.

    Args:
        command: starts the process.
        silence_s: a process that has said nothing for so long is killed.
        idle_s: a process that has nothing to do for so long is ended.

    Attributes:
        choice: how often another store was chosen; a job is for one of them.
    """

    def __init__(self, command: Sequence[str], *, silence_s: float, idle_s: float) -> None:
        self._command = tuple(command)
        self._silence_s = silence_s
        self._idle_s = idle_s
        self._config: StoreConfig | None = None
        self._credentials: StoreCredentials | None = None
        self._kbps: int | None = None
        self._numbers = itertools.count(1)
        self._process: CourierProcess | None = None
        self._starting = asyncio.Lock()
        self._jobs = 0
        self._idle: asyncio.TimerHandle | None = None
        self._aside_tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False
        self.choice = 0

    def configure(self, config: StoreConfig, credentials: StoreCredentials | None) -> None:
        """Use this store from now on; a process that uses another one is ended, and so are its jobs (V34)."""
        if self._config is not None and not _is_same_store(config, self._config):
            self.choice += 1
        if (config, credentials) != (self._config, self._credentials):
            self._config, self._credentials = config, credentials
            self._dismiss()

    async def aclose(self) -> None:
        """End the process and wait until it is gone; harmless when repeated."""
        self._is_closed = True
        async with self._starting:  # one that is just being started is let go as well
            self._dismiss()
        await asyncio.gather(*self._aside_tasks)

    @property
    def pid(self) -> int | None:
        """Number of the process; None when there is none."""
        return None if self._process is None or self._process.is_lost else self._process.pid

    def allow(self, kbps: int | None) -> None:
        """Tell the process, and every later one, how fast it may go."""
        if kbps != self._kbps:
            self._kbps = kbps
            if self._process is not None:
                self._aside(self._process.say(Allow(kbps=kbps)))

    @contextlib.asynccontextmanager
    async def job(
        self, choice: int, on_progress: Callable[[int, int], None] | None = None
    ) -> AsyncIterator[tuple[CourierProcess, int, Line]]:
        """Give a process, a number and a line for a job; a job that is left before its end is given up.

        Args:
            choice: as it was when the job was asked for.
            on_progress: told of bytes that moved.
        """
        process, job = await self._running(choice), next(self._numbers)
        line = process.line(job, on_progress)
        self._jobs += 1
        is_left = True
        try:
            yield process, job, line
            is_left = False
        finally:
            try:
                if is_left and not process.is_lost:
                    await self._give_up(process, job, line)
            finally:  # also for one who is cancelled once more while he waits
                process.hang_up(job)
                self._jobs -= 1
                self._rest()

    async def _give_up(self, process: CourierProcess, job: int, line: Line) -> None:
        """Have a job end, and wait for that, or the next one might begin beside it."""
        line.on_moved = None
        with contextlib.suppress(CourierLostError, TimeoutError):
            async with asyncio.timeout(_GIVEN_UP_S):
                await process.say(GiveUp(job=job))
                while not isinstance(await line.next_report(), Done | Refused):
                    pass

    async def _running(self, choice: int) -> CourierProcess:
        """Return the process, started if there is none."""
        async with self._starting:
            while True:
                if self._is_closed:
                    raise SystemFault("PowerStream is ending.", hint="Try again after its next start.")
                if self._config is None:
                    raise UserError("There is no cloud store.", hint="Set one up in the settings.")
                if choice != self.choice:
                    raise SystemFault(
                        "Another cloud store was chosen meanwhile.",
                        hint="What is to be done there begins anew.",
                    )
                if self._idle is not None:
                    self._idle.cancel()
                if self._process is not None and not self._process.is_lost:
                    return self._process
                self._dismiss()
                await self._start(
                    Configure(config=self._config, credentials=self._credentials, kbps=self._kbps)
                )
                if self._process is not None:
                    return self._process

    async def _start(self, first: Configure) -> None:
        """Start a process. What is said while that takes its time holds for it too: it may be let go at once."""
        process = CourierProcess(self._command, silence_s=self._silence_s)
        try:
            await process.start(first)
        except BaseException:
            await process.aclose()
            raise
        self._process = process
        if self._is_closed or (first.config, first.credentials) != (self._config, self._credentials):
            self._dismiss()
        elif first.kbps != self._kbps:
            self._aside(process.say(Allow(kbps=self._kbps)))

    def _rest(self) -> None:
        """End the process after a while if nothing comes."""
        if self._jobs == 0 and self._process is not None and not self._is_closed:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._dismiss)

    def _dismiss(self) -> None:
        """Let the process go."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if self._process is not None:
            self._aside(self._process.aclose())
            self._process = None

    def _aside(self, work: Awaitable[None]) -> None:
        """Do something that nobody waits for but the end."""

        async def do() -> None:
            await work

        task = asyncio.get_running_loop().create_task(do(), name="courier-aside")
        self._aside_tasks.add(task)
        task.add_done_callback(self._aside_tasks.discard)


def _is_same_store(one: StoreConfig, other: StoreConfig) -> bool:
    """Whether only what is known of it differs."""
    return replace(one, capabilities=None) == replace(other, capabilities=None)
