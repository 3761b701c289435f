"""The one engine process that there is at a time: started when somebody needs it, replaced, and ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import Fault, PowerStreamError, SystemFault, UserError
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import Failed
from powerstream_desktop.engine.life_cycle import EngineSnapshot, EngineState
from powerstream_desktop.service.studio.engine_process import EngineProcess

SETTLE_S: Final = 15.0
"""For an engine to be able to take commands: a start takes one or two seconds, and one more if the first attempt dies."""
TRY_ANEW_S: Final = 10.0
"""After so long what an engine could not do may be possible: one that was given up is tried again for who asks then."""


class EngineSupply:
    """Owner: the studio's engine, on its loop.

    Args:
        make_config: says what an engine is asked for that is started now.
        make_process: makes a process, not started, that does what a configuration says and publishes there.
        on_ended: called when a process was ended, after its last report.
        clock: the loop's time.
    """

    def __init__(
        self,
        make_config: Callable[[], EngineConfig],
        make_process: Callable[[EngineConfig, PublishTarget | None], EngineProcess],
        on_ended: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._make_config = make_config
        self._make_process = make_process
        self._on_ended = on_ended
        self._clock = clock
        self._current: EngineProcess | None = None
        self._newest: EngineProcess | None = None  # the current one, or the one before it
        self._asked_for: EngineConfig | None = None  # of the newest
        self._at_rest = EngineSnapshot(
            state=EngineState.STOPPED, since_s=clock(), starts=0, failure=None, retry_at_s=None
        )
        self._lock = asyncio.Lock()  # held while a process is started or ended
        self._turns: set[asyncio.Future[None]] = set()
        self._is_closed = False

    @property
    def current(self) -> EngineProcess | None:
        """The process that is lent; ``None`` while there is none and while one is being ended."""
        return self._current

    @property
    def snapshot(self) -> EngineSnapshot:
        """How the newest process stands."""
        return self._newest.snapshot if self._newest is not None else self._at_rest

    async def settled(self) -> EngineProcess:
        """Return the process once it takes commands; it is started if need be.

        Raises:
            UserError: it was given up; says why.
            SystemFault: likewise, or it does not come up in time.
        """
        until_s = self._clock() + SETTLE_S
        if self._may_be_tried_anew():
            await self.end_unless(self._was_tried_anew)
        while True:
            process = self._current or await self._running()
            snapshot = process.snapshot
            if snapshot.state is EngineState.RUNNING:
                return process
            if is_given_up(snapshot) and snapshot.failure is not None:
                raise reason_of(snapshot.failure)
            left_s = until_s - self._clock()
            if left_s <= 0:
                hint = snapshot.failure.title if snapshot.failure is not None else "Try again in a moment."
                raise SystemFault("The engine does not come up.", hint=hint)
            await self._turn(left_s)

    async def for_air(self, target: PublishTarget) -> EngineProcess | None:
        """Return the process that can be told to publish; ``None`` if one was started that will do so by itself.

        One that failed is replaced, for it would wait for its turn, up to half a minute; one with other settings than are
        wanted now, too.
        """
        async with self._lock:
            config = self._make_config()
            if self._current is not None and (
                config != self._asked_for or self._current.snapshot.state is EngineState.FAILED
            ):
                await self._end()
            if self._current is not None:
                return self._current
            await self._start(config, target)
            return None

    async def end_unless(self, is_needed: Callable[[], Awaitable[bool]]) -> None:
        """End the process properly and wait for that, unless it turns out to be needed when its turn has come."""
        async with self._lock:
            if self._current is not None and not await is_needed():
                await self._end()

    async def aclose(self) -> None:
        """End the process properly and wait; none is started any more. Harmless when repeated."""
        self._is_closed = True
        async with self._lock:
            await self._end()

    def turned(self) -> None:
        """The process has said something, or is gone: who waits for it looks again."""
        for turn in self._turns:
            if not turn.done():
                turn.set_result(None)

    async def _running(self) -> EngineProcess:
        """Return the process, started now if there is none."""
        async with self._lock:
            if self._current is None:
                return await self._start(self._make_config(), None)
            return self._current

    async def _was_tried_anew(self) -> bool:
        return not self._may_be_tried_anew()

    def _may_be_tried_anew(self) -> bool:
        """Tell whether there is a process that was given up, but long ago, or with settings that are others now."""
        if self._current is None or not is_given_up(self._current.snapshot):
            return False
        given_up_s = self._current.snapshot.since_s
        return self._clock() - given_up_s >= TRY_ANEW_S or self._make_config() != self._asked_for

    async def _start(self, config: EngineConfig, publish: PublishTarget | None) -> EngineProcess:
        if self._is_closed:
            raise SystemFault("The engine is not started any more.", hint="PowerStream is ending.")
        process = self._make_process(config, publish)
        self._current = self._newest = process
        self._asked_for = config
        await process.start()
        return process

    async def _end(self) -> None:
        process, self._current = self._current, None
        if process is not None:
            await process.aclose()
            self._on_ended()
            self.turned()

    async def _turn(self, patience_s: float) -> None:
        """Wait until the process has said something, or is gone."""
        turn = asyncio.get_running_loop().create_future()
        self._turns.add(turn)
        try:
            await asyncio.wait({turn}, timeout=patience_s)
        finally:
            self._turns.discard(turn)


def is_given_up(snapshot: EngineSnapshot) -> bool:
    """Tell whether an engine failed for good: the same wish would fail the same way."""
    return snapshot.state is EngineState.FAILED and snapshot.retry_at_s is None


def reason_of(failure: Failed) -> PowerStreamError:
    """Return what an engine failed of, as whoever asked for it is told."""
    kind = UserError if failure.fault is Fault.USER else SystemFault
    return kind(failure.title, hint=failure.hint)
