"""``powerstream encoders``: tries or measures one encoder, for the engine and the doctor."""

from __future__ import annotations

import sys

import click


@click.command("encoders", hidden=True)
@click.argument("arguments", nargs=-1)
def command(arguments: tuple[str, ...]) -> None:
    """Try one encoder; not for people."""
    from powerstream_desktop.engine.encoders.child import main

    sys.exit(main(arguments))
