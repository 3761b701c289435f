"""Runs a broadcast in the foreground: shows it, ends it properly on Ctrl+C, sums it up."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import click

from powerstream_desktop.cli.lights import light_of
from powerstream_desktop.cli.status_json import status_object, summary_object
from powerstream_desktop.common.text import duration_text, size_text
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.destination_states import DestinationState
from powerstream_desktop.service.broadcast import (
    Broadcast,
    BroadcastPlan,
    BroadcastSnapshot,
    BroadcastSummary,
)

logger = logging.getLogger(__name__)

JSON_EVERY_S = 1.0
TABLE_EVERY_S = 0.25


_UNTOUCHED = (DestinationState.OFF, None)


class Display(Protocol):
    """Shows a running broadcast."""

    every_s: float

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Show the broadcast as it is now."""


class JsonDisplay:
    """One JSON object a second on stdout."""

    every_s = JSON_EVERY_S

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Print one line."""
        click.echo(json.dumps(status_object(snapshot), ensure_ascii=False))


class PlainDisplay:
    """A line for each change of a light: for logs and pipes."""

    every_s = TABLE_EVERY_S

    def __init__(self) -> None:
        self._seen: dict[str, tuple[DestinationState, Cause | None]] = {}

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Print what has changed since the last call."""
        for destination in snapshot.relay.destinations:
            now = (destination.state, destination.cause)
            if self._seen.get(destination.name, _UNTOUCHED) == now:
                continue
            self._seen[destination.name] = now
            light = light_of(destination)
            why = f": {destination.cause.sentence} {destination.cause.remedy}" if destination.cause else ""
            click.echo(
                f"{duration_text(snapshot.elapsed_s)}  {light.shape} {destination.name} {light.word}{why}"
            )


class TableDisplay:
    """The live table on a terminal. Use as a context."""

    every_s = TABLE_EVERY_S

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._live = Live(console=Console(), auto_refresh=False, transient=True)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Own the lower part of the terminal until the context ends."""
        with self._live:
            yield

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Draw the table anew."""
        from powerstream_desktop.cli.status_table import status_table

        self._live.update(status_table(snapshot), refresh=True)


def run_broadcast(
    plan: BroadcastPlan,
    *,
    as_json: bool,
    duration_s: float | None,
    on_end: Callable[[BroadcastSummary], bool] | None = None,
) -> None:
    """Run ``plan`` until it is over, ``duration_s`` of live time have passed, or the user ends it; then exit.

    Args:
        plan: what to broadcast.
        as_json: print JSON lines instead of the table.
        duration_s: seconds of being live, None for no limit.
        on_end: prints more about the end and tells whether all was well.
    """
    if as_json:
        summary = asyncio.run(_run(plan, JsonDisplay(), duration_s))
    elif sys.stdout.isatty():
        table = TableDisplay()
        with table.shown():
            summary = asyncio.run(_run(plan, table, duration_s))
    else:
        summary = asyncio.run(_run(plan, PlainDisplay(), duration_s))
    ok = went_well(summary)
    if as_json:
        ok = ok and (on_end is None or on_end(summary))
        click.echo(json.dumps(summary_object(summary, ok=ok), ensure_ascii=False))
    elif summary.failure is not None and not summary.relay.ingest.frames_received:
        ok = False  # it never began: the sentence on stderr says all there is to say
    else:
        _print_summary(summary)
        ok = (on_end is None or on_end(summary)) and ok
    if summary.failure is not None:
        raise summary.failure
    sys.exit(0 if ok else 1)


def went_well(summary: BroadcastSummary) -> bool:
    """Tell whether everything that was asked for happened: every destination got the stream, every recording is whole."""
    published = summary.relay.ingest.frames_received > 0
    destinations_ok = all(destination.connects > 0 for destination in summary.relay.destinations)
    recordings_ok = all(result.cause is None for result in summary.recordings)
    return recordings_ok and (destinations_ok or not published) and summary.failure is None


async def _run(plan: BroadcastPlan, display: Display, duration_s: float | None) -> BroadcastSummary:
    loop = asyncio.get_running_loop()
    broadcast = Broadcast(plan, loop.time)
    with _ended_by_signals(broadcast):
        await broadcast.start()
        showing = loop.create_task(_show(broadcast, display))
        try:
            await broadcast.wait(duration_s)
            _is_shown(broadcast, display)
            return await broadcast.stop()
        finally:
            showing.cancel()
            await asyncio.wait({showing})


async def _show(broadcast: Broadcast, display: Display) -> None:
    while True:
        if not _is_shown(broadcast, display):
            return
        await asyncio.sleep(display.every_s)


def _is_shown(broadcast: Broadcast, display: Display) -> bool:
    """Show the broadcast as it is now; False when that is no use any more. Never fails: the show must go on."""
    try:
        display.show(broadcast.snapshot())
    except OSError as error:
        logger.info("Nobody reads our output any more: %s", error)
        return False
    except Exception:
        logger.exception("The broadcast cannot be shown")
        return False
    return True


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
            click.echo(f"  ✖ Recording: {result.cause.title} {result.cause.hint}")
