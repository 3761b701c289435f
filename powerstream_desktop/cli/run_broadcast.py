"""Runs a broadcast in the foreground: shows it, ends it properly on Ctrl+C, sums it up."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import click

from powerstream_desktop.cli.display_thread import DisplayThread
from powerstream_desktop.cli.displays import chosen_display
from powerstream_desktop.cli.reload import ReadEndpoints, Reload, reloaded_by_signal
from powerstream_desktop.cli.status_json import summary_object
from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.loop_exceptions import LoopExceptions
from powerstream_desktop.common.text import duration_text, size_text
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.broadcast import Broadcast, BroadcastPlan, BroadcastSummary

logger = logging.getLogger(__name__)


def run_broadcast(
    plan: BroadcastPlan,
    *,
    as_json: bool,
    duration_s: float | None,
    read_endpoints: ReadEndpoints | None = None,
    on_end: Callable[[BroadcastSummary], bool] | None = None,
) -> None:
    """Run ``plan`` until it is over, ``duration_s`` of live time have passed, or the user ends it; then exit.

    Args:
        plan: what to broadcast.
        as_json: print JSON lines instead of the table.
        duration_s: seconds of being live, None for no limit.
        read_endpoints: reads the destinations again when the user asks for it; None if there is nothing to read.
        on_end: prints more about the end and tells whether all was well.
    """
    with DisplayThread(chosen_display(as_json=as_json)) as display:
        summary = asyncio.run(_run(plan, display, duration_s, read_endpoints))
    ok = went_well(summary)
    if as_json:
        ok = ok and (on_end is None or on_end(summary))
        click.echo(json.dumps(summary_object(summary, ok=ok)))
    elif summary.failure is not None and not _anything_came(summary):
        ok = False  # it never began: the sentence on stderr says all there is to say
    else:
        _print_summary(summary)
        ok = (on_end is None or on_end(summary)) and ok
    if summary.failure is not None:
        raise summary.failure
    sys.exit(0 if ok else 1)


def went_well(summary: BroadcastSummary) -> bool:
    """Tell whether everything that was asked for happened: every destination got the stream, every recording is whole."""
    destinations_ok = not summary.cut_off and all(
        each.connects > 0 or each.state is DestinationState.STOPPED for each in summary.relay.destinations
    )
    recordings_ok = all(result.cause is None for result in summary.recordings)
    return recordings_ok and (destinations_ok or not _anything_came(summary)) and summary.failure is None


def _anything_came(summary: BroadcastSummary) -> bool:
    return any(rendition.frames_received for rendition in summary.relay.renditions.values())


async def _run(
    plan: BroadcastPlan,
    display: DisplayThread,
    duration_s: float | None,
    read_endpoints: ReadEndpoints | None,
) -> BroadcastSummary:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(DaemonThreads())
    loop.set_exception_handler(LoopExceptions())
    broadcast = Broadcast(plan, loop.time)
    with _ended_by_signals(broadcast):
        # To the very end: a signal that nobody handles would kill us in the middle of a goodbye or a recording's last part.
        async with _reloading(broadcast, display, read_endpoints):
            return await _to_the_end(broadcast, display, duration_s)


async def _to_the_end(
    broadcast: Broadcast, display: DisplayThread, duration_s: float | None
) -> BroadcastSummary:
    await broadcast.start()
    showing = asyncio.get_running_loop().create_task(_show(broadcast, display))
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
    reload = Reload(broadcast.relay, read_endpoints, display.tell)
    with reloaded_by_signal(reload):
        try:
            yield
        finally:
            await reload.aclose()


async def _show(broadcast: Broadcast, display: DisplayThread) -> None:
    while True:
        _show_now(broadcast, display)
        await asyncio.sleep(display.every_s)


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


def _print_summary(summary: BroadcastSummary) -> None:
    click.echo(f"Broadcast ended after {duration_text(summary.duration_s)}.")
    for destination in summary.relay.destinations:
        mark = "●" if destination.connects else "✖"
        dropped = f", {destination.frames_dropped} dropped" if destination.frames_dropped else ""
        again = f", {destination.connects} connections" if destination.connects > 1 else ""
        cause = f" - {destination.cause.sentence}" if destination.cause is not None else ""
        click.echo(
            f"  {mark} {destination.name}: {destination.frames_sent} frames,"
            f" {size_text(destination.bytes_sent)}{dropped}{again}{cause}"
        )
    for result in summary.recordings:
        for part in result.parts:
            click.echo(
                f"  Recorded {part.path} ({duration_text(part.duration_s)}, {size_text(part.size_bytes)})"
            )
        if result.cause is not None:
            unfinished = f" It is in {result.path}." if result.path is not None and not result.parts else ""
            click.echo(f"  ✖ Recording: {result.cause.title} {result.cause.hint}{unfinished}")
