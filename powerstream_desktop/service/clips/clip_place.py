"""Where a clip is written, and what its file is called in the end. Blocks as long as the disk does.

It is written in a hidden folder beside its source, into which nobody else writes and which goes away with it: the process that cuts may
be killed at any instant. When it is safe on the disk it moves out of there, under a name that nobody has.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.common.text import duration_text
from powerstream_desktop.library.clips.cut_request import DRAFT_NAME
from powerstream_desktop.recording.folder import give_name, sync_folder

_FOLDER: Final = ".powerstream-clip-"
_SUFFIX: Final = ".mp4"
_UPRIGHT: Final = " 9x16"
_LEFT_BEHIND_S: Final = 24 * 3600
"""A working folder of this age is nobody's: the service that made it was killed."""
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT})


def clip_name(stem: str, start_ms: int, *, is_upright: bool) -> str:
    """Return the name of a clip's file, such as ``Show clip 00-26-02.mp4``."""
    at = duration_text(start_ms / 1000).replace(":", "-")
    return f"{stem} clip {at}{_UPRIGHT if is_upright else ''}{_SUFFIX}"


class ClipPlace:
    """A working folder for one clip. ``make`` it, ``remove`` it.

    Args:
        clip_id: of the clip.
        folders: where the clip may lie, the best one first.
    """

    def __init__(self, clip_id: str, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._name = f"{_FOLDER}{clip_id}"
        self.folder = folders[0] / self._name

    def make(self) -> None:
        """Make the folder, in the first place that allows it.

        Raises:
            SystemFault: none may be written to.
        """
        refused: OSError | None = None
        for home in self._folders:
            self.folder = home / self._name
            try:
                self.folder.mkdir(mode=0o700)
            except OSError as error:
                refused = error
                if error.errno in _READ_ONLY:
                    continue
                break
            _remove_left_behind(home)
            return
        raise _not_writable(self._folders, refused)

    @property
    def draft(self) -> Path:
        """The file that is written."""
        return self.folder / DRAFT_NAME

    def publish(self, name: str) -> Path:
        """Give the clip its name, numbered if somebody has taken it, and return where it is.

        Raises:
            SystemFault: the disk does not allow it.
        """
        home = self.folder.parent
        path = give_name(self.draft, home / name)
        with contextlib.suppress(OSError):  # the file is there; a power cut might still forget its name
            sync_folder(home)
        return path

    def remove(self) -> None:
        """Remove the folder with whatever is left in it; harmless when it is gone, or was never made."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _remove_left_behind(home: Path) -> None:
    """Remove the working folders of services that were killed."""
    oldest_s = time.time() - _LEFT_BEHIND_S
    with contextlib.suppress(OSError):
        for folder in home.glob(f"{_FOLDER}*"):
            if folder.is_dir() and not folder.is_symlink() and folder.stat().st_mtime < oldest_s:
                shutil.rmtree(folder, ignore_errors=True)


def _not_writable(folders: Sequence[Path], error: OSError | None) -> PowerStreamError:
    if error is not None and error.errno == errno.ENOSPC:
        return SystemFault("The disk is full: no clip can be written.", hint="Make room, then try again.")
    return SystemFault(
        f"No clip can be written into {folders[0]}.",
        hint="Make the folder writable for you, and the disk if it is read-only.",
        detail=repr(error),
    )
