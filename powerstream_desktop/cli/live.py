"""``powerstream live``: the whole pipeline without a window."""

from __future__ import annotations

import click

from powerstream_desktop.cli.before_start import look_before_start, measured_upload
from powerstream_desktop.cli.broadcast_options import BroadcastOptions, broadcast_options
from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.cli.options import known_platforms, start_logging
from powerstream_desktop.cli.reload import ReadEndpoints
from powerstream_desktop.cli.run_broadcast import run_broadcast
from powerstream_desktop.cli.source_option import checked_source, engine_config
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.program_video import PORTRAIT_MOST_KBPS, USUAL_PORTRAIT, program_video
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.service.broadcast.encode_plan import encode_plans
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.stream_key import new_stream_key
from powerstream_desktop.service.broadcast.uplink_record import uplink_file


@click.command("live")
@click.option(
    "--source",
    required=True,
    metavar="screen|test|camera:N|FILE",
    help="What to show: the screen, the test picture, the camera of that number (from 0), a media file.",
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
@click.option(
    "--portrait-size",
    default=USUAL_PORTRAIT,
    show_default=True,
    type=click.Choice(list(PORTRAIT_MOST_KBPS)),
    help="Size of the portrait rendition, for destinations that take it.",
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
@click.option(
    "--codec",
    default=Codec.H264.value,
    show_default=True,
    type=click.Choice([codec.value for codec in Codec]),
    help="What the pictures are compressed to; every platform takes h264.",
)
@click.option(
    "--encoder",
    default=EncoderChoice.AUTO.value,
    show_default=True,
    type=click.Choice([encoder.value for encoder in EncoderChoice]),
    help="What compresses them; auto takes the best that works here.",
)
@broadcast_options
def command(
    source: str,
    display: str,
    size: str,
    portrait_size: str,
    fps: int,
    bitrate: int,
    adapt_bitrate: bool,
    latency: str,
    codec: str,
    encoder: str,
    options: BroadcastOptions,
) -> None:
    """Capture, encode once, and broadcast to every destination and a recording; Ctrl+C ends it properly.

    A destination that takes the portrait rendition gets a 9:16 window of the picture, encoded for as long as there is one.

    On Linux and macOS the signal USR1 has the destinations file read again: what is new on it goes live, what was changed
    connects anew, what is gone says goodbye, and the rest notices nothing.
    """
    key = new_stream_key()
    content = checked_source(source, display)
    video = program_video(
        size=size,
        portrait_size=portrait_size,
        fps=fps,
        bitrate_kbps=bitrate,
        latency=Latency(latency),
        codec=Codec(codec),
        encoder=EncoderChoice(encoder),
    )
    engine = engine_config(content, video)
    platforms = known_platforms()
    read_endpoints = _reading(options, platforms, engine)
    endpoints = read_endpoints()
    paths, log = start_logging("live")
    plan = BroadcastPlan(
        endpoints=endpoints,
        catalogue=platforms,
        stream_key=key,
        recording=options.recording,
        hls_folder=options.hls_folder,
        adapt_bitrate=adapt_bitrate,
        uplink_file=uplink_file(paths),
        bridge_limit_s=options.bridge_limit_s,
    )
    try:
        run_broadcast(
            plan,
            engine,
            as_json=options.as_json,
            duration_s=options.duration_s,
            read_endpoints=read_endpoints,
        )
    finally:
        log.close()


def _reading(options: BroadcastOptions, platforms: Catalogue, engine: EngineConfig) -> ReadEndpoints:
    """Return what reads the destinations and says what will probably go wrong with what the engine makes for them."""

    def read() -> tuple[RTMPEndpoint, ...]:
        endpoints = read_destinations(options.destinations_file, platforms)
        look_before_start(
            endpoints,
            platforms,
            encodes=encode_plans(engine, endpoints),
            upload=measured_upload(),
            as_json=options.as_json,
        )
        return endpoints

    return read
