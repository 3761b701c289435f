"""``powerstream live``: the whole pipeline without a window."""

from __future__ import annotations

import re
from pathlib import Path

import click

from powerstream_desktop.cli.before_start import look_before_start, measured_upload
from powerstream_desktop.cli.broadcast_options import BroadcastOptions, broadcast_options
from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.cli.encode_plan import encode_plan
from powerstream_desktop.cli.options import known_platforms, parse_size, start_logging
from powerstream_desktop.cli.run_broadcast import run_broadcast
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import SCREEN, TEST, EngineConfig, Latency
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.service.broadcast_plan import BroadcastPlan
from powerstream_desktop.service.stream_key import new_stream_key
from powerstream_desktop.service.uplink_record import uplink_file

UNSET_URL = "rtmp://127.0.0.1:1/live"
"""The broadcast fills the real address in once its relay listens."""


@click.command("live")
@click.option(
    "--source",
    required=True,
    metavar="screen|test|FILE",
    help="What to show: the screen, the test picture, a media file.",
)
@click.option(
    "--display",
    default="",
    metavar=":N",
    help="X11 display of the screen; that of the environment by default.",
)
@click.option(
    "--size", default="1280x720", show_default=True, metavar="WIDTHxHEIGHT", help="Size of the program."
)
@click.option("--fps", default=30, show_default=True, type=int, help="Frames a second.")
@click.option(
    "--bitrate", default=4500, show_default=True, type=int, metavar="KBITS", help="Video bitrate in kbit/s."
)
@click.option(
    "--adapt-bitrate",
    is_flag=True,
    help="Lower the bitrate while the upload is too small for all destinations.",
)
@click.option(
    "--latency",
    default=Latency.NORMAL.value,
    show_default=True,
    type=click.Choice([latency.value for latency in Latency]),
    help="low answers at once, normal gives a better picture.",
)
@broadcast_options
def command(
    source: str,
    display: str,
    size: str,
    fps: int,
    bitrate: int,
    adapt_bitrate: bool,
    latency: str,
    options: BroadcastOptions,
) -> None:
    """Capture, encode once, and broadcast to every destination and a recording; Ctrl+C ends it properly.

    On Linux and macOS the signal USR1 has the destinations file read again: what is new on it goes live, what was changed
    connects anew, what is gone says goodbye, and the rest notices nothing.
    """
    key = new_stream_key()
    engine = engine_config(
        source, display=display, size=size, fps=fps, bitrate_kbps=bitrate, latency=latency, key=key
    )
    platforms = known_platforms()

    def read_endpoints() -> tuple[RTMPEndpoint, ...]:
        endpoints = read_destinations(options.destinations_file, platforms)
        look_before_start(
            endpoints,
            platforms,
            encodes=(encode_plan(engine),),
            upload=measured_upload(),
            as_json=options.as_json,
        )
        return endpoints

    endpoints = read_endpoints()
    paths, log = start_logging("live")
    plan = BroadcastPlan(
        endpoints=endpoints,
        catalogue=platforms,
        stream_key=key,
        record_folder=options.record_folder,
        hls_folder=options.hls_folder,
        engine=engine,
        adapt_bitrate=adapt_bitrate,
        uplink_file=uplink_file(paths),
        bridge_limit_s=options.bridge_limit_s,
    )
    try:
        run_broadcast(
            plan, as_json=options.as_json, duration_s=options.duration_s, read_endpoints=read_endpoints
        )
    finally:
        log.close()


def engine_config(
    source: str, *, display: str, size: str, fps: int, bitrate_kbps: int, latency: str, key: Secret
) -> EngineConfig:
    """Return what the engine is asked for.

    Raises:
        UserError: a wish that cannot be fulfilled; one sentence.
    """
    width, height = parse_size(size)
    return EngineConfig(
        source=_checked_source(source),
        display=display,
        width=width,
        height=height,
        fps=fps,
        video_bitrate_kbps=bitrate_kbps,
        latency=Latency(latency),
        publish_url=UNSET_URL,
        publish_key=key,
    )


def _checked_source(source: str) -> str:
    if source in (SCREEN, TEST):
        return source
    if re.fullmatch(r"camera:\d+", source):
        raise UserError(
            "This version does not capture cameras yet.",
            hint="Use screen, test or a media file as the source.",
        )
    if not source:
        raise UserError("No source was named.", hint="Use screen, test, or the path of a media file.")
    path = Path(source)
    if "://" not in source and not path.exists():
        raise UserError(f"There is no file {source}.", hint="Use screen, test, or the path of a media file.")
    if path.is_dir():
        raise UserError(f"{source} is a folder.", hint="Name a media file.")
    return source
