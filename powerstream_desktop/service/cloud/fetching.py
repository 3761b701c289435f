"""Bringing the file of a replay back from the cloud. It is there under its name only when it was verified (V24)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.uploads.file_mark import mark_of_file
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.cloud.courier_port import OnProgress
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables

_WITH_COPY: Final = frozenset({UploadState.EVICTED, UploadState.ACKNOWLEDGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """Brings files back; one at a time.

    Attributes:
        store: where replays and uploads are.
        line: to the store in the cloud.
        folder: where a file goes that was never here, or whose folder is gone.
        changed: told of each replay that has its file again.
        wall_now: wall time with its zone.
    """

    store: Store
    line: StoreLine
    folder: Callable[[], Path]
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
        courier = await self.line.courier()
        target = await asyncio.to_thread(_free_place, record, was_file, self.folder())
        await courier.download(record, target, on_progress)
        mark, now = await asyncio.to_thread(mark_of_file, target), self.wall_now()

        def keep(tables: Tables) -> None:
            asset = tables.assets.get(asset_id)
            if record.state is UploadState.EVICTED:
                keep_record(tables, record, record.after(UploadEvent.FETCHED, mark=mark), now)
            elif read_record(tables, asset_id) == record:  # no other store was chosen meanwhile
                keep_record(tables, record, replace(record, mark=mark), now)
            tables.assets.put(
                replace(
                    asset,
                    file=str(target),
                    status=AssetStatus.READY,
                    size_bytes=record.size_bytes,
                    sha256=record.sha256,
                )
            )

        await self.store.write(keep)
        self.changed(asset_id)


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
    names = (
        f"{record.asset_id}{record.suffix}",
        *(f"{record.asset_id}-{n}{record.suffix}" for n in range(2, 100)),
    )
    for name in names:
        if not (folder / name).exists():
            return folder / name
    raise SystemFault("There are too many files of this replay.", hint="Remove those that are not needed.")
