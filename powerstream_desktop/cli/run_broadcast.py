"""Runs a broadcast in the foreground: shows it, and ends it properly on Ctrl+C."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

from powerstream_desktop.cli.conclusion import EndJudge, conclude
from powerstream_desktop.cli.display_thread import DisplayThread
from powerstream_desktop.cli.displays import chosen_display
from powerstream_desktop.cli.reload import ReadEndpoints, Reload, reloaded_by_signal
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.loop_exceptions import LoopExceptions
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSummary

if TYPE_CHECKING:
    from powerstream_desktop.service.studio.studio_engine import StudioEngine

logger = logging.getLogger(__name__)

TURNS_TOGETHER_S = 0.05
"""So many seconds later what has turned is shown, with whatever else turns meanwhile."""


def run_broadcast(
    plan: BroadcastPlan,
    engine: EngineConfig | None = None,
    *,
    as_json: bool,
    duration_s: float | None,
    read_endpoints: ReadEndpoints | None = None,
    on_end: EndJudge | None = None,
) -> None:
    """Run ``plan`` until it is over, ``duration_s`` of live time have passed, or the user ends it; then exit.

    Args:
        plan: what to broadcast.
        engine: what our engine shows and encodes; ``None`` when an external encoder publishes.
        as_json: print JSON lines instead of the table.
        duration_s: seconds of being live, None for no limit.
        read_endpoints: reads the destinations again when the user asks for it; None if there is nothing to read.
        on_end: prints more about the end and tells whether all was well.

    Raises:
        UserError, SystemFault: it could not begin.
    """
    with DisplayThread(chosen_display(as_json=as_json)) as display:
        summary = asyncio.run(_run(plan, engine, display, duration_s, read_endpoints))
    conclude(summary, as_json=as_json, on_end=on_end)


async def _run(
    plan: BroadcastPlan,
    config: EngineConfig | None,
    display: DisplayThread,
    duration_s: float | None,
    read_endpoints: ReadEndpoints | None,
) -> BroadcastSummary:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(DaemonThreads())
    loop.set_exception_handler(LoopExceptions())
    turned = asyncio.Event()
    async with _engine_for(config, loop.time) as engine:
        broadcast = Broadcast(plan, loop.time, turned.set, engine)
        with _ended_by_signals(broadcast):
            # To the very end: a signal that nobody handles would kill us in the middle of a goodbye or a recording's last part.
            async with _reloading(broadcast, display, read_endpoints):
                return await _to_the_end(broadcast, display, turned, duration_s)


@asynccontextmanager
async def _engine_for(config: EngineConfig | None, clock: Clock) -> AsyncIterator[StudioEngine | None]:
    """Lend an engine for as long as the context lasts, if one is wanted."""
    if config is None:
        yield None
        return
    # A relay for external encoders stays small without it.
    from powerstream_desktop.service.studio.studio_engine import StudioEngine

    engine = StudioEngine(lambda: config, clock)
    try:
        yield engine
    finally:
        await engine.aclose()


async def _to_the_end(
    broadcast: Broadcast, display: DisplayThread, turned: asyncio.Event, duration_s: float | None
) -> BroadcastSummary:
    await broadcast.start()
    showing = asyncio.get_running_loop().create_task(_show(broadcast, display, turned))
    try:
        await broadcast.wait(duration_s)
        _show_now(broadcast, display)
        return await broadcast.stop()
    finally:
        showing.cancel()
        await asyncio.wait({showing})


@asynccontextmanager
async def _reloading(
    broadcast: Broadcast, display: DisplayThread, read_endpoints: ReadEndpoints | None
) -> AsyncIterator[None]:
    """Let the user have the destinations read again for as long as the context lasts."""
    if read_endpoints is None:
        yield
        return
    reload = Reload(broadcast, read_endpoints, display.tell)
    with reloaded_by_signal(reload):
        try:
            yield
        finally:
            await reload.aclose()


async def _show(broadcast: Broadcast, display: DisplayThread, turned: asyncio.Event) -> None:
    """Show the broadcast regularly, and besides whenever a light has turned: what lasts half a second is told as well."""
    while True:
        turned.clear()
        _show_now(broadcast, display)
        with suppress(TimeoutError):
            async with asyncio.timeout(display.every_s):
                await turned.wait()
                await asyncio.sleep(TURNS_TOGETHER_S)


def _show_now(broadcast: Broadcast, display: DisplayThread) -> None:
    """Have the broadcast shown as it is now. Never fails: the show must go on."""
    try:
        display.show(broadcast.snapshot())
    except Exception:
        logger.exception("The broadcast cannot be looked at")


@contextmanager
def _ended_by_signals(broadcast: Broadcast) -> Iterator[None]:
    """Let Ctrl+C and a polite kill end the broadcast properly; a second Ctrl+C changes nothing, ending takes seconds."""
    loop = asyncio.get_running_loop()
    previous = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            previous[number] = signal.signal(
                number, lambda *_: loop.call_soon_threadsafe(broadcast.request_stop)
            )
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
