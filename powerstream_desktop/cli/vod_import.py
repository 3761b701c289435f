"""``powerstream vod import``: films that were made elsewhere come into the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from powerstream_desktop.cli.ctl_names import complete_station
from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_one
from powerstream_desktop.cli.ending import EXIT_FAILED, say
from powerstream_desktop.common.errors import PowerStreamError, UserError

if TYPE_CHECKING:
    from powerstream_desktop.client.client import Client
    from powerstream_desktop.client.event_stream import StreamItem


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@click.option(
    "--station", metavar="NAME", shell_complete=complete_station, help="The station they belong to."
)
@json_option
@click.pass_context
def import_films(ctx: click.Context, paths: tuple[Path, ...], station: str | None, as_json: bool) -> None:
    """Take films that were made elsewhere into the library: each FILE, and all films in each FOLDER.

    They stay where they lie; only those in a folder for temporary files are copied to the recordings.
    """
    whole = [str(path.absolute()) for path in paths]
    with service() as client:
        station_id = None if station is None else the_one("station", station, client.stations.all()).id
        ended = _followed(client, whole, station_id)
    if as_json:
        print_json(
            {"ok": not ended["refused"], **{name: ended[name] for name in ("total", "taken", "refused")}}
        )
    else:
        for each in ended["refused"]:
            say(str(each["message"]))
        tell(f"{ended['taken']} of {ended['total']} taken into the library.")
    if not ended["total"]:
        raise UserError("There are no films in these folders.", hint="Name a file, or another folder.")
    if ended["refused"]:
        ctx.exit(EXIT_FAILED)


def _followed(client: Client, paths: Sequence[str], station_id: str | None) -> dict[str, Any]:
    """Have films taken in, and return the last that is told of it; who listens first misses nothing."""
    from powerstream_desktop.client.event_stream import Connected

    stream = client.events(frozenset({"library"}))
    items = iter(stream)
    try:
        for item in items:
            if isinstance(item, Connected):
                begun = client.library.import_files(paths, station_id=station_id)
                return _end_of(items, begun.import_id)
    finally:
        stream.close()
    raise _gone()


def _end_of(items: Iterator[StreamItem], import_id: str) -> dict[str, Any]:
    from powerstream_desktop.client.event_stream import Connected, ServiceEvent

    for item in items:
        if isinstance(item, Connected):
            break  # another service, or one that may have told the end meanwhile
        told = item.data if isinstance(item, ServiceEvent) else {}
        if told.get("importId") == import_id and told["state"] == "done":
            return dict(told)
    raise _gone()


def _gone() -> PowerStreamError:
    from powerstream_desktop.client.errors import ServiceGoneError

    return ServiceGoneError(
        "PowerStream's service was started anew during the import.",
        hint="Import the same again: what is in the library already is not taken twice.",
        has_changed=True,
    )


COMMANDS: Final[Mapping[str, click.Command]] = {"import": import_films}
