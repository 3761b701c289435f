"""The live table on a terminal: one row per destination with its light, then the recording and the engine."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from powerstream_desktop.cli.lights import light_of
from powerstream_desktop.common.text import duration_text, printable_text, size_text
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.snapshot import DestinationSnapshot, IngestSnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.states import BroadcastState

WORTH_SAYING_PER_S = 0.5
_HEADINGS = {
    BroadcastState.IDLE: ("○ IDLE", "bright_black"),
    BroadcastState.STARTING: ("◐ WAITING FOR THE ENCODER", "yellow"),
    BroadcastState.LIVE: ("● LIVE", "bold red"),
    BroadcastState.BRIDGING: ("▲ BRIDGING", "bold yellow"),
    BroadcastState.ENDING: ("◐ ENDING", "yellow"),
    BroadcastState.ENDED: ("○ ENDED", "bright_black"),
}


def status_table(snapshot: BroadcastSnapshot) -> RenderableType:
    """Return everything about a broadcast that fits a terminal. Names are plain text: no markup from data."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    # A narrow terminal takes the figures away, never the lights.
    table.add_column("destination", no_wrap=True, min_width=8, max_width=28, overflow="ellipsis")
    table.add_column("", no_wrap=True, min_width=14)
    table.add_column("kbit/s", justify="right", no_wrap=True)
    table.add_column("frames", justify="right", no_wrap=True)
    table.add_column("dropped", justify="right", no_wrap=True)
    table.add_column("queue", justify="right", no_wrap=True)
    for destination in snapshot.relay.destinations:
        table.add_row(*_row(destination))
    # The causes come last: when they do not fit the terminal, that the recording failed must.
    parts: list[RenderableType] = [_heading(snapshot), table, *_footer(snapshot)]
    parts.extend(_why(each) for each in snapshot.relay.destinations if each.cause is not None)
    return Group(*parts)


def _heading(snapshot: BroadcastSnapshot) -> Text:
    word, style = _HEADINGS[snapshot.state]
    text = Text(word, style=style)
    if snapshot.elapsed_s:
        text.append(f"  {duration_text(snapshot.elapsed_s)}", style="bold")
    ingest = snapshot.relay.ingest
    if ingest.publishing:
        text.append(f"   {_ingest_text(ingest)}", style="bright_black")
    elif snapshot.state is BroadcastState.STARTING:
        text.append(f"   publish to {snapshot.ingest_url}", style="bright_black")
        if snapshot.last_end:
            text.append(f"\n{snapshot.last_end}", style="yellow")
    elif ingest.bridging_s is not None:
        gone = duration_text(ingest.bridging_s)
        text.append(f"   the encoder is gone for {gone}; platforms are kept", style="yellow")
    return text


def _ingest_text(ingest: IngestSnapshot) -> str:
    names = {"avc1": "H.264", "hvc1": "HEVC", "av01": "AV1", "vp09": "VP9", "mp4a": "AAC"}
    codecs = " + ".join(
        names.get(codec, codec) for codec in (ingest.video_codec, ingest.audio_codec) if codec
    )
    return f"{codecs}  {ingest.bitrate_kbps} kbit/s in"


def _row(destination: DestinationSnapshot) -> tuple[Text, ...]:
    light = light_of(destination)
    state = Text(f"{light.shape} ", style=light.colour).append(light.word)
    if destination.backup_in_use:
        state.append(" (backup)", style="bright_black")
    name = Text(destination.name)
    if destination.rendition is not Rendition.LANDSCAPE:
        name.append(f" {destination.rendition.value}", style="bright_black")
    dropped_style = "yellow" if destination.frames_dropped else "bright_black"
    dropped = str(destination.frames_dropped)
    if destination.frames_dropped_per_s >= WORTH_SAYING_PER_S:
        dropped += f" (+{destination.frames_dropped_per_s:.0f}/s)"
    return (
        name,
        state,
        Text(str(destination.bitrate_kbps)),
        Text(str(destination.frames_sent)),
        Text(dropped, style=dropped_style),
        Text(f"{destination.queue_ms} ms", style="bright_black"),
    )


def _why(destination: DestinationSnapshot) -> Text:
    if destination.cause is None:
        return Text()
    text = Text("  ↳ ", style="bright_black")
    text.append(destination.cause.sentence)
    text.append(f" {destination.cause.remedy}", style="bright_black")
    return text


def _footer(snapshot: BroadcastSnapshot) -> list[Text]:
    lines = []
    recording = snapshot.recording
    if recording is not None and recording.cause is not None:
        lines.append(Text(f"✖ NOT RECORDING: {recording.cause.title} {recording.cause.hint}", style="red"))
    elif recording is not None and recording.path is not None:
        text = Text("● recording  ", style="green").append(str(recording.path.name), style="default")
        text.append(
            f"  {duration_text(recording.duration_s)}  {size_text(recording.bytes_written)}"
            f"  safe on disk to {duration_text(recording.durable_s)}",
            style="bright_black",
        )
        lines.append(text)
    engine, stats = snapshot.engine, snapshot.engine_stats
    lines.extend(Text(f"▲ engine  {trouble}", style="yellow") for trouble in snapshot.engine_troubles)
    if engine is not None and engine.failure is not None and engine.is_coming_back:
        lines.append(Text(f"◐ engine  {engine.failure.title} It is being started again.", style="yellow"))
    if stats is not None:
        text = Text(f"engine  {printable_text(snapshot.engine_source)}  ", style="bright_black")
        for each in stats.renditions:
            text.append(
                f"{each.rendition.value} {each.frames_made} frames, encode {each.encode_mean_ms:.1f} ms  "
            )
        text.append(
            f"skipped {stats.frames_skipped}", style="yellow" if stats.frames_skipped else "bright_black"
        )
        lines.append(text)
    return lines
