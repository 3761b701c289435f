"""``powerstream vod verify``: whether a film is whole, or a copy in the cloud good."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.cli.ending import EXIT_FAILED, say
from powerstream_desktop.cli.vod_cloud import LOOK_EVERY_S
from powerstream_desktop.common.text import duration_text, printable_text

if TYPE_CHECKING:
    from powerstream_desktop.library.workshop.results import Verification


@click.command("verify")
@click.argument("replay", metavar="ID|FILE")
@click.option(
    "--cloud", "is_of_cloud", is_flag=True, help="Look at the copy in the cloud instead of the file."
)
@click.option("--full", is_flag=True, help="With --cloud: read all of its bytes, not only some.")
@json_option
@click.pass_context
def verify(ctx: click.Context, replay: str, is_of_cloud: bool, full: bool, as_json: bool) -> None:
    """Read the replay with this ID, or any FILE, to its end, and tell whether it is whole.

    Every packet is read, and the first and last pictures are decoded. With --cloud the copy of the replay with this ID is compared
    with what was uploaded: by what the store says and some of its bytes, or by all of them. Exit code 1 if something is wrong.
    """
    if full and not is_of_cloud:
        raise click.UsageError("--full says how a copy is looked at: it needs --cloud.")
    if is_of_cloud:
        _verify_copy(ctx, replay, full=full, as_json=as_json)
        return
    file = _file_of(replay)
    found = asyncio.run(_verified(file))
    if as_json:
        words = {"file": str(file), "packets": found.packets, "durationMs": found.duration_ms}
        print_json({"ok": found.is_good, **words, "faults": list(found.faults)})
    elif found.is_good:
        length = duration_text(found.duration_ms / 1000)
        tell(f"{printable_text(file.name)} is whole: {length}, {found.packets} packets.")
    else:
        for fault in found.faults:
            tell(fault)
    if not found.is_good:
        ctx.exit(EXIT_FAILED)


def _verify_copy(ctx: click.Context, asset_id: str, *, full: bool, as_json: bool) -> None:
    """Have a copy looked at, and wait for what comes of it."""
    with service() as client:
        before = client.library.get(asset_id).sync.verified_at
        client.cloud.verify(asset_id, full=full)
        while (asset := client.library.get(asset_id)).sync.wanted is not None:
            time.sleep(LOOK_EVERY_S)
    trouble = asset.sync.trouble
    is_good = trouble is None and asset.sync.verified_at != before
    if as_json:
        print_json({"ok": is_good, "asset": asset.words})
    elif trouble is None and not is_good:
        say("The check was cancelled meanwhile: nothing is known that was not before.")
    elif trouble is None:
        how = (
            "all of its bytes are right"
            if full
            else "its length, its checksum and some of its bytes are right"
        )
        tell(f"The copy of {printable_text(asset.title or asset.id)} in the cloud is good: {how}.")
    else:
        say(f"{trouble.sentence} {trouble.remedy}".rstrip())
    if not is_good:
        ctx.exit(EXIT_FAILED)


def _file_of(replay: str) -> Path:
    """Return the file that is meant; a name that is both is the file."""
    path = Path(replay)
    if path.exists() or path.parent != Path():
        return path
    with service() as client:
        return Path(client.library.file(replay))


async def _verified(file: Path) -> Verification:
    from powerstream_desktop.library.workshop.workshop import Workshop

    workshop = Workshop()
    try:
        return await workshop.verify(file, _show if sys.stderr.isatty() else None)
    finally:
        await workshop.aclose()
        if sys.stderr.isatty():
            click.echo("\r    \r", err=True, nl=False)


def _show(done: float) -> None:
    click.echo(f"\r{done:4.0%}", err=True, nl=False)


COMMANDS: Final[Mapping[str, click.Command]] = {"verify": verify}
