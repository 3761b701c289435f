"""``powerstream courier``: the process that talks with the cloud store. Talks JSON lines with the service on stdin and stdout."""

from __future__ import annotations

import click


@click.command("courier", hidden=True)
def command() -> None:
    """Carry files to the cloud store and back; not for people."""
    from powerstream_desktop.cloud.courier.courier_worker import main

    main()
