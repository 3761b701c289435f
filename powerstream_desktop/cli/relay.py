"""``powerstream relay``: the relay alone; an external encoder (OBS, ffmpeg, a phone) publishes."""

from __future__ import annotations

import click

from powerstream_desktop.cli.before_start import look_before_start
from powerstream_desktop.cli.broadcast_options import BroadcastOptions, broadcast_options
from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.cli.encoder_address import address_for_encoders
from powerstream_desktop.cli.options import checked_app, known_platforms, parse_address, start_logging
from powerstream_desktop.cli.run_broadcast import run_broadcast
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.service.broadcast.ingest_port import HOST, USUAL_PORT
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.stream_key import kept_stream_key
from powerstream_desktop.service.broadcast.uplink_record import uplink_file


@click.command("relay")
@click.option(
    "--listen",
    metavar="HOST:PORT",
    show_default=f"{HOST}:{USUAL_PORT}, or the next free port",
    help="Where to listen.",
)
@click.option(
    "--app",
    default="live",
    show_default=True,
    callback=checked_app,
    help="Application name of the publishing URL.",
)
@broadcast_options
def command(listen: str | None, app: str, options: BroadcastOptions) -> None:
    """Relay what an external encoder publishes to every destination, and to a recording.

    The encoder needs a stream key: it is made at the first start and kept in a file that only you can read. The command
    says where the file is; the key itself is never printed. A portrait rendition has the same key with _portrait behind it.

    On Linux and macOS the signal USR1 has the destinations file read again: what is new on it goes live, what was changed
    connects anew, what is gone says goodbye, and the rest notices nothing.
    """
    wanted = parse_address(listen) if listen is not None else None
    platforms = known_platforms()

    def read_endpoints() -> tuple[RTMPEndpoint, ...]:
        endpoints = read_destinations(options.destinations_file, platforms)
        look_before_start(endpoints, platforms, as_json=options.as_json)
        return endpoints

    endpoints = read_endpoints()
    host, port = wanted or address_for_encoders(app, as_json=options.as_json)
    paths, log = start_logging("relay")
    key_file = kept_stream_key(paths)
    plan = BroadcastPlan(
        endpoints=endpoints,
        catalogue=platforms,
        stream_key=key_file.key,
        host=host,
        port=port,
        app=app,
        recording=options.recording,
        hls_folder=options.hls_folder,
        uplink_file=uplink_file(paths),
        bridge_limit_s=options.bridge_limit_s,
    )
    if not options.as_json:
        click.echo(f"Stream key for your encoder: in {key_file.path}")
    try:
        run_broadcast(
            plan, as_json=options.as_json, duration_s=options.duration_s, read_endpoints=read_endpoints
        )
    finally:
        log.close()
