"""``powerstream vod``: the replay library without a window (DESIGN 8). Its commands live in modules that are imported when called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final

import click

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
    "recover": ("recover", "Save what is whole of damaged recordings."),
}
"""Where each command is, and what it is for."""


class _Group(click.Group):
    """Finds the commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        noun, _ = COMMANDS[cmd_name]
        module = importlib.import_module(f"powerstream_desktop.cli.vod_{noun}")
        found: click.Command = module.COMMANDS[cmd_name]
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


@click.group("vod", cls=_Group)
def command() -> None:
    """Look after what was recorded."""
