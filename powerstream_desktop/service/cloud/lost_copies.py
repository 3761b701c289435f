"""Copies that the bucket does not list any more: each is looked at once more, and what is really gone is brought again from its file.

Nothing is removed here for what a list lacks (I2). Of a replay without a file here nothing can be brought: that is said at the replay,
and taken back when its copy is there again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD, UploadEvent, UploadState
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.cloud.troubles import MISSING
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadTrouble

COPY_MISSING: Final = UploadTrouble(
    code=MISSING,
    sentence="The cloud store does not have this replay any more, and no file of it is here.",
    remedy="Look whether another computer has its file, and upload it there.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostCopies:
    """Looks for copies; one at a time.

    Attributes:
        store: where uploads are.
        line: to the store in the cloud.
        changed: told of each replay that stands otherwise now.
        wanted: called when something is to be uploaded again.
        wall_now: wall time with its zone.
    """

    store: Store
    line: StoreLine
    changed: Callable[[str], None]
    wanted: Callable[[], None]
    wall_now: Callable[[], datetime]

    async def look_for(self, asset_ids: Iterable[str]) -> None:
        """Look at these once more; raises as ``StoreLine.courier`` and what asks the store does."""
        courier = await self.line.courier()
        for asset_id in asset_ids:
            record = await self._record(asset_id)
            if record is not None and (await courier.verify(record, None, 1)).is_missing:
                await self._bring_again(record)

    async def found_again(self, missing: Iterable[str]) -> None:
        """Take back what was said of replays that are not missing any more; StoreFault if that cannot be written down."""
        still = frozenset(missing)

        def take_back(tables: Tables) -> tuple[str, ...]:
            found = [
                each
                for each in tables.uploads.living((UploadState.EVICTED.value,))
                if each.trouble is not None
                and each.trouble.code == COPY_MISSING.code
                and each.asset_id not in still
            ]
            for each in found:
                tables.uploads.put(replace(each, trouble=None))
            return tuple(each.asset_id for each in found)

        for asset_id in await self.store.write(take_back):
            self.changed(asset_id)

    async def _record(self, asset_id: str) -> UploadRecord | None:
        record = await self.store.read(lambda tables: read_record(tables, asset_id))
        return record if record is not None and record.state in IN_THE_CLOUD else None

    async def _bring_again(self, record: UploadRecord) -> None:
        now = self.wall_now()
        if await self.store.write(lambda tables: _note_lost(tables, record, now)):
            self.changed(record.asset_id)
            self.wanted()


def _note_lost(tables: Tables, record: UploadRecord, now: datetime) -> bool:
    """Note that a copy is gone; False if somebody has said something else of the upload meanwhile."""
    upload, asset = tables.uploads.get(record.asset_id), asset_or_none(tables, record.asset_id)
    if upload is None or asset is None or read_record(tables, record.asset_id) != record:
        return False
    has_file = asset.file is not None and asset.status is not AssetStatus.MISSING
    if record.state is UploadState.EVICTED or not has_file:
        tables.uploads.put(replace(upload, trouble=COPY_MISSING))
    else:
        state = record.after(UploadEvent.LOST).state
        keep_record(tables, None, UploadRecord(asset_id=asset.id, suffix=record.suffix, state=state), now)
    return True
