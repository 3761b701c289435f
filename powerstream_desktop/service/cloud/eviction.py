"""Giving up the file of a replay that is safe in the cloud (reliability_security.md 4.7).

Everything that could make it the last copy is looked at first, in one go. Then the file is renamed, so that nobody opens it any more;
the store is asked a last time; the row says that the file is gone, durably; and only then it is. A crash in between leaves the file
under its other name, which the next start gives back (``left_aside``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.manifests.manifest_words import read_manifest
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from powerstream_desktop.cloud.uploads.file_mark import is_unwritten, mark_of, mark_of_file
from powerstream_desktop.cloud.uploads.invariants import FRESH_MS, assert_may_give_up_file
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.companion import companion
from powerstream_desktop.common.errors import PeerError, PowerStreamError, SystemFault
from powerstream_desktop.common.stored_film import is_stored_film
from powerstream_desktop.service.cloud.courier_port import CourierPort
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.left_aside import (
    ASIDE,
    GIVEN_UP,
    BackAgain,
    GivenUp,
    give_names_back,
    given_up,
    head_of_given_up,
    look_aside,
    remove,
    rename_durably,
    take_back,
)
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.cloud.troubles import NOT_GOOD
from powerstream_desktop.service.cloud.unbroken import unbroken
from powerstream_desktop.service.store.assets import Asset, AssetStatus
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.vod.quiet_hash import quiet_hash

_SOME: Final = 2
_LEAST: Final = 1
_MARGIN_MS: Final = 60_000
_UNTOLD: Final = frozenset({UploadState.VERIFIED, UploadState.REGISTERED})

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eviction:
    """Gives up files; one at a time.

    Attributes:
        store: where replays and uploads are.
        line: to the store in the cloud.
        is_cut: whether clips are being made of the file of a replay.
        is_played: whether somebody plays it.
        require_registered: asks the PowerStream server, if one was chosen; raises ``PeerError`` if it does not know this very film.
        may_read: whether a large file may be read now.
        changed: told of each replay whose file is gone.
        wall_now: wall time with its zone.
    """

    store: Store
    line: StoreLine
    is_cut: Callable[[str], bool]
    is_played: Callable[[str], bool]
    require_registered: Callable[[UploadRecord], Awaitable[None]]
    may_read: Callable[[], bool]
    changed: Callable[[str], None]
    wall_now: Callable[[], datetime]

    async def require(self, asset_id: str) -> tuple[UploadRecord, Asset, Path]:
        """Return what is known of a replay whose file may be given up, as far as that can be told without the store.

        Raises:
            UnknownRecordError: there is no such replay.
            ConflictError: the file must stay.
        """
        record, asset = await self.store.read(
            lambda tables: (read_record(tables, asset_id), tables.assets.get(asset_id))
        )
        if asset.file is None:
            raise ConflictError("This replay has no file on this computer.", hint="Nothing can be freed.")
        if record is not None and record.state in _UNTOLD:
            raise ConflictError(
                "Not all computers know of this replay's copy yet.", hint="Synchronise, then try again."
            )
        if record is None or record.state is not UploadState.ACKNOWLEDGED:
            raise ConflictError(
                "This replay has no verified copy in the cloud that all computers know of.",
                hint="Upload it, and wait until it is in the cloud.",
            )
        if asset.is_pinned:
            raise ConflictError("This replay is pinned.", hint="Unpin it first.")
        if self.is_played(asset_id):
            raise ConflictError("This replay is being played.", hint="Close it, then try again.")
        if self.is_cut(asset_id):
            raise ConflictError("This replay is being worked on.", hint="Wait until that is done.")
        return record, asset, Path(asset.file)

    async def evict(self, asset_id: str) -> None:
        """Give up the file of a replay.

        Raises:
            ConflictError, PeerError: the file must stay; says why.
            SystemFault: the disk or the store does not answer; the file stays.
        """
        record, asset, file = await self.require(asset_id)
        if await asyncio.to_thread(is_stored_film, file):
            raise ConflictError(
                "The file of this replay is itself a copy in a cloud store.",
                hint="It stays: another replay may have no other.",
            )
        courier = await self.line.courier()
        await self._require_told(courier, record)
        await self.require_registered(record)
        verdict = _good(await courier.verify(record, None, _SOME))
        sha256 = await self._same_content(record, file)
        if not 0 <= to_ms(self.wall_now()) - verdict.at_ms <= FRESH_MS - _MARGIN_MS:
            verdict = _good(await courier.verify(record, None, _SOME))
        assert_may_give_up_file(record, verdict, local_sha256=sha256, now_ms=to_ms(self.wall_now()))
        await self.require(asset_id)  # to read all of it takes its time: somebody may work with it by now
        aside = companion(file, ASIDE)
        try:
            await unbroken(asyncio.to_thread(rename_durably, file, aside))
        except asyncio.CancelledError:
            await unbroken(self._settle(asset_id, file, aside))
            raise
        except SystemFault:
            if not await asyncio.to_thread(file.exists):  # a network disk may refuse what it has done
                await unbroken(self._settle(asset_id, file, aside))
            raise
        try:
            _good(await courier.verify(record, None, _LEAST))
            await asyncio.to_thread(_require_unwritten, record, aside)
            now = self.wall_now()
            await unbroken(self.store.write(lambda tables: _give_up(tables, record, asset, now)))
        except BaseException:
            await unbroken(self._settle(asset_id, file, aside))
            raise
        await unbroken(self._remove(asset_id, aside))

    async def put_right(self) -> None:
        """Give back what a crash has left under the other name; StoreFault if the data cannot be read or written.

        Also what the row says was given up: its copy was there then, and nobody knows whether it still is (I1). Whoever wished it
        still does, so all is looked at anew.
        """
        for each in await self.store.read(given_up):
            try:
                await self._take_back(each)
            except (PowerStreamError, OSError) as error:  # one that cannot be read hinders no other
                logger.info("What a crash has left of %s is not put right: %s", each.file.name, error)
        files = await self.store.read(lambda tables: frozenset(tables.asset_files.all().values()))
        await asyncio.to_thread(give_names_back, files)

    async def _take_back(self, found: GivenUp) -> None:
        """Have a file be here after all, if it still lies under its other name."""
        status = await asyncio.to_thread(look_aside, found.file)
        if status is None:
            return
        known = await self.store.read(lambda tables: head_of_given_up(tables, found.asset_id))
        mark, now = mark_of(status), self.wall_now()
        is_same = known is not None and (
            known.mark == mark  # or a disk that numbers its files anew each time
            or await quiet_hash(companion(found.file, ASIDE), self.may_read) == known.sha256
        )
        here = BackAgain(mark=mark, size_bytes=status.st_size, is_same=is_same)
        if await self.store.write(lambda tables: take_back(tables, found, here, now)):
            await asyncio.to_thread(give_names_back, (found.file,))
            self.changed(found.asset_id)

    async def _settle(self, asset_id: str, file: Path, aside: Path) -> None:
        """Give the file back, unless the row says that it was given up: somebody may have cancelled it just then.

        Raises:
            SystemFault: it stays aside, because another file has its name by now.
        """
        try:
            is_given_up = await self.store.read(lambda tables: _is_given_up(tables, asset_id))
        except PowerStreamError as error:
            logger.info("Whether the file of %s was given up is not known; it stays: %s", asset_id, error)
            is_given_up = False
        if is_given_up:
            await self._remove(asset_id, aside)
        elif await asyncio.to_thread(aside.is_file):
            await asyncio.to_thread(rename_durably, aside, file)

    async def _remove(self, asset_id: str, aside: Path) -> None:
        """Remove a file that was given up; one that the disk keeps is here again, and is not given up; SystemFault says so."""
        try:
            await asyncio.to_thread(remove, aside)
        except SystemFault:
            for each in await self.store.read(given_up):
                if each.asset_id == asset_id:
                    await self._take_back(each)
            raise
        finally:
            self.changed(asset_id)

    async def _require_told(self, courier: CourierPort, record: UploadRecord) -> None:
        """PeerError unless the bucket's manifest names this very content."""
        found = await courier.read_object(f"{self.line.prefix}{manifest_key(record.asset_id)}")
        media = None
        if found is not None:
            manifest = read_manifest(record.asset_id, found[0])
            media = None if manifest.is_deleted else manifest.file_in_store
        if media is None or media.sha256 != record.sha256:
            raise PeerError(
                "The cloud does not say that it has this replay.",
                code="not-told",
                hint="Synchronise, then try again.",
            )

    async def _same_content(self, record: UploadRecord, file: Path) -> str:
        """Return the hash of the file as it is now; ConflictError if it is not the one that was uploaded."""
        try:
            if await asyncio.to_thread(mark_of_file, file) == record.mark:
                sha256 = await quiet_hash(file, self.may_read)
                if sha256 == record.sha256 and await asyncio.to_thread(mark_of_file, file) == record.mark:
                    return sha256
        except OSError as error:
            raise SystemFault(
                "The replay's file cannot be read.", hint="Check its disk.", detail=repr(error)
            ) from error
        raise _other_content()


