"""Options that several commands share, and the checks behind them."""

from __future__ import annotations

import os
from pathlib import Path

import click

from powerstream_desktop.common.logs import LogPipe, configure_logging
from powerstream_desktop.common.paths import Paths

destinations_option = click.option(
    "--destinations",
    "destinations_file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="JSON or TOML: a list of {name, platform, serverUrl, streamKey}.",
)
record_option = click.option(
    "--record", "record_folder", type=click.Path(path_type=Path), metavar="DIR", help="Record to this folder."
)
duration_option = click.option(
    "--duration",
    "duration_s",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="End after so many seconds of being live.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a second.")


def start_logging(role: str) -> tuple[Paths, LogPipe]:
    """Make the folders and start the log of this process; everything passes the redactor."""
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    return paths, configure_logging(paths, role)


def parse_address(value: str) -> tuple[str, int]:
    """Return host and port of ``HOST:PORT``; an IPv6 host stands in brackets."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise click.BadParameter("should look like 127.0.0.1:1935", param_hint="--listen")
    return host.strip("[]"), int(port)
