"""``powerstream vod storage|retention|rebuild``: the library as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_printing import day_and_time, print_json, print_table, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.common.text import size_text

if TYPE_CHECKING:
    from powerstream_desktop.client.library_care import RetentionPlan


@click.command("storage")
@json_option
def storage(as_json: bool) -> None:
    """Tell how much room replays take."""
    with service() as client:
        found = client.library.storage()
    if as_json:
        print_json(found.words)
        return
    free = "" if found.free_bytes is None else f", {size_text(found.free_bytes)} free"
    tell(f"{found.count} replays, {size_text(found.used_bytes)}{free}")
    if found.folder is not None:
        tell(found.folder)


@click.command("retention")
@click.option(
    "--apply", "applies", is_flag=True, help="Remove them; of what the cloud has too, only the files."
)
@json_option
def retention(applies: bool, as_json: bool) -> None:
    """Tell what the rules of retention would remove, and what they would but must not.

    The rules are settings: `ctl settings set retention.keep_days 30`.
    """
    with service() as client:
        plan = client.library.apply_retention() if applies else client.library.retention()
    if as_json:
        print_json(plan.words)
        return
    print_table(
        ("title", "recorded", "size", "removed" if applies else "would go", "id"),
        _rows(plan),
        "No rule removes anything." if applies else "No rule would remove anything.",
    )
    if plan.freed_bytes:
        tell(f"{size_text(plan.freed_bytes)} {'are' if applies else 'would be'} free.")
    if plan.waiting_bytes:
        follows = "follow" if applies else "would follow"
        tell(f"{size_text(plan.waiting_bytes)} {follows} once the copies in the cloud were verified again.")


@click.command("rebuild")
@json_option
def rebuild(as_json: bool) -> None:
    """Add what the folders of recordings have and the library does not know; nothing is removed or changed."""
    with service() as client:
        rebuilt = client.library.rebuild()
    if as_json:
        print_json(rebuilt.words)
        return
    tell(f"{len(rebuilt.added)} added, {len(rebuilt.moved)} found at another place.")
    for problem in rebuilt.problems:
        tell(problem)


def _rows(plan: RetentionPlan) -> list[tuple[str, ...]]:
    return [
        (
            entry.title or "-",
            day_and_time(entry.recorded_at),
            size_text(entry.size_bytes),
            f"{'later' if entry.waits_for_check else verb}: {entry.sentence}",
            entry.asset_id,
        )
        for verb, entries in (("yes", plan.removes), ("no", plan.keeps))
        for entry in entries
    ]


COMMANDS: Final[Mapping[str, click.Command]] = {
    each.name or "": each for each in (storage, retention, rebuild)
}
