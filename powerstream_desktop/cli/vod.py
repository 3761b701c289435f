"""``powerstream vod``: the replay library without a window (DESIGN 8). Its commands live in modules that are imported when called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.service_commands import ServiceCommands

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "list": ("library", "List replays, or find some."),
    "show": ("library", "Tell about a replay."),
    "rename": ("library", "Give a replay another title or description."),
    "pin": ("library", "Keep a replay from every rule of retention."),
    "unpin": ("library", "Let rules of retention take it again."),
    "markers": ("library", "List the markers of a replay."),
    "mark": ("library", "Mark a moment of a replay."),
    "unmark": ("library", "Remove a marker."),
    "remove": ("library", "Remove a replay."),
    "restore": ("library", "Take a removed replay back."),
    "storage": ("care", "Tell how much room replays take."),
    "retention": ("care", "Tell what the rules of retention would remove."),
    "rebuild": ("care", "Add what the folders have and the library does not know."),
    "import": ("import", "Take films that were made elsewhere into the library."),
    "verify": ("verify", "Tell whether a replay, or any film, is whole."),
    "clip": ("clips", "Cut a piece of a replay."),
    "export": ("clips", "Copy the film of a replay to somewhere else."),
    "upload": ("cloud", "Copy replays to the cloud."),
    "evict": ("cloud", "Give up files whose replays are safe in the cloud."),
    "download": ("cloud", "Bring files back from the cloud."),
    "sync": ("cloud", "Compare all edits with those of other computers."),
    "recover": ("recover", "Save what is whole of damaged recordings."),
}
"""Where each command is, and what it is for."""


@click.group("vod", cls=ServiceCommands, table=COMMANDS)
def command() -> None:
    """Look after what was recorded."""
