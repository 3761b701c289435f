"""A group of commands that ask a service: found by name in modules that are imported when they are called, and what their failing means."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from powerstream_desktop.cli.ending import EXIT_FAILED, say
from powerstream_desktop.client.errors import may_have_changed
from powerstream_desktop.common.errors import BugError, PowerStreamError


class ServiceCommands(click.Group):
    """Finds the commands, and says how they failed.

    Args:
        table: the module of each command, behind the group's own name, and what the command is for.
    """

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return their names."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return one of them; None if there is none of this name."""
        if cmd_name not in self._table:
            return None
        noun, _ = self._table[cmd_name]
        module = importlib.import_module(f"powerstream_desktop.cli.{self.name}_{noun}")
        found: click.Command = module.COMMANDS[cmd_name]
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write what they are for."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in self._table.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What was refused changed nothing, and ends like wrong use; what may have been done in part has failed."""
        try:
            return super().invoke(ctx)
        except BugError:
            raise
        except PowerStreamError as error:
            if not may_have_changed(error):
                raise
            say(str(error))
            sys.exit(EXIT_FAILED)
