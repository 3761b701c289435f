"""``powerstream serve``: keeps the service in the foreground. It loads nothing that the service is made of (ADR 0015)."""

from __future__ import annotations

import contextlib
import json
import os
import sys

import click

from powerstream_desktop.common.logs import configure_logging
from powerstream_desktop.common.own_program import own_command
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.keeper.keeper import Keeper
from powerstream_desktop.service.keeper.keeper_words import Ready


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    metavar="N",
    help="Port of the API on this computer; by default that of the settings, or the next free one.",
)
@click.option("--headless", is_flag=True, help="Go on also while nobody needs it: for a server.")
def command(port: int | None, headless: bool) -> None:
    """Run the service in the foreground until a signal ends it; a broadcast that runs is ended properly.

    Prints one JSON line when it can be reached, with its address and the number of the process to signal. A service that dies is
    started again at once, with the same address, and a broadcast goes on. Without --headless it ends when nobody has needed it
    for ten seconds: nothing is live, no window is open.
    """
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    log = configure_logging(paths, "keeper")
    options = [*(["--port", str(port)] if port is not None else []), *(["--headless"] if headless else [])]
    try:
        exit_code = Keeper((*own_command("service"), *options), _say_ready).run()
    finally:
        log.close()
    sys.exit(exit_code)


def _say_ready(ready: Ready) -> None:
    line = {"ok": True, "url": ready.url, "pid": os.getpid(), "version": ready.version}
    with contextlib.suppress(OSError):  # who started us has gone meanwhile; the service is for others, too
        click.echo(json.dumps(line))
