"""A store and computers in memory, that lose the network, are killed at any operation, and have wrong clocks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from powerstream_desktop.cloud.manifests.edits import Author
from powerstream_desktop.cloud.manifests.kept_manifests import Kept, Listed, Standing
from powerstream_desktop.cloud.manifests.manifest import LostText
from powerstream_desktop.cloud.manifests.manifest_words import (
    read_manifest,
    read_seen,
    write_manifest,
    write_seen,
)
from powerstream_desktop.cloud.manifests.pass_plan import Agreed
from powerstream_desktop.cloud.manifests.sync_pass import PassOutcome, run_pass
from tests.unit.cloud.manifests.replays import NOW_MS

PAGE = 3


class KilledError(Exception):
    """The process was killed; nothing that it began goes on."""


class NoNetworkError(Exception):
    """The store cannot be reached."""


@dataclass
class Bucket:
    """The store itself: objects by their keys, and the only clock that is right."""

    is_conditional: bool = True
    now_ms: int = NOW_MS
    objects: dict[str, tuple[bytes, str, int]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    writes: int = 0
    reads: int = 0

    def put(self, key: str, data: bytes) -> str:
        self.writes += 1
        etag = f'"{self.writes}"'
        self.objects[key] = (data, etag, self.now_ms)
        return etag


@dataclass
class Row:
    """As a database keeps it: nothing but texts."""

    asset_id: str
    manifest: bytes
    published: str
    etag: str | None
    is_ahead: bool


class Computer:
    """A computer: what it keeps, its way to the store, and its clock. It is both ports of a pass."""

    def __init__(self, bucket: Bucket, device: str, name: str) -> None:
        self.bucket = bucket
        self.device = device
        self.name = name
        self.is_online = True
        self.clock_error_ms = 0
        self.knows_the_time = False
        self.rows: dict[str, Row] = {}
        self.history: set[tuple[str, LostText]] = set()
        self.last_pass_ms: int | None = None
        self.refused: Mapping[str, str] = {}
        self.operations = 0
        self.killed_at: tuple[int, bool] | None = None
        """At which operation of a pass it is killed, and whether that was done before."""
        self.meanwhile: Callable[[int], None] = lambda _operation: None
        """What the user does during a pass; called with each operation's number."""

    # --- the computer ----------------------------------------------------------------------------------------------

    def author(self) -> Author:
        error_ms = 0 if self.knows_the_time else self.clock_error_ms
        return Author(device=self.device, name=self.name, now_ms=max(0, self.bucket.now_ms + error_ms))

    async def sync(self, agreed: Agreed | None = None) -> PassOutcome:
        self.operations = 0
        outcome = await run_pass(
            self, self, self.author, last_pass_ms=self.last_pass_ms, agreed=agreed, refused=self.refused
        )
        self.refused = outcome.refused
        self.last_pass_ms = outcome.finished_ms or self.last_pass_ms
        return outcome

    def kept(self, asset_id: str) -> Kept | None:
        row = self.rows.get(asset_id)
        if row is None:
            return None
        return Kept(
            manifest=read_manifest(asset_id, row.manifest),
            published=read_seen(row.published),
            etag=row.etag,
            is_ahead=row.is_ahead,
        )

    def store_row(self, kept: Kept) -> None:
        self.rows[kept.manifest.asset_id] = Row(
            kept.manifest.asset_id,
            write_manifest(kept.manifest),
            write_seen(kept.published),
            kept.etag,
            kept.is_ahead,
        )

    async def _operation(self) -> Callable[[], None]:
        """Let others run, and the user; be killed before the operation, or return what kills after it."""
        await asyncio.sleep(0)
        self.operations += 1
        self.meanwhile(self.operations)
        if self.killed_at is None:
            return lambda: None
        at, is_done_before = self.killed_at
        if self.operations > at or (self.operations == at and not is_done_before):
            raise KilledError

        def afterwards() -> None:
            if self.operations >= at:
                raise KilledError

        return afterwards

    # --- what it keeps ---------------------------------------------------------------------------------------------

    async def overview(self) -> Mapping[str, Standing]:
        await self._operation()
        return {asset_id: Standing.of(kept) for asset_id in self.rows if (kept := self.kept(asset_id))}

    async def load(self, asset_id: str) -> Kept | None:
        await self._operation()
        return self.kept(asset_id)

    async def keep(self, kept: Kept, *, instead_of: Kept | None, losers: Sequence[LostText] = ()) -> bool:
        afterwards = await self._operation()
        if self.kept(kept.manifest.asset_id) != instead_of:
            return False
        self.store_row(kept)
        self.history |= {(kept.manifest.asset_id, each) for each in losers}
        afterwards()
        return True

    async def forget(self, asset_id: str) -> None:
        afterwards = await self._operation()
        self.rows.pop(asset_id, None)
        afterwards()

    # --- its way to the store --------------------------------------------------------------------------------------

    async def _request(self) -> Callable[[], None]:
        afterwards = await self._operation()
        if not self.is_online:
            raise NoNetworkError
        self.knows_the_time = True
        return afterwards

    async def list(self, prefix: str) -> AsyncIterator[Sequence[Listed]]:
        await self._request()
        found = [
            Listed(key=key, etag=etag, size_bytes=len(data), changed_ms=changed_ms)
            for key, (data, etag, changed_ms) in sorted(self.bucket.objects.items())
            if key.startswith(prefix)
        ]
        for begin in range(0, len(found), PAGE):
            await self._request()
            yield found[begin : begin + PAGE]

    async def read(self, key: str) -> tuple[bytes, str] | None:
        await self._request()
        self.bucket.reads += 1
        found = self.bucket.objects.get(key)
        return None if found is None else found[:2]

    async def write(self, key: str, data: bytes, *, if_match: str | None) -> str | None:
        afterwards = await self._request()
        if self.bucket.is_conditional:
            there = self.bucket.objects.get(key)
            if (None if there is None else there[1]) != if_match:
                return None
        else:
            await asyncio.sleep(0)
        etag = self.bucket.put(key, data)
        afterwards()
        return etag

    async def delete(self, key: str) -> None:
        afterwards = await self._request()
        if self.bucket.objects.pop(key, None) is not None:
            self.bucket.removed.append(key)
        afterwards()
