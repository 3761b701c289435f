"""Films that are in the cloud only: where they are played from, and their bytes on their way through the courier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.cloud.object_store.folder_names import names_of
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.cloud.courier_port import CourierPort
from powerstream_desktop.service.cloud.kept_uploads import read_record
from powerstream_desktop.service.cloud.store_line import StoreLine
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import ConflictError

LINK_S: Final = 6 * 3600
"""So long a link to a replay is good: a film can be watched to its end."""
MAX_STREAMS: Final = 8
"""So many are read at once: a player and what shows its single pictures have one each, and for a moment two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudFilm:
    """A film whose bytes come through the courier.

    Attributes:
        size_bytes: of all of it.
        sha256: of all of it, in hexadecimal digits.
        suffix: of its name, with the dot, in lower case.
        read: gives bytes from an offset on, so many.
    """

    size_bytes: int
    sha256: str
    suffix: str
    read: Callable[[int, int], AsyncGenerator[bytes, None]]

    async def require(self) -> None:
        """See that it is there.

        Raises:
            StoreTrouble: the store does not answer, or has no such film.
            SystemFault: no process can be started to ask, or too many are watched.
        """
        async with aclosing(self.read(0, 1)) as pieces:
            await anext(pieces)


class CloudFilms:
    """Belongs to one loop.

    Args:
        store: where uploads are.
        line: to the store in the cloud.
        options: as the settings have them now.
        is_held_up: whether nothing may be fetched because of a broadcast.
    """

    def __init__(
        self,
        store: Store,
        line: StoreLine,
        options: Callable[[], CloudOptions],
        is_held_up: Callable[[], bool],
    ) -> None:
        self._store = store
        self._line = line
        self._options = options
        self._is_held_up = is_held_up
        self._streams = 0

    async def link(self, asset_id: str) -> str | Path | None:
        """Return where anybody reads the copy of a replay: a file, or an address for some hours; None if there is no copy.

        Raises:
            StoreTrouble: the store gives no address.
            SystemFault: no process can be started to ask.
        """
        record = await self._record(asset_id)
        if record is None:
            return None
        return self._file(record) or await (await self._line.courier()).link(record.key, LINK_S)

    async def film(self, asset_id: str) -> Path | CloudFilm | None:
        """Return the copy of a replay to be watched at this computer; None if there is no copy.

        Raises:
            ConflictError: nothing is fetched now, for a broadcast needs the network.
            StoreTrouble: the disk of the store is not there, or has no such film.
            UserError, SystemFault: as with ``StoreLine.courier``.
        """
        record = await self._record(asset_id)
        if record is None:
            return None
        file = self._file(record)
        if file is not None:
            if not await asyncio.to_thread(file.is_file):
                raise _not_there(file)
            return file
        self._require_free()
        courier = await self._line.courier()
        return CloudFilm(
            size_bytes=record.size_bytes,
            sha256=record.sha256,
            suffix=record.suffix,
            read=lambda first, size_bytes: self._stream(courier, record, first, size_bytes),
        )

    # Inside.

    async def _record(self, asset_id: str) -> UploadRecord | None:
        record = await self._store.read(lambda tables: read_record(tables, asset_id))
        return None if record is None or record.state not in IN_THE_CLOUD else record

    def _file(self, record: UploadRecord) -> Path | None:
        options = self._options()
        if options.kind is not CloudKind.FOLDER or options.folder is None:
            return None
        return options.folder.joinpath(*names_of(record.key))

    def _require_free(self) -> None:
        if self._is_held_up():
            raise ConflictError(
                "Nothing is fetched from the cloud while you are live.",
                hint="Watch it after the broadcast, or let the cloud have a share of your upload in the settings.",
            )

    async def _stream(
        self, courier: CourierPort, record: UploadRecord, first: int, size_bytes: int
    ) -> AsyncGenerator[bytes, None]:
        if self._streams >= MAX_STREAMS:
            raise SystemFault(
                "Too much is being watched from the cloud at once.", hint="Close other players."
            )
        self._streams += 1
        try:
            async with aclosing(courier.stream_object(record.key, first, size_bytes)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._streams -= 1


def _not_there(file: Path) -> StoreTrouble:
    if file.parent.parent.is_dir():
        return StoreTrouble(TroubleCode.GONE)
    return StoreTrouble(TroubleCode.AWAY)
