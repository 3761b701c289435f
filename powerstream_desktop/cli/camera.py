"""``powerstream camera``: the camera process. Talks JSON lines with the engine on stdin and stdout."""

from __future__ import annotations

import click


@click.command("camera", hidden=True)
def command() -> None:
    """Run one camera; not for people."""
    from powerstream_desktop.camera.main import main

    main()
