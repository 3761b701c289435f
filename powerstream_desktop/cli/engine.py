"""``powerstream engine``: the engine process. Talks JSON lines with the service on stdin and stdout."""

from __future__ import annotations

import sys

import click

from powerstream_desktop.common.numeric_threads import keep_numpy_on_one_thread


@click.command("engine", hidden=True)
def command() -> None:
    """Run the engine; not for people."""
    keep_numpy_on_one_thread()  # first: the import loads numpy
    from powerstream_desktop.engine.main import main

    sys.exit(main())