def _require_unwritten(record: UploadRecord, aside: Path) -> None:
    """ConflictError if somebody who had the file open before it was renamed has written on into it."""
    if not is_unwritten(record.mark, aside):
        raise _other_content()


def _other_content() -> ConflictError:
    return ConflictError(
        "The file is not the one that was uploaded: it was changed since.",
        hint="It stays. Look at both, in the cloud and here.",
    )


def _good(verdict: Verdict) -> Verdict:
    if not verdict.is_good:
        raise PeerError(
            f"The copy in the cloud is not good: {verdict.why}" if verdict.why else "The copy is not there.",
            code=NOT_GOOD,
            hint="The file stays. Upload the replay again.",
        )
    return verdict


def _give_up(tables: Tables, record: UploadRecord, asset: Asset, now: datetime) -> None:
    """Say that the file is gone; ConflictError if somebody has said something else of it meanwhile."""
    before, current = read_record(tables, asset.id), tables.assets.get(asset.id)
    if before != record or current.file != asset.file or current.is_pinned:
        raise ConflictError("The replay has changed meanwhile.", hint="Try again.")
    upload = keep_record(tables, record, record.after(UploadEvent.GIVEN_UP), now)
    tables.uploads.put(replace(upload, was_file=asset.file))
    tables.assets.put(replace(current, file=None, status=AssetStatus.READY))


def _is_given_up(tables: Tables, asset_id: str) -> bool:
    upload = tables.uploads.get(asset_id)
    return upload is not None and upload.life in GIVEN_UP and tables.assets.get(asset_id).file is None
