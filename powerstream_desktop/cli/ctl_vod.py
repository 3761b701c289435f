"""``powerstream ctl vod``: what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.ctl_names import complete_station
from powerstream_desktop.cli.ctl_printing import day_and_time, print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service, the_one
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.text import duration_text, size_text


@click.group("vod")
def vod() -> None:
    """What was recorded."""


@vod.command("list")
@click.argument("words", nargs=-1)
@click.option("--station", metavar="NAME", shell_complete=complete_station, help="Only of this station.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many.")
@click.option("--cursor", help="Behind what an earlier list said in nextCursor.")
@json_option
def list_assets(
    words: tuple[str, ...], station: str | None, limit: int, cursor: str | None, as_json: bool
) -> None:
    """List replays, the newest first; those with these WORDS, if any are given."""
    with service() as client:
        station_id = None if station is None else the_one("station", station, client.stations.all()).id
        page = client.library.page(
            station_id=station_id, words=" ".join(words) or None, limit=limit, cursor=cursor
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


@vod.command("show")
@click.argument("asset")
@json_option
def show(asset: str, as_json: bool) -> None:
    """Tell about the replay with the id ASSET."""
    with service() as client:
        found = client.library.get(asset)
    if as_json:
        print_json({"ok": True, "asset": found.words})
        return
    tell(f"{found.title or found.id}  {day_and_time(found.recorded_at)}  {found.status}")
    tell(f"{duration_text(found.duration)}  {size_text(found.size_bytes)}")
    if found.description:
        tell(found.description)
    for marker in found.markers:
        tell(f"{duration_text(marker.offset_ms / 1000)}  {marker.label}")


@vod.command("rename")
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


@vod.command("mark")
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


@vod.command("unmark")
@click.argument("asset")
@click.argument("marker")
def unmark(asset: str, marker: str) -> None:
    """Remove the marker with the id MARKER, which `vod show --json` tells, from the replay with the id ASSET."""
    with service() as client:
        client.library.remove_marker(asset, marker)


@vod.command("remove")
@click.argument("asset")
@json_option
def remove(asset: str, as_json: bool) -> None:
    """Remove the replay with the id ASSET from the library; its file stays where it is."""
    with service() as client:
        removed = client.library.remove(asset)
    if as_json:
        print_json(removed.words)
    else:
        tell(removed.message)
        if removed.file is not None:
            tell(removed.file)


COMMANDS: Final[Mapping[str, click.Command]] = {"vod": vod}
