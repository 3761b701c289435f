"""Where the relay takes encoders when the user has not said it: the usual port, or the next one that is free."""

from __future__ import annotations

import json
import os
import socket

import click

from powerstream_desktop.cli.findings_json import notice_object
from powerstream_desktop.platforms.findings import Finding, Severity

HOST = "127.0.0.1"
USUAL_PORT = 1935
PORTS_TRIED = 20


def address_for_encoders(app: str, *, as_json: bool, usual_port: int = USUAL_PORT) -> tuple[str, int]:
    """Return host and port to listen on, and say it if another program has the usual port.

    The port is free when this returns; should it be taken before the relay listens, the relay says so. When none of the
    next ``PORTS_TRIED`` is free, the usual one is returned.

    Args:
        app: application name of the publishing URL.
        as_json: say it as a notice among the lines of ``--json`` instead of a line on stderr.
        usual_port: the one that encoders expect.
    """
    ports = range(usual_port, usual_port + PORTS_TRIED)
    port = next(filter(_is_free, ports), usual_port)
    if port != usual_port:
        _tell(usual_port, f"rtmp://{HOST}:{port}/{app}", as_json=as_json)
    return HOST, port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":
            # As the relay itself will: a connection of an hour ago does not occupy the port, another listener does.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _tell(usual_port: int, server_url: str, *, as_json: bool) -> None:
    finding = Finding(
        severity=Severity.WARNING,
        code="port-taken",
        sentence=f"Another program uses port {usual_port}, so the relay listens on another one.",
        remedy=f"Set the server of your encoder to {server_url}",
    )
    if as_json:
        click.echo(json.dumps(notice_object(finding)))
    else:
        click.echo(f"▲ {finding.sentence} {finding.remedy}", err=True)
