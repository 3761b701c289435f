"""The ``powerstream`` command: finds the subcommand, and turns our errors into one sentence and an exit code.

Each command lives in a module of its own that is imported only when it is called, because starting quickly is a promise.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Mapping
from typing import NoReturn

import click

from powerstream_desktop import __version__
from powerstream_desktop.cli.ending import EXIT_FAILED, EXIT_NOT_BEGUN, PROGRAM, say
from powerstream_desktop.cli.standard_streams import prepare_streams
from powerstream_desktop.common.errors import BugError, PowerStreamError

_NOBODY_READS = frozenset({errno.EPIPE, errno.EIO})
"""The reader of our output has ended; the terminal was closed."""
COMMANDS: Mapping[str, str] = {
    "live": "Capture, encode and broadcast without a window.",
    "relay": "Relay what an external encoder publishes.",
    "serve": "The service in the foreground: for servers and for looking at it.",
    "preflight": "Look at every destination before going live; publishes nothing.",
    "doctor": "Look at devices, encoders, keyring, ports and disk; says what to do.",
    "ctl": "Drive a running service: for scripts, Stream Decks, shortcuts.",
    "vod": "The replay library without a window.",
    "rehearse": "Broadcast a test picture to the built-in receiver: proves the installation.",
}
HIDDEN: Mapping[str, str] = {
    "service": "The service itself; started by its keeper, serve.",
    "engine": "The engine process; started by the others.",
    "camera": "A camera process; started by the engine.",
    "sound": "A sound process; started by the engine.",
    "media": "Works on one media file, confined; started by the service.",
    "courier": "Carries files to the cloud store and back; started by the service.",
    "frames": "Gives the pictures of a film one by one; started by the window.",
    "encoders": "Tries or measures one encoder; started by the engine and the doctor.",
}


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


@click.group(
    cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True
)
@click.version_option(__version__, prog_name=PROGRAM)
@click.pass_context
def powerstream(ctx: click.Context) -> None:
    """PowerStream Desktop: encode once, relay to every platform, lose nothing.

    Without a command it opens the window.
    """
    if ctx.invoked_subcommand is None:
        from powerstream_desktop.cli.window import open_window

        ctx.exit(open_window())


def main() -> None:
    """Run the command line and exit."""
    prepare_streams()
    try:
        # Commands exit by themselves; what click itself ends (help, version) it returns as an exit code.
        sys.exit(powerstream.main(prog_name=PROGRAM, standalone_mode=False))
    except click.Abort:
        sys.exit(EXIT_FAILED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(EXIT_NOT_BEGUN)
    except click.ClickException as error:
        say(f"{error.format_message()} {_where_to_look(error)}")
        sys.exit(EXIT_NOT_BEGUN)
    except BugError as error:
        say(f"{error} This is a fault of ours; please report it. {error.detail}")
        sys.exit(EXIT_FAILED)
    except PowerStreamError as error:
        say(str(error))
        sys.exit(EXIT_NOT_BEGUN)
    except OSError as error:
        if error.errno not in _NOBODY_READS:
            raise
        _leave_without_a_word()


def _leave_without_a_word() -> NoReturn:
    """Exit although our output cannot be written: Python's own attempt to do so at its end would fail as well, and say so."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    sys.exit(EXIT_FAILED)


def _where_to_look(error: click.ClickException) -> str:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else PROGRAM
    return f"See {command} --help."
