"""``powerstream live``: the whole pipeline without a window."""

from __future__ import annotations

import re
from pathlib import Path

import click

from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.cli.options import (
    destinations_option,
    duration_option,
    json_option,
    record_option,
    start_logging,
)
from powerstream_desktop.cli.run_broadcast import run_broadcast
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import SCREEN, TEST, EngineConfig, Latency
from powerstream_desktop.service.broadcast import BroadcastPlan
from powerstream_desktop.service.stream_key import new_stream_key

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
    "--latency",
    default=Latency.NORMAL.value,
    show_default=True,
    type=click.Choice([latency.value for latency in Latency]),
    help="low answers at once, normal gives a better picture.",
)
@destinations_option
@record_option
@duration_option
@json_option
def command(
    source: str,
    display: str,
    size: str,
    fps: int,
    bitrate: int,
    latency: str,
    destinations_file: Path,
    record_folder: Path | None,
    duration_s: float | None,
    as_json: bool,
) -> None:
    """Capture, encode once, and broadcast to every destination and a recording; Ctrl+C ends it properly."""
    key = new_stream_key()
    engine = engine_config(
        source, display=display, size=size, fps=fps, bitrate_kbps=bitrate, latency=latency, key=key
    )
    endpoints = read_destinations(destinations_file)
    _, log = start_logging("live")
    plan = BroadcastPlan(endpoints=endpoints, stream_key=key, record_folder=record_folder, engine=engine)
    try:
        run_broadcast(plan, as_json=as_json, duration_s=duration_s)
    finally:
        log.close()


def engine_config(
    source: str, *, display: str, size: str, fps: int, bitrate_kbps: int, latency: str, key: Secret
) -> EngineConfig:
    """Return what the engine is asked for.

    Raises:
        UserError: a wish that cannot be fulfilled; one sentence.
    """
    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", size)
    if match is None:
        raise UserError(f"{size!r} is not a size.", hint="It should look like 1280x720.")
    return EngineConfig(
        source=_checked_source(source),
        display=display,
        width=int(match[1]),
        height=int(match[2]),
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
