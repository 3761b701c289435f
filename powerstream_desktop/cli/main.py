"""The ``powerstream`` command: finds the subcommand, and turns our errors into one sentence and an exit code.

Each command lives in a module of its own that is imported only when it is called, because starting quickly is a promise.
Exit codes: 0 only on success, 1 when something failed on the way, 2 on wrong use or when the work could not begin.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

import click

from powerstream_desktop import __version__
from powerstream_desktop.common.errors import BugError, PowerStreamError

COMMANDS: Mapping[str, str] = {
    "live": "Capture, encode and broadcast without a window.",
    "relay": "Relay what an external encoder publishes.",
    "rehearse": "Broadcast a test picture to the built-in receiver: proves the installation.",
}
HIDDEN: Mapping[str, str] = {"engine": "The engine process; started by the others."}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS and cmd_name not in HIDDEN:
            return None
        module = importlib.import_module(f"powerstream_desktop.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="powerstream")
def powerstream() -> None:
    """PowerStream Desktop: encode once, relay to every platform, lose nothing."""


def main() -> None:
    """Run the command line and exit."""
    try:
        powerstream.main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BugError as error:
        click.echo(
            f"powerstream: {error} This is a fault of ours; please report it. {error.detail}", err=True
        )
        sys.exit(1)
    except PowerStreamError as error:
        click.echo(f"powerstream: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output is gone: nobody to tell.
        sys.stderr.close()
        sys.exit(1)
