"""Files that are being given up, under their other name: to give them that, and what a crash has left of it.

A killed service may leave the other name with the row as it was, or with a row that says that the file was given up. Neither is a
reason to remove it: it gets its own name back.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.common.companion import companion
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.free_name import rename_to_free
from powerstream_desktop.service.cloud.kept_uploads import head_in, keep_record, read_record
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.cloud.upload_queue import ELSEWHERE
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.tables import Tables

ASIDE: Final = ".evict"
GIVEN_UP: Final = (UploadState.EVICTED.value, ELSEWHERE)
"""Words of the lives of uploads whose files are gone: another store may have been chosen since."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A file that a row says was given up, under the name that it had."""

    asset_id: str
    file: Path


def given_up(tables: Tables) -> tuple[GivenUp, ...]:
    """Return the files that were given up, and whose names no other replay has; a job of the store."""
    here = frozenset(tables.asset_files.all().values())
    return tuple(
        GivenUp(asset_id=each.asset_id, file=Path(each.was_file))
        for each in tables.uploads.living(GIVEN_UP)
        if each.was_file is not None and Path(each.was_file) not in here
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BackAgain:
    """What was found of such a file.

    Attributes:
        mark: of the file as it is now.
        size_bytes: its length.
        is_same: it is the film that was uploaded.
    """

    mark: str
    size_bytes: int
    is_same: bool


def look_aside(file: Path) -> os.stat_result | None:
    """Return what lies under a file's other name; None if nothing does, or it cannot have its own because another file has it.

    Raises:
        OSError: its disk does not answer.
    """
    aside = companion(file, ASIDE)
    if not aside.is_file():
        return None
    if file.exists():
        logger.info("%s stays: another file is called %s.", aside.name, file.name)
        return None
    return aside.stat()


def head_of_given_up(tables: Tables, asset_id: str) -> UploadRecord | None:
    """Return what is known of the film of a file that was given up; None if it is not given up any more. A job of the store."""
    upload = tables.uploads.get(asset_id)
    return head_in(upload) if upload is not None and upload.life in GIVEN_UP else None


def take_back(tables: Tables, found: GivenUp, here: BackAgain, now: datetime) -> bool:
    """Say that a file was not given up after all; False if its replay stands otherwise by now. A job of the store.

    What is wished of the replay stays wished. A file that is not the one that was uploaded is one that was never uploaded.
    """
    asset, head = asset_or_none(tables, found.asset_id), head_of_given_up(tables, found.asset_id)
    if asset is None or asset.file is not None or head is None:
        return False
    record = read_record(tables, found.asset_id)
    if record is not None and here.is_same:
        keep_record(tables, record, record.after(UploadEvent.FETCHED, mark=here.mark), now)
    else:  # its copy is another one by now, or in a store that is not chosen
        tables.uploads.remove(found.asset_id)
    sha256 = head.sha256 if here.is_same else None
    back = replace(asset, file=str(found.file), status=AssetStatus.READY, size_bytes=here.size_bytes)
    tables.assets.put(replace(back, sha256=sha256))
    return True


def give_names_back(files: Iterable[Path]) -> None:
    """Give each of these its own name, where only the other one is left of it; one that cannot have it hinders no other."""
    for file in files:
        try:
            _give_name_back(file)
        except (SystemFault, OSError) as error:  # a disk that cannot be written to, a name that is too long
            logger.info("What a crash may have left of %s is not put right: %s", file.name, error)


def _give_name_back(file: Path) -> None:
    aside = companion(file, ASIDE)
    if not aside.is_file():
        return
    if not file.exists():
        rename_durably(aside, file)
    elif aside.samefile(file) or aside.stat().st_size == 0:
        # It ended in the middle of renaming: two names of one file, or one that only holds the name.
        remove(aside)
    elif file.stat().st_size == 0:
        aside.replace(file)  # the same on the way back


def rename_durably(source: Path, target: Path) -> None:
    """Give a file a free name, also for after a power cut; SystemFault if it has its own still."""
    try:
        rename_to_free(source, target)
        _settle(target.parent)
    except FileExistsError as error:
        raise SystemFault(
            f"{source.name} cannot be renamed: another file is called {target.name}.",
            hint="Rename that one, then try again.",
            detail=repr(error),
        ) from error
    except OSError as error:
        raise SystemFault(
            f"{source.name} cannot be renamed.", hint="Close what has it open.", detail=repr(error)
        ) from error


def remove(file: Path) -> None:
    """Remove a file, harmless if it is gone; SystemFault if the disk refuses."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise SystemFault(
            f"{file.name} cannot be removed.",
            hint="It stays. Look whether its folder may be written to, then try again.",
            detail=repr(error),
        ) from error


def _settle(folder: Path) -> None:
    """Have a folder's names survive a power cut, where system and disk can; some network disks refuse, and the file has its new name."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
