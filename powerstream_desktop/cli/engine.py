"""``powerstream engine``: the engine process. Talks JSON lines with the service on stdin and stdout."""

from __future__ import annotations

import sys

import click


@click.command("engine", hidden=True)
def command() -> None:
    """Run the engine; not for people."""
    from powerstream_desktop.engine.main import main

    sys.exit(main())
