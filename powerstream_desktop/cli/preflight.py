"""``powerstream preflight``: looks at every destination before anybody goes live, and publishes nothing."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

import click

from powerstream_desktop.cli.before_start import measured_upload
from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.cli.options import destinations_option, known_platforms, start_logging
from powerstream_desktop.cli.preflight_json import preflight_object
from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.program_video import parse_size
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.platforms.limits import EncodePlan
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport, preflight_report
from powerstream_desktop.platforms.upload_budget import UploadFigure, UploadOrigin
from powerstream_desktop.relay.probe.probe import TOTAL_S, Prober
from powerstream_desktop.service.broadcast.encode_plan import AUDIO_KBPS
from powerstream_desktop.service.preflight import run_preflight

PIPE_COLUMNS = 160
"""Width of the table where there is no terminal to ask; sentences are not broken there."""


@click.command("preflight")
@destinations_option
@click.option(
    "--size", default="1280x720", show_default=True, metavar="WIDTHxHEIGHT", help="Size of the program."
)
@click.option("--fps", default=30, show_default=True, type=click.IntRange(1), help="Frames a second.")
@click.option(
    "--bitrate",
    default=4500,
    show_default=True,
    type=click.IntRange(1),
    metavar="KBITS",
    help="Video bitrate in kbit/s.",
)
@click.option(
    "--audio-bitrate",
    default=AUDIO_KBPS,
    show_default=True,
    type=click.IntRange(1),
    metavar="KBITS",
    help="Audio bitrate in kbit/s.",
)
@click.option(
    "--upload-kbps",
    type=click.IntRange(1),
    metavar="KBITS",
    help="What your line uploads; by default what an earlier broadcast measured, if one did.",
)
@click.option("--offline", is_flag=True, help="Ask no server; look at keys, limits and the upload only.")
@click.option("--only", multiple=True, metavar="NAME", help="Look at this destination only; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    destinations_file: Path,
    size: str,
    fps: int,
    bitrate: int,
    audio_bitrate: int,
    upload_kbps: int | None,
    offline: bool,
    only: tuple[str, ...],
    as_json: bool,
) -> None:
    """Look at every destination before going live: keys, limits, upload, and whether its server can be reached.

    Servers are asked for a connection and left again. No key is sent and nothing is published, so nothing can go on air. The
    exit code is 0 only when nothing was found that cannot work.
    """
    width, height = parse_size(size)
    platforms = known_platforms()
    plan = PreflightPlan(
        endpoints=_chosen(read_destinations(destinations_file, platforms), only),
        today=datetime.now().astimezone().date(),
        encodes=(
            EncodePlan(width=width, height=height, fps=fps, video_kbps=bitrate, audio_kbps=audio_bitrate),
        ),
        upload=_stated_upload(upload_kbps) or measured_upload(),
    )
    _, log = start_logging("preflight")
    if sys.stderr.isatty() and not offline:
        click.echo(f"Asking the servers, {TOTAL_S:.0f} s at most …", err=True)
    try:
        report = preflight_report(plan, platforms) if offline else asyncio.run(_asked(plan, platforms))
    finally:
        log.close()
    if as_json:
        click.echo(json.dumps(preflight_object(report)))
    else:
        _print(report)
    sys.exit(0 if report.ok else EXIT_FAILED)


def _stated_upload(kbps: int | None) -> UploadFigure | None:
    return UploadFigure(kbps=kbps, origin=UploadOrigin.STATED) if kbps is not None else None


def _chosen(endpoints: tuple[RTMPEndpoint, ...], names: tuple[str, ...]) -> tuple[RTMPEndpoint, ...]:
    known = {endpoint.name for endpoint in endpoints}
    for name in names:
        if name not in known:
            raise UserError(
                f"There is no destination {name!r}.", hint=f"There are: {', '.join(sorted(known))}."
            )
    return tuple(endpoint for endpoint in endpoints if not names or endpoint.name in names)


async def _asked(plan: PreflightPlan, platforms: Catalogue) -> PreflightReport:
    loop = asyncio.get_running_loop()
    # A look-up that hangs would otherwise keep the program from ending.
    loop.set_default_executor(DaemonThreads())
    return await run_preflight(plan, platforms, Prober(loop.time))


def _print(report: PreflightReport) -> None:
    from rich.console import Console

    from powerstream_desktop.cli.preflight_table import preflight_lines, preflight_table

    in_a_pipe = not sys.stdout.isatty()
    console = Console(width=PIPE_COLUMNS if in_a_pipe else None, highlight=False)
    console.print(preflight_table(report))
    for line in preflight_lines(report):
        console.print(line, soft_wrap=in_a_pipe)
