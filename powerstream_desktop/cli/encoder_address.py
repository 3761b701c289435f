"""Where the relay takes encoders when the user has not said it: the usual port, or the next one that is free."""

from __future__ import annotations

import json

import click

from powerstream_desktop.cli.findings_json import notice_object
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.service.broadcast.ingest_port import HOST, USUAL_PORT, free_port


def address_for_encoders(app: str, *, as_json: bool, usual_port: int = USUAL_PORT) -> tuple[str, int]:
    """Return host and port to listen on, and say it if another program has the usual port.

    Which port that is, see ``free_port``.

    Args:
        app: application name of the publishing URL.
        as_json: say it as a notice among the lines of ``--json`` instead of a line on stderr.
        usual_port: the one that encoders expect.
    """
    port = free_port(HOST, usual_port)
    if port != usual_port:
        _tell(usual_port, f"rtmp://{HOST}:{port}/{app}", as_json=as_json)
    return HOST, port


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
