"""How a running broadcast is shown: a live table on a terminal, lines in a pipe or a log, JSON for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

import click

from powerstream_desktop.cli.findings_json import notice_object
from powerstream_desktop.cli.lights import light_of
from powerstream_desktop.cli.status_json import status_object
from powerstream_desktop.common.text import duration_text, printable_text
from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState

JSON_EVERY_S = 1.0
TABLE_EVERY_S = 0.25

_UNTOUCHED = (DestinationState.OFF, None)
_SHAPES = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.NOTE: "●"}


class Display(Protocol):
    """Shows a running broadcast. Used by one thread, which may block as long as the terminal does."""

    every_s: float

    def opened(self) -> AbstractContextManager[None]:
        """Own the terminal for as long as the context lasts."""

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Show the broadcast as it is now.

        Raises:
            OSError: nobody reads any more.
        """

    def tell(self, notice: Finding) -> None:
        """Tell once what has just happened.

        Raises:
            OSError: nobody reads any more.
        """


def chosen_display(*, as_json: bool) -> Display:
    """Return the display that fits what stdout is."""
    if as_json:
        return JsonDisplay()
    return TableDisplay() if sys.stdout.isatty() else PlainDisplay()


class JsonDisplay:
    """One JSON object a second on stdout, and one whenever a light has turned."""

    every_s = JSON_EVERY_S

    def opened(self) -> AbstractContextManager[None]:
        """Nothing is owned."""
        return nullcontext()

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Print one line."""
        click.echo(json.dumps(status_object(snapshot)))

    def tell(self, notice: Finding) -> None:
        """Print a line of its own."""
        click.echo(json.dumps(notice_object(notice)))


class PlainDisplay:
    """A line for each change of a light and for each trouble: for logs and pipes."""

    every_s = TABLE_EVERY_S

    def __init__(self) -> None:
        self._lights: dict[str, tuple[DestinationState, Cause | None]] = {}
        self._notices: Mapping[str, None] = {}

    def opened(self) -> AbstractContextManager[None]:
        """Nothing is owned."""
        return nullcontext()

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Print what has changed since the last call."""
        time = duration_text(snapshot.elapsed_s)
        for destination in snapshot.relay.destinations:
            now = (destination.state, destination.cause)
            if self._lights.get(destination.name, _UNTOUCHED) == now or _stops_with_the_rest(
                destination, snapshot
            ):
                continue
            self._lights[destination.name] = now
            light = light_of(destination)
            why = f": {destination.cause.sentence} {destination.cause.remedy}" if destination.cause else ""
            click.echo(f"{time}  {light.shape} {destination.name} {light.word}{why}")
        notices = dict.fromkeys(_notices(snapshot))
        for notice in notices:
            if notice not in self._notices:
                click.echo(f"{time}  {notice}")
        self._notices = notices

    def tell(self, notice: Finding) -> None:
        """Print a line."""
        click.echo(_notice_line(notice))


class TableDisplay:
    """The live table on a terminal."""

    every_s = TABLE_EVERY_S

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        # What the log has to say goes above the table, unless stderr leads elsewhere.
        self._live = Live(
            console=Console(), auto_refresh=False, transient=True, redirect_stderr=sys.stderr.isatty()
        )

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Own the lower part of the terminal."""
        with self._live:
            yield

    def show(self, snapshot: BroadcastSnapshot) -> None:
        """Draw the table anew."""
        from powerstream_desktop.cli.status_table import status_table

        self._live.update(status_table(snapshot), refresh=True)

    def tell(self, notice: Finding) -> None:
        """Print a line above the table."""
        self._live.console.print(_notice_line(notice), markup=False, highlight=False)


def _notice_line(notice: Finding) -> str:
    text = f"{notice.sentence} {notice.remedy}".rstrip()
    return f"{_SHAPES[notice.severity]} {printable_text(text)}"


def _stops_with_the_rest(destination: DestinationSnapshot, snapshot: BroadcastSnapshot) -> bool:
    """Tell whether a destination is off because the broadcast ends: that is no news, and whether we see it is chance."""
    return snapshot.state is BroadcastState.ENDING and destination.state is DestinationState.STOPPED


def _notices(snapshot: BroadcastSnapshot) -> Iterator[str]:
    """Yield what a person has to know besides the lights."""
    if snapshot.state is BroadcastState.STARTING and snapshot.engine is None:
        yield f"◐ waiting for an encoder: publish to {snapshot.ingest_url}"
        if snapshot.last_end:
            yield f"▲ {snapshot.last_end}"
    if snapshot.state is BroadcastState.BRIDGING:
        yield "▲ bridging: the encoder is gone; platforms are kept"
    if snapshot.recording is not None and (cause := snapshot.recording.cause) is not None:
        yield f"✖ NOT RECORDING: {cause.title} {cause.hint}"
    engine = snapshot.engine
    if engine is not None and engine.failure is not None and engine.is_coming_back:
        yield f"◐ engine: {engine.failure.title} It is being started again."
    for trouble in snapshot.engine_troubles:
        yield f"▲ engine: {trouble}"
