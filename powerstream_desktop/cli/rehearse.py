"""``powerstream rehearse``: a whole broadcast with no account, no camera and no network."""

from __future__ import annotations

import click

from powerstream_desktop.cli.options import checked_duration, json_option, start_logging
from powerstream_desktop.cli.run_broadcast import run_broadcast
from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.relay.ingest.receiver import ReceiverReport
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSummary
from powerstream_desktop.service.broadcast.stream_key import new_stream_key

DEFAULT_DURATION_S = 10.0
LONGEST_GAP_MS = 100
KEY_INTERVAL_MS = 2_000
KEY_TOLERANCE_MS = 1


@click.command("rehearse")
@click.option(
    "--duration",
    "duration_s",
    type=float,
    callback=checked_duration,
    default=DEFAULT_DURATION_S,
    show_default=True,
    metavar="SECONDS",
    help="How long to be live.",
)
@json_option
def command(duration_s: float, as_json: bool) -> None:
    """Broadcast the test picture and tone to the built-in receiver and to a recording, and check what arrives.

    Everything is real but the platform: engine, relay, destination, recording. It proves the installation.
    """
    key = new_stream_key()
    engine = engine_config(TestPictureContent(), program_video())
    paths, log = start_logging("rehearse")
    plan = BroadcastPlan(
        endpoints=(), stream_key=key, recording=RecordingOptions(folder=paths.recordings), rehearsal=True
    )

    def judge(summary: BroadcastSummary) -> bool:
        faults = rehearsal_faults(summary)
        if not as_json:
            _print_verdict(summary, faults)
        return not faults

    try:
        run_broadcast(plan, engine, as_json=as_json, duration_s=duration_s, on_end=judge)
    finally:
        log.close()


def rehearsal_faults(summary: BroadcastSummary) -> list[str]:
    """Return what was not as it should be, in sentences; empty when all is well."""
    report = summary.receiver
    if report is None or report.video_frames == 0:
        return ["No picture arrived at the receiver."]
    faults = []
    if report.audio_frames == 0:
        faults.append("No sound arrived at the receiver.")
    if not report.starts_with_key:
        faults.append("The stream did not begin with a key frame.")
    if report.timestamps_back:
        faults.append(f"Time went back {report.timestamps_back} times.")
    if report.longest_gap_ms > LONGEST_GAP_MS:
        faults.append(f"The picture stood still for {report.longest_gap_ms} ms.")
    if report.key_frames > 1 and abs(report.key_interval_ms - KEY_INTERVAL_MS) > KEY_TOLERANCE_MS:
        faults.append(f"Key frames came every {report.key_interval_ms / 1000:.3f} s instead of every 2 s.")
    if not summary.recordings:
        faults.append("Nothing was recorded.")
    return faults


def _print_verdict(summary: BroadcastSummary, faults: list[str]) -> None:
    report = summary.receiver
    if report is not None:
        click.echo(f"  Receiver: {_arrived(report)}")
    if faults:
        for fault in faults:
            click.echo(f"✖ {fault}")
    else:
        click.echo("● All is well: this computer can broadcast and record.")


def _arrived(report: ReceiverReport) -> str:
    rhythm = f" a key frame every {report.key_interval_ms / 1000:.3f} s," if report.key_frames > 1 else ""
    return (
        f"{report.video_frames} pictures, {report.audio_frames} pieces of sound,{rhythm}"
        f" longest gap {report.longest_gap_ms} ms"
    )
