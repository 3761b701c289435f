"""``powerstream ctl keys``: where stream keys are kept. A passphrase is typed unseen or read from a file, like a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_key import ask_secret, read_secret
from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.common.errors import UserError

if TYPE_CHECKING:
    from powerstream_desktop.client.keys import KeyPlace
    from powerstream_desktop.common.secrets import Secret

_SEALED: Final = "sealed-file"
_PLACES: Final = ("automatic", "keyring", "this-run", _SEALED)
_file_option = click.option("--passphrase-file", metavar="FILE", help="Holds the passphrase; - for stdin.")


@click.group("keys")
def keys() -> None:
    """Where stream keys are kept."""


@keys.command("status")
@json_option
def status(as_json: bool) -> None:
    """Tell how keys are kept."""
    with service() as client:
        _tell(client.keys.place(), as_json=as_json)


@keys.command("unlock")
@_file_option
@json_option
def unlock(passphrase_file: str | None, as_json: bool) -> None:
    """Open the sealed file of keys, with its passphrase."""
    passphrase = _passphrase(passphrase_file)
    with service() as client:
        _tell(client.keys.unlock(passphrase), as_json=as_json)


@keys.command("move")
@click.argument("place", type=click.Choice(_PLACES))
@_file_option
@click.option("--leave-keys", is_flag=True, help="Leave them in a keyring that is gone; enter them anew.")
@json_option
def move(place: str, passphrase_file: str | None, leave_keys: bool, as_json: bool) -> None:
    """Keep keys at another PLACE: moves them all or, if one cannot be moved, none."""
    passphrase = _passphrase(passphrase_file) if place == _SEALED else None
    with service() as client:
        moved = client.keys.move(place, passphrase=passphrase, leaves_keys=leave_keys)
    _tell(moved, as_json=as_json)


def _passphrase(file: str | None) -> Secret:
    found = read_secret(file, "passphrase") if file is not None else ask_secret("Passphrase")
    if found is None:
        raise UserError("No passphrase was given.", hint="Use --passphrase-file without a terminal.")
    return found


def _tell(place: KeyPlace, *, as_json: bool) -> None:
    if as_json:
        print_json(place.words)
        return
    shut = ", shut: unlock it with keys unlock" if place.is_shut else ""
    tell(f"Keys are kept here: {place.place}{shut}.")
    if place.left_behind:
        tell(f"▲ {place.left_behind} keys are still in the place before, which does not let go of them.")


COMMANDS: Final[Mapping[str, click.Command]] = {"keys": keys}
