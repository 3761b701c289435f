"""``powerstream ctl studio``: the studio as a whole, and every edit of it, in the API's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import click

from powerstream_desktop.cli.ctl_input import read_input
from powerstream_desktop.cli.ctl_printing import print_json
from powerstream_desktop.cli.ctl_service import service
from powerstream_desktop.common.errors import UserError

MAX_BYTES: Final = 1024 * 1024


@click.group("studio")
def studio() -> None:
    """Look at the studio as a whole, and edit it."""


@studio.command("show")
def show() -> None:
    """Print what the studio shows and plays, as one JSON object."""
    with service() as client:
        print_json(client.studio.wake().words)


@studio.command("send")
@click.argument("edit")
@click.option("--file", metavar="FILE", help="Holds the edit's fields as a JSON object; - for stdin.")
def send(edit: str, file: str | None) -> None:
    """Have the studio obey EDIT: what the API lists below /api/studio/, such as source, layer/move or undo."""
    fields = {} if file is None else read_fields(file)
    with service() as client:
        client.studio.obey(edit.strip("/"), fields)


def read_fields(file: str) -> dict[str, Any]:
    """Return the JSON object in a file, or in what comes on stdin. An argument would show the password of a camera to everybody.

    Args:
        file: its path; ``-`` for stdin.

    Raises:
        UserError: it cannot be read, or is no JSON object.
    """
    content = read_input(file, "edit", MAX_BYTES)
    try:
        fields = json.loads(content) if content is not None else None
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise UserError("This is no JSON object.", hint='It looks like {"scene": "Be right back"}.')
    return fields


COMMANDS: Final[Mapping[str, click.Command]] = {"studio": studio}
