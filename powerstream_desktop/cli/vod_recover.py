"""``powerstream vod recover``: makes new files of damaged recordings. It needs no service, and works on any file."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.common.errors import BugError, PowerStreamError, UserError
from powerstream_desktop.common.text import duration_text, printable_text, size_text
from powerstream_desktop.recording.naming import is_unfinished

if TYPE_CHECKING:
    from powerstream_desktop.recording.finding import Look
    from powerstream_desktop.recording.recovery import Recovered

_STILL_WRITTEN_S: Final = 60.0
"""A recording grows twice a second."""


@click.command("recover")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER…")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def recover(paths: tuple[Path, ...], as_json: bool) -> None:
    """Save what is whole of damaged recordings.

    Each damaged FILE gets a new one beside it, "… recovered.mp4", and stays as it is. A FOLDER stands for the recordings in it
    that were never finished, and that nobody has written to for a minute. The exit code is 0 if all of them play now.
    """
    files = [file for path in paths for file in _files_of(path)]
    outcomes = asyncio.run(_outcomes(files, is_told=not as_json))
    is_ok = all(each["plays"] for each in outcomes)
    if as_json:
        click.echo(json.dumps({"ok": is_ok, "files": outcomes}))
    sys.exit(0 if is_ok else EXIT_FAILED)


def _files_of(path: Path) -> list[Path]:
    """Return the files that are meant.

    Raises:
        UserError: a folder cannot be read.
    """
    if not path.is_dir():
        return [path]
    try:
        left = [each for each in sorted(path.iterdir()) if is_unfinished(each.name)]
        return [each for each in left if time.time() - each.stat().st_mtime > _STILL_WRITTEN_S]
    except OSError as error:
        raise UserError(
            f"The folder {path} cannot be read.", hint="Check its name and its disk.", detail=str(error)
        ) from error


async def _outcomes(files: Sequence[Path], *, is_told: bool) -> list[dict[str, Any]]:
    """Recover files one after the other; each is looked into by a confined process, which it may break."""
    from powerstream_desktop.library.workshop.workshop import Workshop
    from powerstream_desktop.service.multistream.confined_look import ConfinedLook

    workshop = Workshop()
    look = ConfinedLook(workshop, asyncio.get_running_loop(), into_new_file=True)
    outcomes = []
    try:
        for file in files:
            outcome = await asyncio.to_thread(_outcome, file, look)
            outcomes.append(outcome)
            if is_told:
                click.echo(_line(outcome))
    finally:
        await workshop.aclose()
    return outcomes


def _outcome(file: Path, look: Look) -> dict[str, Any]:
    # PyAV comes in with it.
    from powerstream_desktop.recording import recovery

    try:
        found = recovery.recover(file, look)
    except BugError:
        raise
    except PowerStreamError as error:
        return {"file": str(file), "plays": False, "why": str(error)}
    if found is None:
        return {"file": str(file), "plays": False, "why": "Nothing in it plays."}
    return {"file": str(file), "plays": True, **_facts(found)}


def _facts(found: Recovered) -> dict[str, Any]:
    return {
        "result": str(found.path),
        "isNew": found.is_new,
        "durationMs": round(found.duration_s * 1000),
        "sizeBytes": found.size_bytes,
        "skippedBytes": found.skipped_bytes,
    }


def _line(outcome: Mapping[str, Any]) -> str:
    name = printable_text(Path(outcome["file"]).name)
    if not outcome["plays"]:
        return f"✖ {name}: {printable_text(outcome['why'])}"
    length = duration_text(outcome["durationMs"] / 1000)
    if not outcome["isNew"]:
        return f"● {name}: nothing is wrong with it; it plays for {length}."
    new = printable_text(Path(outcome["result"]).name)
    skipped = outcome["skippedBytes"]
    lost = f"; {size_text(skipped)} of it are damaged and left out" if skipped else "; nothing is lost"
    return f"● {name}: {new} plays for {length}{lost}."


COMMANDS: Final[Mapping[str, click.Command]] = {"recover": recover}
