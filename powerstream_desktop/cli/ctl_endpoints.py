"""``powerstream ctl endpoints``: where a broadcast may go. A key is typed unseen or read from a file, never given as an argument."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from powerstream_desktop.cli.ctl_key import ask_key, read_key
from powerstream_desktop.cli.ctl_names import complete_endpoint, complete_platform, complete_station
from powerstream_desktop.cli.ctl_printing import print_json, print_rich, print_table, tell, yes_or_no
from powerstream_desktop.cli.ctl_service import json_option, service, the_one
from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

if TYPE_CHECKING:
    from powerstream_desktop.client.client import Client
    from powerstream_desktop.client.endpoints import Endpoint, EndpointWish

_RENDITIONS: Final = click.Choice(["landscape", "portrait"])
_BACKUPS: Final = click.Choice(["off", "warm", "hot"])

_endpoint_argument = click.argument("endpoint", shell_complete=complete_endpoint)


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what can be said of an endpoint, when it is added and when it is changed."""
    for option in reversed(
        (
            click.option("--server", "server_url", metavar="URL", help="rtmp://host/app or rtmps://…"),
            click.option("--backup-server", "backup_server_url", metavar="URL", help="The second server."),
            click.option("--backup", "backup_use", type=_BACKUPS, help="How the second server is used."),
            click.option("--key-file", metavar="FILE", help="Holds the stream key; - for stdin."),
            click.option("--station", metavar="NAME", shell_complete=complete_station, help="Whose it is."),
            click.option("--priority", type=click.IntRange(-100, 100), help="Who keeps the picture longest."),
            click.option("--rendition", type=_RENDITIONS, help="Which picture it gets."),
        )
    ):
        function = option(function)
    return function


@click.group("endpoints")
def endpoints() -> None:
    """Where a broadcast may go."""


@endpoints.command("list")
@click.option("--station", metavar="NAME", shell_complete=complete_station, help="Only what it uses.")
@json_option
def list_endpoints(station: str | None, as_json: bool) -> None:
    """List endpoints, the highest priority first."""
    with service() as client:
        found = client.endpoints.all(_station_id(client, station))
    if as_json:
        print_json({"ok": True, "endpoints": [each.words for each in found]})
        return
    headings = ("endpoint", "platform", "active", "key", "last", "id")
    rows = [
        (each.name, each.platform, yes_or_no(each.is_active), each.stream_key, each.last_status, each.id)
        for each in found
    ]
    print_table(headings, rows, "There are no endpoints yet; add one with endpoints add.")


@endpoints.command("add")
@click.argument("name")
@click.option(
    "--platform", default="custom", show_default=True, shell_complete=complete_platform, help="Its id."
)
@_options
@json_option
def add(name: str, platform: str, key_file: str | None, as_json: bool, **said: Any) -> None:
    """Add an endpoint. Its key is asked for at a terminal, or read from --key-file."""
    key = read_key(key_file) if key_file is not None else ask_key(name)
    with service() as client:
        from powerstream_desktop.client.endpoints import EndpointWish

        wish = EndpointWish(name=name, platform=platform, stream_key=key)
        added = client.endpoints.add(_said(client, wish, said))
    _tell_saved(added, as_json)


