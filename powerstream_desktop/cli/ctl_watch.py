"""Goes on telling what is on air: a table that is drawn anew on a terminal, or lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from powerstream_desktop.cli.ctl_printing import PIPE_COLUMNS, print_json
from powerstream_desktop.cli.ctl_service import service
from powerstream_desktop.cli.ctl_status_table import status_parts
from powerstream_desktop.client.errors import BadAnswerError
from powerstream_desktop.client.event_stream import Connected, EventStream, Reconnecting, ServiceEvent
from powerstream_desktop.client.live import RTMPStatus
from powerstream_desktop.client.reading import read_answer

if TYPE_CHECKING:
    from rich.console import RenderableType

_TOPIC = "destinations"


def watch_status(as_json: bool) -> None:
    """Tell until Ctrl+C, over restarts of the service."""
    with service() as client:
        events = client.events(frozenset({_TOPIC}))
        try:
            if as_json:
                _print_lines(events)
            else:
                _draw(events)
        except KeyboardInterrupt:
            return
        finally:
            events.close()


def _print_lines(events: EventStream) -> None:
    for item in events:
        if isinstance(item, ServiceEvent):
            print_json(item.data)
        elif isinstance(item, Reconnecting):
            gone: dict[str, Any] = {"ok": True, "isRunning": False, "sessions": [], "totalActive": 0}
            print_json(gone)


def _draw(events: EventStream) -> None:
    in_a_pipe = not sys.stdout.isatty()
    console = Console(width=PIPE_COLUMNS if in_a_pipe else None, highlight=False, markup=False)
    if in_a_pipe:
        for drawing in _drawings(events):
            console.print(drawing)
        return
    with Live(console=console, auto_refresh=False) as live:
        for drawing in _drawings(events):
            live.update(drawing, refresh=True)


def _drawings(events: EventStream) -> Iterator[RenderableType]:
    for item in events:
        if isinstance(item, Reconnecting):
            yield Text("◐ PowerStream's service is gone; waiting for it.", style="yellow")
        elif not isinstance(item, Connected):
            try:
                yield Group(*status_parts(read_answer(RTMPStatus, item.data, item.name)))
            except BadAnswerError as error:
                yield Text(f"▲ {error.title}", style="yellow")
