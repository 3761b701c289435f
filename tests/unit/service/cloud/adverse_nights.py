"""A file is given up while anything may happen at any moment (V23): one run of it, and its judge."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.service.cloud import eviction
from powerstream_desktop.service.cloud.eviction import Eviction
from powerstream_desktop.service.cloud.left_aside import ASIDE, given_up, remove
from powerstream_desktop.service.cloud.unbroken import unbroken
from powerstream_desktop.service.store.uploads import CopyWish
from powerstream_desktop.service.vod.quiet_hash import quiet_hash
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import FILM, Computer, computer
from tests.unit.service.vod.stage import until

ONE = "replay-one"
OTHER = FILM[::-1] + b"!"
HARMS = (
    *("nothing", "the copy goes", "the copy is other bytes", "the store is away", "nobody was told"),
    *("the file is another one", "it is played", "it is cut", "it is pinned", "somebody thinks better of it"),
    "the service is killed",
)
MOMENTS = 4
"""Before the first look, before and behind the reading of the file, before the last look."""
ENDS = (
    "nothing",
    "the service is killed",
    "killed, and the copy goes",
    "killed, and the copy is other bytes",
)
"""Behind the row, before the file goes."""


@dataclass
class Night:
    """One run: what happens at which moment, and what was seen."""

    bucket: SharedBucket
    harms: Sequence[str]
    end: str = "nothing"
    is_killed: asyncio.Event = field(default_factory=asyncio.Event)
    is_changed: bool = False
    removed: list[bool] = field(default_factory=list)
    """Of each file that was removed for good, whether its copy was there."""
    moments: int = 0
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"one/vod/{ONE}/{hashlib.sha256(FILM).hexdigest()[:16]}.mp4"

    @property
    def has_copy(self) -> bool:
        return self.bucket.objects.get(self.key, (b"", ""))[0] == FILM

    async def moment(self, here: Computer, file: Path) -> None:
        """Let happen what happens now."""
        harm = self.harms[self.moments] if self.moments < len(self.harms) else "nothing"
        self.moments += 1
        match harm:
            case "the copy goes":
                self.bucket.objects.pop(self.key, None)
            case "the copy is other bytes":
                self.bucket.put(self.key, bytes(len(FILM)))
            case "the store is away":
                here.courier.trouble = StoreTrouble(TroubleCode.UNREACHABLE)
            case "nobody was told":
                self.bucket.objects.pop(f"one/manifests/{ONE}.json", None)
            case "the file is another one":
                self.change(file)
            case "it is played":
                here.played.play(ONE)
            case "it is cut":
                here.in_use.add(ONE)
            case "it is pinned":
                await here.edit(ONE, is_pinned=True)
            case "somebody thinks better of it":
                cancelling = here.room.cancel_copy(ONE, CopyWish.EVICT)
                self.tasks.append(asyncio.create_task(cancelling))
                await asyncio.sleep(0)
            case "the service is killed":
                self.is_killed.set()
                await asyncio.Event().wait()

    async def is_written(self) -> None:
        """Let happen what happens between the row and the end of the file."""
        if self.end == "nothing" or self.is_killed.is_set():
            return
        match self.end:
            case "killed, and the copy goes":
                self.bucket.objects.pop(self.key, None)
            case "killed, and the copy is other bytes":
                self.bucket.put(self.key, bytes(len(FILM)))
        self.is_killed.set()
        await asyncio.Event().wait()

    def change(self, file: Path) -> None:
        """Have the file be another one, unless it has lost its name already."""
        if file.exists():
            file.write_bytes(OTHER)
            self.is_changed = True

    def watch(self, here: Computer, file: Path, patch: pytest.MonkeyPatch) -> None:
        """Have the moments come while the file is given up."""
        verify = here.courier.verify

        async def verified(record: UploadRecord, film: Path | None = None, level: int = 1) -> Verdict:
            await self.moment(here, file)
            return await verify(record, film, level)

        async def hashed(*arguments: Any) -> str:
            await self.moment(here, file)
            sha256 = await quiet_hash(*arguments)
            await self.moment(here, file)
            return sha256

        async def written(work: Coroutine[Any, Any, Any]) -> Any:
            result: Any = await unbroken(work)
            if await here.library.store.read(given_up) and not self.removed:
                await self.is_written()
            return result

        async def settled(itself: Eviction, *arguments: Any) -> None:
            if not self.is_killed.is_set():
                await settle(itself, *arguments)

        settle = Eviction._settle
        here.courier.verify = verified  # type: ignore[method-assign,assignment]
        patch.setattr(eviction, "quiet_hash", hashed)
        patch.setattr(eviction, "unbroken", written)
        patch.setattr(Eviction, "_settle", settled)

    def watch_the_end(self, patch: pytest.MonkeyPatch) -> None:
        """Note of each file that goes whether its copy is there."""

        def removed(aside: Path) -> None:
            self.removed.append(self.has_copy)
            remove(aside)

        patch.setattr(eviction, "remove", removed)


def play(home: Path, harms: Sequence[str], end: str = "nothing") -> Night:
    """Play a run, and judge it.

    Args:
        home: an empty folder.
        harms: what happens at each moment, in their order.
        end: what happens when the row was written, one of ``ENDS``.
    """
    return asyncio.run(_play(home, harms, end))


async def _play(home: Path, harms: Sequence[str], end: str) -> Night:
    bucket = SharedBucket()
    night = Night(bucket, harms, end)
    with pytest.MonkeyPatch.context() as patch:
        night.watch_the_end(patch)
        async with computer(home, bucket) as here:
            file = await here.shared(ONE)
            await until(lambda: not here.room.is_busy)
            night.watch(here, file, patch)
            await here.room.evict(ONE)
            await until(lambda: night.is_killed.is_set() or not here.room._copies.is_busy)
    with pytest.MonkeyPatch.context() as patch:
        night.watch_the_end(patch)
        async with computer(home, bucket) as here:
            await until(lambda: not here.room.is_busy)
            known = await here.get(ONE)
    _judge(night, file, is_said_here=known.file is not None)
    return night


def _judge(night: Night, file: Path, *, is_said_here: bool) -> None:
    aside = file.with_name(f"{file.name}{ASIDE}")
    assert all(night.removed), "no file goes without its copy"
    assert not aside.exists()
    assert file.exists() is is_said_here
    if night.is_changed:
        assert file.read_bytes() == OTHER, "what was never uploaded stays"
    elif file.exists():
        assert file.read_bytes() == FILM
    else:
        assert night.has_copy
