"""What recording does to a folder: check it, take a name in it, give a finished file its final name.

No file is ever overwritten, whoever else writes into the folder at the same time.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.free_name import rename_to_free
from powerstream_desktop.recording.disk_faults import disk_fault, folder_fault
from powerstream_desktop.recording.naming import candidates, finished_name, unfinished_name
from powerstream_desktop.recording.options import Container
from powerstream_desktop.recording.raw_file import RawFile
from powerstream_desktop.recording.safe_file import SafeFile

_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS})
"""What network drives and FUSE file systems answer that cannot sync a folder."""


def prepare_folder(folder: Path) -> int:
    """Make the folder when it is missing, and prove that a file can be written into it.

    Returns:
        the number of its disk.

    Raises:
        UserError: it is no folder, or may not be written to.
        SystemFault: the disk is full or does not answer properly.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
            probe.flush()
        return folder.stat().st_dev
    except OSError as error:
        raise folder_fault(folder, error) from error


def free_bytes_in(folder: Path) -> int | None:
    """Return how much this user may still write on the disk of an existing folder; ``None`` if the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None  # a disk that is gone tells by its next write


def create_unfinished(
    folder: Path,
    stem: str,
    container: Container,
    open_raw: Callable[[Path], RawFile],
    make_room: Callable[[], bool] | None = None,
) -> tuple[Path, SafeFile]:
    """Create a file with the first free name for ``stem``; free means that its finished name is free too.

    Args:
        folder: where.
        stem: wanted name without suffix.
        container: what the file is.
        open_raw: creates the file, and raises ``FileExistsError`` when there is one of that name.
        make_room: frees what was kept aside on a disk that is full.

    Raises:
        SystemFault: the disk does not allow it.
    """
    try:
        for stem_tried in candidates(stem):
            path = folder / unfinished_name(stem_tried, container)
            if path.with_name(finished_name(path.name)).exists():
                continue
            try:
                return path, SafeFile(open_raw(path), make_room=make_room)
            except FileExistsError:
                continue
    except OSError as error:
        raise disk_fault(error) from error
    raise disk_fault(FileExistsError(errno.EEXIST, "every name tried is taken"))


def publish(unfinished: Path) -> Path:
    """Give a finished, synced file its final name, and make the folder remember it.

    Returns:
        the final path: the unfinished one without its ``.recording``, numbered when somebody took it.

    Raises:
        SystemFault: the disk does not allow it; the file keeps its unfinished name.
    """
    return give_name(unfinished, unfinished.with_name(finished_name(unfinished.name)))


def give_name(file: Path, wanted: Path) -> Path:
    """Give a synced file another name on its disk, numbered when somebody took it, and make its folder remember it.

    Returns:
        the name it has got.

    Raises:
        SystemFault: the disk does not allow it; the file keeps the name it has.
    """
    try:
        for stem_tried in candidates(wanted.stem):
            free = wanted.with_name(stem_tried + wanted.suffix)
            try:
                rename_to_free(file, free)
            except FileExistsError:
                continue
            sync_folder(free.parent)
            return free
    except OSError as error:
        raise disk_fault(error) from error
    raise disk_fault(FileExistsError(errno.EEXIST, "every name tried is taken"))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the file system knows how to.

    Raises:
        OSError: the disk does not answer properly.
    """
    if sys.platform == "win32":  # has no call for it, and does it by itself
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
