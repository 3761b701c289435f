"""What is on air, for a terminal: the broadcast, a light for each destination, the recording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from powerstream_desktop.cli.lights import light_of_word
from powerstream_desktop.common.text import duration_text, printable_text, size_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from powerstream_desktop.client.live import DestinationStatus, RTMPStatus, RunningBroadcast

_HEADINGS: Final[Mapping[str, tuple[str, str]]] = {
    "starting": ("◐ WAITING FOR THE ENCODER", "yellow"),
    "live": ("● LIVE", "bold red"),
    "bridging": ("▲ BRIDGING", "bold yellow"),
    "ending": ("◐ ENDING", "yellow"),
}


def status_parts(status: RTMPStatus) -> Iterator[RenderableType]:
    """Yield what to print, in order."""
    if not status.sessions:
        yield Text("○ Nothing is on air.")
    for running in status.sessions:
        yield _heading(running)
        if running.endpoints:
            yield _table(running.endpoints)
        yield from _recording(running)
        for trouble in running.troubles:
            yield Text(f"▲ engine  {printable_text(trouble)}", style="yellow")
        for each in running.endpoints:
            if each.cause is not None:
                yield Text(f"  ↳ {printable_text(each.name)}: ", style="bright_black").append(
                    printable_text(f"{each.cause.message} {each.cause.hint}"), style="default"
                )


def _heading(running: RunningBroadcast) -> Text:
    word, style = _HEADINGS.get(running.state, (f"○ {printable_text(running.state)}", "bright_black"))
    text = Text(word, style=style)
    text.append(f"  {duration_text(running.elapsed_seconds)}", style="bold")
    return text.append(f"  {printable_text(running.title)}", style="default")


def _table(destinations: tuple[DestinationStatus, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    table.add_column("destination", no_wrap=True, min_width=8, max_width=28, overflow="ellipsis")
    table.add_column("", no_wrap=True, min_width=14)
    for heading in ("kbit/s", "dropped", "queue"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in destinations:
        light = light_of_word(each.status, attempt=each.attempt, retry_in_s=each.retry_in_seconds)
        state = Text(f"{light.shape} ", style=light.colour).append(printable_text(light.word))
        if each.backup_in_use:
            state.append(" (backup)", style="bright_black")
        table.add_row(
            Text(printable_text(each.name)),
            state,
            Text(str(each.bitrate_kbps)),
            Text(str(each.dropped_frames)),
            Text(f"{each.queue_ms} ms", style="bright_black"),
        )
    return table


def _recording(running: RunningBroadcast) -> Iterator[Text]:
    recording = running.recording
    if recording is None:
        return
    if recording.error is not None:
        yield Text(f"✖ NOT RECORDING: {printable_text(recording.error)}", style="red")
        return
    yield Text("● recording  ", style="green").append(
        f"{duration_text(recording.duration_seconds)}  {size_text(recording.bytes)}"
        f"  safe on disk to {duration_text(recording.durable_seconds)}",
        style="bright_black",
    )
