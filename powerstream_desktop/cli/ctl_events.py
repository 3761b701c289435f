"""``powerstream ctl events``: what happens, as it happens, for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json
from powerstream_desktop.cli.ctl_service import service

if TYPE_CHECKING:
    from powerstream_desktop.client.event_stream import StreamItem


@click.command("events")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="Only this; may be repeated.")
def events(topics: tuple[str, ...]) -> None:
    """Print one JSON object a line for each event, until Ctrl+C: {"event", "id", "data"}.

    While the service is away, "reconnecting" is printed once, and "connected" when it is back.
    """
    with service() as client:
        stream = client.events(frozenset(topics) or None)
        try:
            for words in _words(stream):
                print_json(words)
        except KeyboardInterrupt:
            return
        finally:
            stream.close()


def _words(stream: Iterable[StreamItem]) -> Iterator[dict[str, Any]]:
    from powerstream_desktop.client.event_stream import Connected, Reconnecting, ServiceEvent

    is_there = True
    for item in stream:
        if isinstance(item, ServiceEvent):
            yield {"event": item.name, "id": item.id, "data": item.data}
        elif isinstance(item, Connected):
            yield {"event": "connected", "id": None, "data": {}}
        elif is_there:
            yield {"event": "reconnecting", "id": None, "data": {}}
        is_there = not isinstance(item, Reconnecting)


COMMANDS: Final[Mapping[str, click.Command]] = {"events": events}
