"""``powerstream sound``: the sound process. Frames go in and out on stdin and stdout."""

from __future__ import annotations

import click


@click.command("sound", hidden=True)
@click.argument("arguments", nargs=-1)
def command(arguments: tuple[str, ...]) -> None:
    """Record or play on one sound device, or list all; not for people."""
    from powerstream_desktop.engine.sources.sound_worker import main

    main(arguments)
