"""``powerstream ctl pair``: lets other devices in, and puts them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.ctl_printing import day_and_time, print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_one


@click.group("pair")
def pair() -> None:
    """Let other devices in, and put them out."""


@pair.command("open")
@click.option(
    "--scope",
    type=click.Choice(["read", "control"]),
    default="control",
    show_default=True,
    help="What the device may do.",
)
@json_option
def open_pairing(scope: str, as_json: bool) -> None:
    """Show a code that lets one device in, for two minutes."""
    with service() as client:
        pairing = client.access.open_pairing(scope)
    # Shown on purpose: it is for the eyes of who sits here.
    code = pairing.code.reveal()
    if as_json:
        print_json({"ok": True, "code": code, "secondsLeft": pairing.seconds_left})
    else:
        click.echo(f"Type {code} on the other device, within {pairing.seconds_left} s.")


@pair.command("close")
def close_pairing() -> None:
    """Let nobody in any more."""
    with service() as client:
        client.access.close_pairing()


@pair.command("status")
@json_option
def status(as_json: bool) -> None:
    """Tell how pairing stands."""
    with service() as client:
        pairing = client.access.pairing()
    if as_json:
        print_json(pairing.words)
    else:
        tell(f"Pairing is {pairing.state}.")


@pair.command("network")
@json_option
def network(as_json: bool) -> None:
    """Tell whether devices of the network can come in, and where; the settings lan.api and lan.port say if they may."""
    with service() as client:
        door = client.access.network()
    if as_json:
        print_json(door.words)
        return
    if not door.is_wanted:
        tell("Nobody of the network can come in: the setting lan.api is false.")
    for url in door.urls:
        tell(url)
    if door.fingerprint:
        tell(f"Certificate (SHA-256): {door.fingerprint}")
    if door.trouble:
        tell(f"▲ {door.trouble}")


@pair.command("rotate")
def rotate() -> None:
    """Sign tokens with a new key from now on; those that were given out stay good until they end."""
    with service() as client:
        client.access.rotate()


@pair.command("devices")
@json_option
def devices(as_json: bool) -> None:
    """List the devices that were let in."""
    with service() as client:
        found = client.access.devices()
    if as_json:
        print_json({"ok": True, "devices": [each.words for each in found]})
        return
    rows = [(each.name, each.scope, day_and_time(each.paired_at), each.id) for each in found]
    print_table(("device", "may", "since", "id"), rows, "No other device was let in.")


@pair.command("remove")
@click.argument("device")
def remove(device: str) -> None:
    """Put a device out; its token is worth nothing from then on."""
    with service() as client:
        client.access.put_out(the_one("device", device, client.access.devices()).id)


COMMANDS: Final[Mapping[str, click.Command]] = {"pair": pair}
