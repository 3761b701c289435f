"""``powerstream relay``: the relay alone; an external encoder (OBS, ffmpeg, a phone) publishes."""

from __future__ import annotations

from pathlib import Path

import click

from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.cli.options import (
    checked_app,
    destinations_option,
    duration_option,
    json_option,
    parse_address,
    record_option,
    start_logging,
)
from powerstream_desktop.cli.run_broadcast import run_broadcast
from powerstream_desktop.service.broadcast import BroadcastPlan
from powerstream_desktop.service.stream_key import kept_stream_key


@click.command("relay")
@click.option(
    "--listen", default="127.0.0.1:1935", show_default=True, metavar="HOST:PORT", help="Where to listen."
)
@click.option(
    "--app",
    default="live",
    show_default=True,
    callback=checked_app,
    help="Application name of the publishing URL.",
)
@destinations_option
@record_option
@duration_option
@json_option
def command(
    listen: str,
    app: str,
    destinations_file: Path,
    record_folder: Path | None,
    duration_s: float | None,
    as_json: bool,
) -> None:
    """Relay what an external encoder publishes to every destination, and to a recording.

    The encoder needs a stream key: it is made at the first start and kept in a file that only you can read. The command
    says where the file is; the key itself is never printed.
    """
    host, port = parse_address(listen)
    endpoints = read_destinations(destinations_file)
    paths, log = start_logging("relay")
    key_file = kept_stream_key(paths)
    plan = BroadcastPlan(
        endpoints=endpoints,
        stream_key=key_file.key,
        host=host,
        port=port,
        app=app,
        record_folder=record_folder,
    )
    if not as_json:
        click.echo(f"Stream key for your encoder: in {key_file.path}")
    try:
        run_broadcast(plan, as_json=as_json, duration_s=duration_s)
    finally:
        log.close()
