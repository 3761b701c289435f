"""``powerstream ctl completion``: the script that makes a shell complete commands, options and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click
from click.shell_completion import get_completion_class

from powerstream_desktop.cli.ending import PROGRAM
from powerstream_desktop.common.errors import BugError

_VARIABLE: Final = f"_{PROGRAM.upper()}_COMPLETE"
"""What click looks for: the script asks the program itself for what could come next."""


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and names in a SHELL.

    For bash, add to ~/.bashrc: eval "$(powerstream ctl completion bash)"
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise BugError(f"Completion for {shell} is not known.")
    click.echo(kind(ctx.find_root().command, {}, PROGRAM, _VARIABLE).source())


COMMANDS: Final[Mapping[str, click.Command]] = {"completion": completion}
