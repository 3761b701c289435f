"""The end of a broadcast: its summary, and the exit code of the command that ran it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import NoReturn, TypeAlias

import click

from powerstream_desktop.cli.ending import EXIT_FAILED, say
from powerstream_desktop.cli.status_json import summary_object
from powerstream_desktop.common.text import duration_text, size_text
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.broadcast.snapshot import BroadcastSummary

EndJudge: TypeAlias = Callable[[BroadcastSummary], bool]
"""Prints more about an end, and tells whether all was well."""


def conclude(summary: BroadcastSummary, *, as_json: bool, on_end: EndJudge | None = None) -> NoReturn:
    """Sum a broadcast up and exit.

    Args:
        summary: what became of it.
        as_json: print a JSON line instead of the text.
        on_end: has a say as well.

    Raises:
        UserError, SystemFault: it never began; the sentence says all there is to say. One that failed on the way is said here.
    """
    ok = went_well(summary)
    if as_json:
        ok = ok and (on_end is None or on_end(summary))
        click.echo(json.dumps(summary_object(summary, ok=ok)))
    if summary.failure is not None and not _anything_came(summary):
        raise summary.failure
    if not as_json:
        _print_summary(summary)
        ok = (on_end is None or on_end(summary)) and ok
    if summary.failure is not None:
        say(str(summary.failure))
    sys.exit(0 if ok else EXIT_FAILED)


def went_well(summary: BroadcastSummary) -> bool:
    """Tell whether everything that was asked for happened: every destination got the stream, every recording is whole."""
    destinations_ok = not summary.cut_off and all(
        each.connects > 0 or each.state is DestinationState.STOPPED for each in summary.relay.destinations
    )
    recordings_ok = all(result.cause is None for result in summary.recordings)
    return recordings_ok and (destinations_ok or not _anything_came(summary)) and summary.failure is None


def _anything_came(summary: BroadcastSummary) -> bool:
    return any(rendition.frames_received for rendition in summary.relay.renditions.values())


def _print_summary(summary: BroadcastSummary) -> None:
    if not _anything_came(summary):
        click.echo("No encoder came, so nothing was sent.")
        return
    click.echo(f"Broadcast ended after {duration_text(summary.duration_s)}.")
    for destination in summary.relay.destinations:
        mark = "●" if destination.connects and destination.name not in summary.cut_off else "✖"
        dropped = f", {destination.frames_dropped} dropped" if destination.frames_dropped else ""
        again = f", {destination.connects} connections" if destination.connects > 1 else ""
        cause = f" - {destination.cause.sentence}" if destination.cause is not None else ""
        click.echo(
            f"  {mark} {destination.name}: {destination.frames_sent} frames,"
            f" {size_text(destination.bytes_sent)}{dropped}{again}{cause}"
        )
    for result in summary.recordings:
        for part in result.parts:
            done = "Recorded" if part.is_finished else "Not finished, but plays:"
            click.echo(
                f"  {done} {part.path} ({duration_text(part.duration_s)}, {size_text(part.size_bytes)})"
            )
        if result.cause is not None:
            click.echo(f"  ✖ Recording: {result.cause.title} {result.cause.hint}")
