"""``powerstream vod verify``: whether a film is whole."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.common.text import duration_text, printable_text

if TYPE_CHECKING:
    from powerstream_desktop.library.workshop.results import Verification


@click.command("verify")
@click.argument("replay", metavar="ID|FILE")
@json_option
@click.pass_context
def verify(ctx: click.Context, replay: str, as_json: bool) -> None:
    """Read the replay with this ID, or any FILE, to its end, and tell whether it is whole.

    Every packet is read, and the first and last pictures are decoded. Exit code 1 if something is wrong.
    """
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
