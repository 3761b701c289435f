"""Looking at a copy in the cloud because somebody asks (reliability_security.md 4.4), and keeping what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import PeerError
from powerstream_desktop.service.cloud.courier_port import OnProgress
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.lost_copies import COPY_MISSING
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.cloud.troubles import DIFFERS, MISSING
from powerstream_desktop.service.store.assets import AssetStatus
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables

BY_SAMPLES: Final = 2
BY_ALL_BYTES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyCheck:
    """Looks at copies; one at a time.

    Attributes:
        store: where replays and uploads are.
        line: to the store in the cloud.
        wall_now: wall time with its zone.
    """

    store: Store
    line: StoreLine
    wall_now: Callable[[], datetime]

    async def require(self, asset_id: str) -> tuple[UploadRecord, bool]:
        """Return the upload of a replay that has a copy, and whether its file is here.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: it has no copy.
        """

        def read(tables: Tables) -> tuple[UploadRecord, bool]:
            asset, record = tables.assets.get(asset_id), read_record(tables, asset_id)
            if record is None or record.state not in IN_THE_CLOUD:
                raise ConflictError("There is no copy of this replay in the cloud.", hint="Upload it first.")
            return record, asset.file is not None and asset.status is not AssetStatus.MISSING

        return await self.store.read(read)

    async def check(self, asset_id: str, on_progress: OnProgress, *, is_full: bool) -> None:
        """Look at a copy: at what the store says and some of its bytes, or at all of them.

        Raises:
            ConflictError: as ``require``.
            PeerError: it is gone or holds other bytes, or the store does not answer.
            SystemFault: no process can be started to ask.
        """
        record, has_file = await self.require(asset_id)
        courier = await self.line.courier()
        level = BY_ALL_BYTES if is_full else BY_SAMPLES
        verdict = await courier.verify(record, None, level, on_progress)
        if not verdict.is_good:
            raise _not_good(verdict, has_file=has_file)
        now = self.wall_now()
        await self.store.write(lambda tables: _keep(tables, record, verdict, now))


def _keep(tables: Tables, record: UploadRecord, verdict: Verdict, now: datetime) -> None:
    """Note that a copy is good; ConflictError if somebody has said something else of the upload meanwhile."""
    if read_record(tables, record.asset_id) != record:
        raise ConflictError("The replay has changed meanwhile.", hint="Try again.")
    found = replace(record, checked_at_ms=verdict.at_ms, checked_level=verdict.level)
    keep_record(tables, record, found, now)


def _not_good(verdict: Verdict, *, has_file: bool) -> PeerError:
    if not has_file:
        sentence = COPY_MISSING.sentence if verdict.is_missing else _OTHER_BYTES
        return PeerError(sentence, code=_code(verdict), hint=COPY_MISSING.remedy)
    if verdict.is_missing:
        return PeerError(
            "The cloud store does not have this replay any more.",
            code=_code(verdict),
            hint="Upload it again.",
        )
    return PeerError(_OTHER_BYTES, code=_code(verdict), hint="Upload it again: what is there is replaced.")


def _code(verdict: Verdict) -> str:
    return MISSING if verdict.is_missing else DIFFERS


_OTHER_BYTES: Final = "The copy in the cloud is not the film that was uploaded."
