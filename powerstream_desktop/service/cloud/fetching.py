"""Bringing the file of a replay back from the cloud. It is there under its name only when it was verified (V24)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.courier.part_file import part_file
from powerstream_desktop.cloud.uploads.file_mark import mark_of_file
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.cloud.courier_port import OnProgress
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.cloud.unbroken import unbroken
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import Upload
from powerstream_desktop.service.vod.quiet_hash import quiet_hash

_WITH_COPY: Final = frozenset({UploadState.EVICTED, UploadState.ACKNOWLEDGED})
_MOST_PLACES: Final = 100

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """Brings files back; one at a time.

    Attributes:
        store: where replays and uploads are.
        line: to the store in the cloud.
        folder: where a file goes that was never here, or whose folder is gone.
        may_read: whether a large file may be read now.
        changed: told of each replay that has its file again.
        wall_now: wall time with its zone.
    """

    store: Store
    line: StoreLine
    folder: Callable[[], Path]
    may_read: Callable[[], bool]
    changed: Callable[[str], None]
    wall_now: Callable[[], datetime]

    async def require(self, asset_id: str) -> tuple[UploadRecord, Path | None]:
        """Return the upload of a replay that is in the cloud only, or whose file is gone, and where that was.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: its file is here, or there is no copy.
        """

        def read(tables: Tables) -> tuple[UploadRecord, Path | None]:
            asset, record = tables.assets.get(asset_id), read_record(tables, asset_id)
            if asset.file is not None and asset.status is not AssetStatus.MISSING:
                raise ConflictError("The file of this replay is on this computer.", hint="Play it.")
            upload = tables.uploads.get(asset_id)
            if record is None and upload is not None and upload.trouble is not None:
                raise ConflictError(upload.trouble.sentence, hint=upload.trouble.remedy)
            if record is None or upload is None or record.state not in _WITH_COPY:
                raise ConflictError(
                    "There is no copy of this replay in the cloud.", hint="Look where it was recorded."
                )
            place = asset.file or upload.was_file
            return record, None if place is None else Path(place)

        return await self.store.read(read)

    async def fetch(self, asset_id: str, on_progress: OnProgress) -> None:
        """Bring a file back.

        Raises:
            ConflictError: as ``require``.
            PowerStreamError: the store, the network or the disk does not allow it; what came is kept for the next time.
        """
        record, was_file = await self.require(asset_id)
        there = await self._there_already(record, was_file)
        if there is not None:
            await unbroken(self._take(record, there))
            return
        courier = await self.line.courier()
        target = await asyncio.to_thread(_free_place, record, was_file, self.folder())
        await courier.download(record, target, on_progress)
        await unbroken(self._take_fetched(record, target))

    async def forget(self, asset_id: str) -> None:
        """Remove what has come of a file that nobody wants any more; harmless if there is nothing."""

        def read(tables: Tables) -> tuple[UploadRecord | None, Upload | None]:
            return read_record(tables, asset_id), tables.uploads.get(asset_id)

        record, upload = await self.store.read(read)
        if record is None or upload is None:
            return
        was_file = None if upload.was_file is None else Path(upload.was_file)
        await asyncio.to_thread(_remove_parts, _places(record, was_file, self.folder()))

    async def _take_fetched(self, record: UploadRecord, target: Path) -> None:
        """Have the library know of a file that was fetched just now; if its replay was removed meanwhile it goes too."""
        try:
            await self._take(record, target)
        except UnknownRecordError:
            await asyncio.to_thread(target.unlink, missing_ok=True)
            raise

    async def _take(self, record: UploadRecord, target: Path) -> None:
        """Have the library know of a file; UnknownRecordError if its replay was removed meanwhile."""
        mark, now = await asyncio.to_thread(mark_of_file, target), self.wall_now()
        await self.store.write(lambda tables: _keep(tables, record, target, mark, now))
        self.changed(record.asset_id)

    async def _there_already(self, record: UploadRecord, was_file: Path | None) -> Path | None:
        """Return where the file lies that nobody knows of: whoever fetched it was killed before it could be written down, or somebody has put it there."""
        taken = await self.store.read(lambda tables: tables.asset_files.all())
        others = {file for asset_id, file in taken.items() if asset_id != record.asset_id}
        places = [each for each in _places(record, was_file, self.folder()) if each not in others]
        for place in await asyncio.to_thread(_of_size, places, record.size_bytes):
            try:
                if await quiet_hash(place, self.may_read) == record.sha256:
                    return place
            except OSError as error:
                logger.info(
                    "What lies at the place of the replay %s cannot be read: %s", record.asset_id, error
                )
        return None


def _keep(tables: Tables, record: UploadRecord, target: Path, mark: str, now: datetime) -> None:
    """Say that the file is here again; what became of its copy meanwhile stands."""
    asset, current = tables.assets.get(record.asset_id), read_record(tables, record.asset_id)
    if current == record:
        here = (
            record.after(UploadEvent.FETCHED, mark=mark)
            if record.state is UploadState.EVICTED
            else replace(record, mark=mark)
        )
        keep_record(tables, record, here, now)
    else:
        tables.uploads.remove(
            record.asset_id
        )  # its copy is another one by now, or in a store that is not chosen
    tables.assets.put(
        replace(
            asset,
            file=str(target),
            status=AssetStatus.READY,
            size_bytes=record.size_bytes,
            sha256=record.sha256,
        )
    )


def _places(record: UploadRecord, was_file: Path | None, folder: Path) -> tuple[Path, ...]:
    """Return where a file may be brought to, the best place first."""
    names = (
        f"{record.asset_id}{record.suffix}",
        *(f"{record.asset_id}-{n}{record.suffix}" for n in range(2, _MOST_PLACES)),
    )
    return (*(() if was_file is None else (was_file,)), *(folder / name for name in names))


def _of_size(files: Iterable[Path], size_bytes: int) -> list[Path]:
    """Return those that are there and so long."""
    found: list[Path] = []
    for file in files:
        with contextlib.suppress(OSError):  # a name that is too long, a disk that is away
            if file.is_file() and file.stat().st_size == size_bytes:
                found.append(file)
    return found


def _remove_parts(places: tuple[Path, ...]) -> None:
    for place in places:
        try:
            part_file(place).unlink(missing_ok=True)
        except OSError as error:
            logger.info("What has come of a file that nobody wants any more stays: %s", error)


def _free_place(record: UploadRecord, was_file: Path | None, folder: Path) -> Path:
    """Return where a file may be written: its old place if that is free, else a name that nobody else makes."""
    if was_file is not None and was_file.parent.is_dir() and not was_file.exists():
        return was_file
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemFault(
            "The folder of recordings cannot be used.", hint="Choose another.", detail=repr(error)
        ) from error
    for place in _places(record, None, folder):
        if not place.exists():
            return place
    raise SystemFault("There are too many files of this replay.", hint="Remove those that are not needed.")
