"""``powerstream frames``: the window's frame server. Talks JSON lines and pictures with it on stdin and stdout."""

from __future__ import annotations

import click


@click.command("frames", hidden=True)
def command() -> None:
    """Give the pictures of a film one by one; not for people."""
    from powerstream_desktop.library.frames.frames_worker import main

    main()
