"""``powerstream ctl profiles``: named choices of endpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_names import complete_endpoint, complete_profile, complete_station
from powerstream_desktop.cli.ctl_printing import print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_chosen, the_one

if TYPE_CHECKING:
    from powerstream_desktop.client.catalogue import Profile

_profile_argument = click.argument("profile", shell_complete=complete_profile)
_endpoints_argument = click.argument("endpoints", nargs=-1, shell_complete=complete_endpoint)


@click.group("profiles")
def profiles() -> None:
    """Named choices of endpoints."""


@profiles.command("list")
@json_option
def list_profiles(as_json: bool) -> None:
    """List profiles by name."""
    with service() as client:
        found = client.profiles.all()
        names = {} if as_json else {each.id: each.name for each in client.endpoints.all()}
    if as_json:
        print_json({"ok": True, "profiles": [each.words for each in found]})
        return
    rows = [
        (each.name, ", ".join(names.get(id_, id_) for id_ in each.endpoint_ids), each.id) for each in found
    ]
    print_table(("profile", "endpoints", "id"), rows, "There are no profiles yet.")


@profiles.command("add")
@click.argument("name")
@_endpoints_argument
@click.option("--station", metavar="NAME", shell_complete=complete_station, help="Whose it is.")
@json_option
def add(name: str, endpoints: tuple[str, ...], station: str | None, as_json: bool) -> None:
    """Add a profile of ENDPOINTS, in this order."""
    with service() as client:
        from powerstream_desktop.client.catalogue import ProfileWish

        chosen = the_chosen("endpoint", endpoints, client.endpoints.all())
        station_id = None if station is None else the_one("station", station, client.stations.all()).id
        wish = ProfileWish(name=name, station_id=station_id, endpoint_ids=tuple(each.id for each in chosen))
        added = client.profiles.add(wish)
    _tell_saved(added, as_json)


@profiles.command("edit")
@_profile_argument
@_endpoints_argument
@click.option("--name", help="Another name.")
@json_option
def edit(profile: str, endpoints: tuple[str, ...], name: str | None, as_json: bool) -> None:
    """Give a profile other ENDPOINTS, if any are named, and another name, if one is given."""
    with service() as client:
        found = the_one("profile", profile, client.profiles.all())
        wish = replace(found.wish, name=name or found.name)
        if endpoints:
            chosen = the_chosen("endpoint", endpoints, client.endpoints.all())
            wish = replace(wish, endpoint_ids=tuple(each.id for each in chosen))
        saved = client.profiles.save(found.id, wish)
    _tell_saved(saved, as_json)


@profiles.command("remove")
@_profile_argument
def remove(profile: str) -> None:
    """Remove a profile; its endpoints stay."""
    with service() as client:
        client.profiles.remove(the_one("profile", profile, client.profiles.all()).id)


def _tell_saved(profile: Profile, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, "profile": profile.words})
    else:
        tell(f"{profile.name} is saved as {profile.id}.")


COMMANDS: Final[Mapping[str, click.Command]] = {"profiles": profiles}
