"""``powerstream vod clip|export``: pieces of replays, and whole ones, as files to take away."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service
from powerstream_desktop.cli.ending import EXIT_FAILED
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.text import duration_text, size_text

if TYPE_CHECKING:
    from powerstream_desktop.client.client import Client
    from powerstream_desktop.client.clips import Clip, Clips

_LOOK_EVERY_S: Final = 0.25
_MOMENT: Final = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d{1,3})?)")
_MS: Final = 1000


class MomentType(click.ParamType[int]):
    """A moment of a film, in milliseconds: ``62``, ``62.5``, ``1:02`` or ``1:01:02.250``."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the milliseconds."""
        if isinstance(value, int):
            return value
        found = _MOMENT.fullmatch(str(value))
        if found is None or (found[2] is not None and float(found[3]) >= 60):
            self.fail(f"{value!r} is no moment such as 62.5, 1:02 or 1:01:02.250", param, ctx)
        hours, minutes, seconds = int(found[1] or 0), int(found[2] or 0), float(found[3])
        return (hours * 60 + minutes) * 60 * _MS + round(seconds * _MS)


@click.command("clip")
@click.argument("asset")
@click.option("--from", "start_ms", type=MomentType(), required=True, help="Where it begins, such as 1:02.")
@click.option("--to", "end_ms", type=MomentType(), required=True, help="Where it ends.")
@click.option("--exact", is_flag=True, help="Exactly these frames; otherwise it begins at a key frame.")
@click.option(
    "--vertical",
    "centre_x",
    type=click.FloatRange(0, 1),
    metavar="CENTRE",
    help="An upright clip of 9:16; where the middle of what it keeps is, 0 (left) to 1.",
)
@click.option("--title", default="", help="What it is called.")
@json_option
def clip(
    asset: str,
    start_ms: int,
    end_ms: int,
    exact: bool,
    centre_x: float | None,
    title: str,
    as_json: bool,
) -> None:
    """Cut a clip out of the replay with the id ASSET, and wait for it; Ctrl+C does without it.

    The clip is a replay of its own, and its file lies beside that of the replay.
    """
    with service() as client:
        from powerstream_desktop.client.clips import EXACT, FAST

        made = _waited_for(
            client,
            client.clips.make(
                asset,
                start_ms=start_ms,
                end_ms=end_ms,
                mode=EXACT if exact else FAST,
                title=title,
                centre_x=centre_x,
            ),
        )
        file = client.library.file(made.result_asset_id) if made.result_asset_id is not None else None
    if as_json:
        print_json({"ok": made.state == "done", "clip": made.words, "file": file})
    else:
        _tell_end(made, file)
    sys.exit(0 if made.state == "done" else EXIT_FAILED)


@click.command("export")
@click.argument("asset")
@click.argument("target", type=click.Path(path_type=Path))
def export(asset: str, target: Path) -> None:
    """Copy the film of the replay with the id ASSET to TARGET, a folder or the name of a new file."""
    with service() as client:
        source = Path(client.library.file(asset))
    tell(str(copy_film(source, target)))


def copy_film(source: Path, target: Path, copy: Callable[[Path, Path], object] = shutil.copyfile) -> Path:
    """Copy a film, so that the copy is there whole or not at all, and return where it is.

    Args:
        source: of the film.
        target: a folder, or the name of a file that does not exist.
        copy: copies a file.

    Raises:
        UserError: there is a file of this name, or no such folder.
        SystemFault: a disk refuses.
    """
    wanted = target / source.name if target.is_dir() else target
    if wanted.exists():
        raise UserError(f"There is a file {wanted} already.", hint="Choose another name.")
    if not wanted.parent.is_dir():
        raise UserError(f"There is no folder {wanted.parent}.", hint="Make it first.")
    from powerstream_desktop.recording.folder import give_name

    draft = wanted.with_name(f".{wanted.name}.part")
    try:
        try:
            copy(source, draft)
            with draft.open("rb+") as written:
                os.fsync(written.fileno())
        except OSError as error:
            raise SystemFault(
                f"{source.name} cannot be copied: {error.strerror}.",
                hint="Check both disks.",
                detail=repr(error),
            ) from error
        return give_name(draft, wanted)
    finally:
        draft.unlink(missing_ok=True)


def clip_as_it_is(clips: Clips, clip: Clip) -> Clip:
    """Return a clip as it is now.

    Raises:
        ServiceGoneError: the service that was to cut it is gone, and another knows nothing of it.
    """
    for each in clips.all():
        if each.id == clip.id:
            return each
    from powerstream_desktop.client.errors import ServiceGoneError

    raise ServiceGoneError(
        "PowerStream's service was started anew while the clip was being cut.",
        hint="Cut it again.",
        has_changed=True,
    )


def _waited_for(client: Client, clip: Clip) -> Clip:
    """Return a clip when it is over; whoever does not want to wait does without it."""
    try:
        with click.progressbar(length=_MS, label="Cutting", file=sys.stderr) as bar:
            while not clip.is_over:
                time.sleep(_LOOK_EVERY_S)
                clip = clip_as_it_is(client.clips, clip)
                bar.update(round(clip.progress * _MS) - bar.pos)
    except KeyboardInterrupt:
        return client.clips.cancel(clip.id)
    return clip


def _tell_end(clip: Clip, file: str | None) -> None:
    if clip.state != "done" or clip.actual_start_ms is None or clip.actual_end_ms is None:
        tell(clip.error or "The clip was done without.")
        return
    before, behind = clip.start_ms - clip.actual_start_ms, clip.actual_end_ms - clip.end_ms
    more = "" if max(before, behind) <= 0 else f", {_seconds(before)} before and {_seconds(behind)} behind it"
    length = duration_text((clip.actual_end_ms - clip.actual_start_ms) / _MS)
    tell(f"{clip.title}  {length}{more}  {clip.result_asset_id}")
    if file is not None:
        tell(f"{file}  {size_text(Path(file).stat().st_size)}")


def _seconds(milliseconds: int) -> str:
    return f"{max(0, milliseconds) / _MS:.2f} s"


COMMANDS: Final[Mapping[str, click.Command]] = {"clip": clip, "export": export}