@endpoints.command("edit")
@_endpoint_argument
@click.option("--name", help="Another name.")
@click.option("--platform", shell_complete=complete_platform, help="Another platform.")
@_options
@click.option("--ask-key", is_flag=True, help="Ask for another key at the terminal.")
@click.option("--no-key", is_flag=True, help="Forget the key.")
@json_option
def edit(
    endpoint: str,
    name: str | None,
    platform: str | None,
    key_file: str | None,
    ask_key: bool,
    no_key: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Change what is said, and leave the rest. A broadcast that runs notices at once."""
    key = _new_key(endpoint, key_file, is_asked=ask_key, is_forgotten=no_key)
    with service() as client:
        found = the_one("endpoint", endpoint, client.endpoints.all())
        wish = replace(
            found.wish,
            name=name or found.name,
            platform=platform or found.platform,
            stream_key=key,
            key_saved_on=found.wish.key_saved_on if key is None else None,
        )
        saved = client.endpoints.save(found.id, _said(client, wish, said))
    _tell_saved(saved, as_json)


@endpoints.command("remove")
@_endpoint_argument
def remove(endpoint: str) -> None:
    """Remove an endpoint, also from profiles and from a broadcast that runs; its key is forgotten."""
    with service() as client:
        client.endpoints.remove(the_one("endpoint", endpoint, client.endpoints.all()).id)


@endpoints.command("enable")
@_endpoint_argument
def enable(endpoint: str) -> None:
    """Make an endpoint part of a broadcast unless others are chosen."""
    _set_active(endpoint, is_active=True)


@endpoints.command("disable")
@_endpoint_argument
def disable(endpoint: str) -> None:
    """Leave an endpoint out unless it is chosen."""
    _set_active(endpoint, is_active=False)


@endpoints.command("status")
@_endpoint_argument
@json_option
def status(endpoint: str, as_json: bool) -> None:
    """Tell how an endpoint stands now."""
    with service() as client:
        found = the_one("endpoint", endpoint, client.endpoints.all())
        now = client.endpoints.status(found.id)
    if as_json:
        print_json(now.words)
        return
    from powerstream_desktop.cli.lights import light_of_word

    light = light_of_word(now.status)
    tell(f"{light.shape} {found.name}: {light.word}")
    if now.cause is not None:
        tell(f"  ↳ {now.cause.message} {now.cause.hint}")


@endpoints.command("check")
@_endpoint_argument
@json_option
def check(endpoint: str, as_json: bool) -> None:
    """Look at one endpoint before going live; publishes nothing. The exit code is 0 only if it can work."""
    with service() as client:
        report = client.endpoints.check(the_one("endpoint", endpoint, client.endpoints.all()).id)
    if as_json:
        print_json({"ok": True, "report": report.words})
    else:
        from powerstream_desktop.cli.ctl_findings import report_lines

        print_rich(*report_lines(report))
    sys.exit(0 if report.is_ready else EXIT_FAILED)


def _set_active(endpoint: str, *, is_active: bool) -> None:
    with service() as client:
        found = the_one("endpoint", endpoint, client.endpoints.all())
        client.endpoints.save(found.id, replace(found.wish, is_active=is_active))


def _said(client: Client, wish: EndpointWish, said: Mapping[str, Any]) -> EndpointWish:
    """Return a wish with what was said of it; what was not stays."""
    fields = {name: value for name, value in said.items() if value is not None and name != "station"}
    if said["station"] is not None:
        fields["station_id"] = _station_id(client, said["station"])
    return replace(wish, **fields)


def _station_id(client: Client, station: str | None) -> str | None:
    return None if station is None else the_one("station", station, client.stations.all()).id


def _new_key(name: str, key_file: str | None, *, is_asked: bool, is_forgotten: bool) -> Secret | None:
    """Return another key, an empty one to forget it; None to leave it as it is."""
    if sum((key_file is not None, is_asked, is_forgotten)) > 1:
        raise UserError(
            "The key cannot be changed in two ways.", hint="Give one of --key-file, --ask-key, --no-key."
        )
    if key_file is not None:
        return read_key(key_file)
    if not is_asked:
        return Secret("") if is_forgotten else None
    typed = ask_key(name)
    if typed is None:
        raise UserError(
            "No key was typed.", hint="Use --no-key to forget the key, --key-file without a terminal."
        )
    return typed


def _tell_saved(endpoint: Endpoint, as_json: bool) -> None:
    if as_json:
        print_json({"ok": True, "endpoint": endpoint.words})
        return
    tell(f"{endpoint.name} is saved as {endpoint.id}.")
    if not endpoint.has_key:
        tell("It has no key yet: give it one with endpoints edit --ask-key or --key-file.")


COMMANDS: Final[Mapping[str, click.Command]] = {"endpoints": endpoints}
