"""The folder of replays' pictures and waveforms: small files, each named by its replay; all of them can be made again.

All methods block as the disk does.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.frozen_json import MalformedError, parse_json, write_json
from powerstream_desktop.common.whole_file import replace_file

_MAX_WAVEFORM_BYTES: Final = 2 * 1024 * 1024
_WORK_PREFIX: Final = ".work-"
_OURS: Final = re.compile(r"(?:thumbnail|strip|waveform)-([0-9A-Za-z_-]{1,64})\.(?:jpg|json)")


def thumbnail_name(asset_id: str) -> str:
    """Return what the file of a replay's picture is called."""
    return f"thumbnail-{asset_id}.jpg"


def strip_name(asset_id: str) -> str:
    """Return what the file of a replay's strip is called."""
    return f"strip-{asset_id}.jpg"


def waveform_name(asset_id: str) -> str:
    """Return what the file of a replay's waveform is called."""
    return f"waveform-{asset_id}.json"


class PictureFolder:
    """The files in the folder.

    Args:
        folder: made when something is put into it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has_pictures(self, asset_id: str) -> bool:
        """Return whether picture and strip of a replay are there."""
        return all(_is_whole(self.folder / name) for name in (thumbnail_name(asset_id), strip_name(asset_id)))

    def has_waveform(self, asset_id: str) -> bool:
        """Return whether a replay's waveform is there."""
        return (self.folder / waveform_name(asset_id)).is_file()

    def make_workplace(self) -> Path:
        """Return a new, empty folder on the same disk; SystemFault if the disk refuses."""
        with _told():
            self.folder.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=self.folder))

    def remove_workplace(self, place: Path) -> None:
        """Remove a workplace with all that is in it."""
        shutil.rmtree(place, ignore_errors=True)

    def sweep(self) -> None:
        """Remove workplaces that a crash has left."""
        with contextlib.suppress(OSError):
            for left in self.folder.glob(f"{_WORK_PREFIX}*"):
                shutil.rmtree(left, ignore_errors=True)

    def keep_pictures(self, asset_id: str, thumbnail: Path, strip: Path) -> None:
        """Take finished files in; SystemFault if the disk refuses."""
        with _told():
            strip.replace(self.folder / strip_name(asset_id))
            thumbnail.replace(self.folder / thumbnail_name(asset_id))

    def keep_waveform(self, asset_id: str, per_second: float, peaks: str) -> None:
        """Write a waveform; SystemFault if the disk refuses.

        Args:
            asset_id: of the replay.
            per_second: how many peaks there are for a second.
            peaks: a byte each, in base64.
        """
        with _told():
            self.folder.mkdir(parents=True, exist_ok=True)
            content = write_json({"perSecond": per_second, "peaks": peaks}).encode()
            replace_file(self.folder / waveform_name(asset_id), content)

    def waveform(self, asset_id: str) -> tuple[float, str] | None:
        """Return peaks per second and peaks in base64; None if there is none that can be read."""
        try:
            with (self.folder / waveform_name(asset_id)).open("rb") as file:
                words = parse_json(file.read(_MAX_WAVEFORM_BYTES))
            return float(words["perSecond"]), str(words["peaks"])
        except (OSError, MalformedError, KeyError, TypeError, ValueError):
            return None

    def strangers(self, known: Collection[str]) -> list[str]:
        """Return the replays that have files here and are none of those that are known."""
        found = set()
        with contextlib.suppress(OSError):
            found = {match[1] for file in self.folder.iterdir() if (match := _OURS.fullmatch(file.name))}
        return sorted(found.difference(known))

    def forget(self, asset_id: str) -> None:
        """Remove all files of a replay; what cannot be removed harms nobody."""
        for name in (thumbnail_name(asset_id), strip_name(asset_id), waveform_name(asset_id)):
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)


def _is_whole(picture: Path) -> bool:
    """Return whether there is a picture, and not merely the name that a power cut has left of one."""
    try:
        return picture.stat().st_size > 0
    except OSError:
        return False


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SystemFault(
            "The pictures of a replay could not be saved.",
            hint="Make room on the disk with PowerStream's data.",
            detail=f"{type(error).__name__}: {error.strerror or os.strerror(error.errno or 0)}",
        ) from error
