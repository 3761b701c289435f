"""``powerstream vod list|show|rename|pin|markers|mark|remove``, and what goes with them; ``powerstream ctl vod`` has the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_names import complete_station
from powerstream_desktop.cli.ctl_printing import day_and_time, print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_one
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.text import duration_text, size_text

if TYPE_CHECKING:
    from powerstream_desktop.client.assets import Asset, DestinationGap, Gap


_SORTS: Final = ("newest", "oldest", "title", "longest", "largest")
_STATES: Final = ("ready", "recovered", "processing", "failed", "missing")
_DAYS: Final = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")


@click.command("list")
@click.argument("words", nargs=-1)
@click.option("--station", metavar="NAME", shell_complete=complete_station, help="Only of this station.")
@click.option("--state", type=click.Choice(_STATES), help="Only those in this state.")
@click.option("--since", type=click.DateTime(_DAYS), help="Only those that begin then or later.")
@click.option("--until", type=click.DateTime(_DAYS), help="Only those that begin before.")
@click.option(
    "--sort", type=click.Choice(_SORTS), default=_SORTS[0], show_default=True, help="In which order."
)
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many.")
@click.option("--cursor", help="Behind what an earlier list said in nextCursor.")
@json_option
def list_assets(
    words: tuple[str, ...],
    station: str | None,
    state: str | None,
    since: datetime | None,
    until: datetime | None,
    sort: str,
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> None:
    """List replays; those with these WORDS, if any are given."""
    with service() as client:
        station_id = None if station is None else the_one("station", station, client.stations.all()).id
        page = client.library.page(
            station_id=station_id,
            words=" ".join(words) or None,
            status=state,
            since=_in_utc(since),
            until=_in_utc(until),
            sort=sort,
            limit=limit,
            cursor=cursor,
        )
    if as_json:
        print_json(page.words)
        return
    rows = [
        (
            each.title or "-",
            day_and_time(each.recorded_at),
            duration_text(each.duration),
            size_text(each.size_bytes),
            each.status,
            each.id,
        )
        for each in page.assets
    ]
    headings = ("title", "recorded", "length", "size", "state", "id")
    print_table(
        headings, rows, "There are no replays of these words." if words else "There are no replays yet."
    )
    if page.next_cursor is not None:
        tell(f"There are more: --cursor {page.next_cursor}")


@click.command("show")
@click.argument("asset")
@json_option
def show(asset: str, as_json: bool) -> None:
    """Tell about the replay with the id ASSET."""
    with service() as client:
        found = client.library.get(asset)
        file = client.library.file(asset) if found.has_file else None
    if as_json:
        print_json({"ok": True, "asset": found.words, "file": file})
        return
    tell(f"{found.title or found.id}  {day_and_time(found.recorded_at)}  {found.status}")
    tell(f"{duration_text(found.duration)}  {size_text(found.size_bytes)}{_media_text(found)}")
    if file is not None:
        tell(file)
    if found.is_pinned:
        tell("Pinned: no rule of retention takes it.")
    if found.description:
        tell(found.description)
    for marker in found.markers:
        tell(f"{duration_text(marker.offset_ms / 1000)}  {marker.label}")
    for gap in found.gaps:
        tell(f"Not recorded: {_span_text(gap)} ({gap.reason}).")
    for missed in found.destination_gaps:
        tell(f"{missed.destination} missed {_span_text(missed)}. {missed.cause}".rstrip())


@click.command("rename")
@click.argument("asset")
@click.option("--title", help="What it is called.")
@click.option("--description", help="What it is about.")
@json_option
def rename(asset: str, title: str | None, description: str | None, as_json: bool) -> None:
    """Give the replay with the id ASSET another title or description."""
    if title is None and description is None:
        raise UserError("There is nothing to change.", hint="Give --title, --description or both.")
    with service() as client:
        changed = client.library.change(asset, title=title, description=description)
    if as_json:
        print_json({"ok": True, "asset": changed.words})


@click.command("mark")
@click.argument("asset")
@click.argument("seconds", type=click.FloatRange(min=0))
@click.argument("label", nargs=-1)
@json_option
def mark(asset: str, seconds: float, label: tuple[str, ...], as_json: bool) -> None:
    """Mark the moment SECONDS from the beginning of the replay with the id ASSET."""
    with service() as client:
        marker = client.library.mark(asset, round(seconds * 1000), " ".join(label))
    if as_json:
        print_json({"ok": True, "marker": marker.words})


@click.command("unmark")
@click.argument("asset")
@click.argument("marker")
def unmark(asset: str, marker: str) -> None:
    """Remove the marker with the id MARKER, which `vod show --json` tells, from the replay with the id ASSET."""
    with service() as client:
        client.library.remove_marker(asset, marker)


@click.command("remove")
@click.argument("asset")
@click.option("--bin", "to_bin", is_flag=True, help="Move its file to the system's bin as well.")
@json_option
def remove(asset: str, to_bin: bool, as_json: bool) -> None:
    """Remove the replay with the id ASSET from the library; its file stays where it is, unless --bin is given."""
    with service() as client:
        if to_bin:
            binned = client.library.bin(asset)
            words, lines = binned.words, [f"For half a minute: vod restore {asset} {binned.undo_token}"]
        else:
            removed = client.library.remove(asset)
            words, lines = removed.words, [] if removed.file is None else [removed.file]
    if as_json:
        print_json(words)
        return
    tell(str(words["message"]))
    for line in lines:
        tell(line)


@click.command("restore")
@click.argument("asset")
@click.argument("token")
@json_option
def restore(asset: str, token: str, as_json: bool) -> None:
    """Take the replay with the id ASSET back out of the bin, with the TOKEN that its removal told."""
    with service() as client:
        restored = client.library.restore(asset, token)
    if as_json:
        print_json({"ok": True, "asset": restored.words})


@click.command("pin")
@click.argument("asset")
@json_option
def pin(asset: str, as_json: bool) -> None:
    """Keep the replay with the id ASSET from every rule of retention."""
    _pin(asset, is_pinned=True, as_json=as_json)


@click.command("unpin")
@click.argument("asset")
@json_option
def unpin(asset: str, as_json: bool) -> None:
    """Let rules of retention take the replay with the id ASSET again."""
    _pin(asset, is_pinned=False, as_json=as_json)


@click.command("markers")
@click.argument("asset")
@json_option
def markers(asset: str, as_json: bool) -> None:
    """List the markers of the replay with the id ASSET."""
    with service() as client:
        found = client.library.markers(asset)
    if as_json:
        print_json({"ok": True, "markers": [each.words for each in found]})
        return
    rows = [(each.label or "-", duration_text(each.offset_ms / 1000), each.id) for each in found]
    print_table(("label", "at", "id"), rows, "This replay has no markers.")


def _pin(asset: str, *, is_pinned: bool, as_json: bool) -> None:
    with service() as client:
        changed = client.library.change(asset, is_pinned=is_pinned)
    if as_json:
        print_json({"ok": True, "asset": changed.words})


def _span_text(gap: Gap | DestinationGap) -> str:
    """Return from when to when; a single moment for what was left out there."""
    begin, end = duration_text(gap.start_ms / 1000), duration_text(gap.end_ms / 1000)
    return begin if gap.start_ms == gap.end_ms else f"{begin} to {end}"


def _media_text(asset: Asset) -> str:
    """Return what a replay's film is made of, as far as that is known."""
    size = "" if asset.width is None else f"{asset.width}x{asset.height}"
    fps = "" if asset.fps is None else f"{asset.fps:g} frames/s"
    parts = [each for each in (size, fps, asset.video_codec, asset.audio_codec) if each]
    return f"  {' '.join(parts)}" if parts else ""


def _in_utc(moment: datetime | None) -> str | None:
    """Return a moment of the clock on the wall as the API takes it."""
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


COMMANDS: Final[Mapping[str, click.Command]] = {
    each.name or "": each
    for each in (list_assets, show, rename, pin, unpin, markers, mark, unmark, remove, restore)
}
