"""``powerstream ctl stations``: what can be on air."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_names import complete_station
from powerstream_desktop.cli.ctl_printing import print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_one

if TYPE_CHECKING:
    from powerstream_desktop.client.catalogue import Station

_station_argument = click.argument("station", shell_complete=complete_station)
_slug_option = click.option("--slug", help="What it is called in addresses.")


@click.group("stations")
def stations() -> None:
    """What can be on air."""


@stations.command("list")
@json_option
def list_stations(as_json: bool) -> None:
    """List stations, the oldest first."""
    with service() as client:
        found = client.stations.all()
    if as_json:
        print_json({"ok": True, "stations": [each.words for each in found]})
        return
    rows = [(each.name, each.slug, each.id) for each in found]
    print_table(("station", "slug", "id"), rows, "There are no stations yet.")


@stations.command("add")
@click.argument("name")
@_slug_option
@click.option("--description", default="", help="What it is about.")
@json_option
def add(name: str, slug: str | None, description: str, as_json: bool) -> None:
    """Add a station."""
    with service() as client:
        from powerstream_desktop.client.catalogue import StationWish

        added = client.stations.add(StationWish(name=name, slug=slug, description=description))
    _tell_saved(added, as_json)


@stations.command("edit")
@_station_argument
@click.option("--name", help="Another name; the slug stays.")
@_slug_option
@click.option("--description", help="What it is about.")
@json_option
def edit(station: str, name: str | None, slug: str | None, description: str | None, as_json: bool) -> None:
    """Change what is said, and leave the rest."""
    with service() as client:
        found = the_one("station", station, client.stations.all())
        wish = replace(
            found.wish,
            name=name or found.name,
            slug=slug or found.slug,
            description=found.description if description is None else description,
        )
        saved = client.stations.save(found.id, wish)
    _tell_saved(saved, as_json)


@stations.command("remove")
@_station_argument
@click.confirmation_option(prompt="Its endpoints, their keys and its profiles go with it. Remove it?")
def remove(station: str) -> None:
    """Remove a station with its endpoints, their keys and its profiles; broadcasts and replays stay."""
    with service() as client:
        client.stations.remove(the_one("station", station, client.stations.all()).id)


def _tell_saved(station: Station, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, "station": station.words})
    else:
        tell(f"{station.name} is saved as {station.id}, in addresses {station.slug}.")


COMMANDS: Final[Mapping[str, click.Command]] = {"stations": stations}
