"""A computer of a station as it really is, on a bucket and a server in memory: library, cloud's room, files; it may be killed anywhere.

Its desks are not left to themselves: the schedule says which of them works, and each does what its own loop would have it do.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import WireAnswer, WireRequest
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities
from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.library.sidecar import write_sidecar
from powerstream_desktop.service.cloud.cloud_room import CloudRoom
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.cloud.right_of_way import Traffic
from powerstream_desktop.service.cloud.room_tools import RoomTools
from powerstream_desktop.service.network.network import Network
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.replay_notes import Noted, sidecar_of
from powerstream_desktop.service.vod.vod_service import VODService
from tests.unit.cloud.backend.scripted_server import URL, ScriptedServer
from tests.unit.cloud.memory_store import MemoryBucket
from tests.unit.service.cloud.films.direct_courier import DirectCourier
from tests.unit.service.cloud.films.direct_store import DirectStore, empty_data
from tests.unit.service.cloud.films.hurried_loop import LIFE
from tests.unit.service.cloud.films.life import KilledError, Kind, Life
from tests.unit.service.cloud.films.oracle import PREFIX
from tests.unit.service.cloud.stage import Keys


@dataclass
class World:
    """What all computers share.

    Attributes:
        look: looks whether anything is as it must never be; called behind all that anybody does.
        now_s: the time, in seconds since 1970.
        is_at_once: several computers do something side by side.
    """

    folder: Path
    rng: random.Random
    look: Callable[[Kind], None]
    capabilities: StoreCapabilities
    has_server: bool
    now_s: float = 1_795_000_000.0
    is_at_once: bool = False

    def __post_init__(self) -> None:
        self.bucket = MemoryBucket(lambda: self.now_s)
        self.server = ScriptedServer()

    async def yields(self) -> None:
        """Let the others do some of what they are at."""
        if self.is_at_once:
            for _ in range(self.rng.randrange(4)):
                await asyncio.sleep(0)


class Computer:
    """One of them.

    Args:
        world: which it shares.
        number: from 0.
    """

    def __init__(self, world: World, number: int) -> None:
        self.world = world
        self.number = number
        self.folder = world.folder / f"pc-{number}"
        self.folder.mkdir()
        self.is_online = True
        self.clock_error_s = 0.0
        self.keys = Keys()
        self.killed = self.given_up = self.fetched = 0
        self._devices = 0
        self._runs(empty_data())

    def _runs(self, data: bytes) -> None:
        """Start the program on these data."""
        world, self.life = self.world, Life(self.world.look)
        self.store = DirectStore(data, self.life, world.yields)
        self.courier = DirectCourier(
            world.bucket, world.capabilities, self.life, lambda: self.is_online, world.rng,
            lambda: round(self.wall_now().timestamp() * 1000), world.yields,
        )  # fmt: skip
        options = CloudOptions(
            kind=CloudKind.FOLDER, folder=self.world.folder / "store", prefix=PREFIX,
            device_name=f"PC {self.number}", backend_url=URL if world.has_server else "",
        )  # fmt: skip
        self.room = CloudRoom(
            RoomTools(
                courier=self.courier,
                store=self.store,
                keys=self.keys,
                options=lambda: options,
                pictures=self.folder / "pictures",
                recordings=lambda: self.folder,
                traffic=Traffic(line=lambda: None, known_kbps=_unknown, look_at_network=Network),
                is_cut=lambda _asset_id: False,
                is_played=lambda _asset_id: False,
                tell=self._heard,
                changed=lambda asset_id: self._heard("changed", asset_id),
                publish=lambda _standing: None,
                wall_now=self.wall_now,
                clock=lambda: 0.0,
                sender=self,
            )
        )
        library = cast("VODService", _Library(self._heard))
        self._folders = LibraryFolders(self.store, library, self.wall_now)

    def wall_now(self) -> datetime:
        """Return the time as this computer has it."""
        return datetime.fromtimestamp(max(0.0, self.world.now_s + self.clock_error_s), UTC)

    # Its ends and its beginnings.

    def do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> Coroutine[Any, Any, None]:
        """Return some work of this computer, which it may be killed in; then it starts again."""

        async def done() -> None:
            LIFE.set(self.life)
            try:
                await work()
            except KilledError:
                pass
            except BugError:
                raise
            except PowerStreamError:
                pass  # it was told why not
            await self._settled()

        return done()

    async def _settled(self) -> None:
        """Wait for what the room does beside, and begin anew if it was killed."""
        await asyncio.sleep(0)
        aside = self.room._aside._tasks
        while aside:
            await asyncio.gather(*aside, return_exceptions=True)
        if self.life.is_over:
            self.killed += 1
            await self.restart()

    async def restart(self, data: bytes | None = None) -> None:
        """End, and start again, on other data if there are any."""
        self.life.is_over = True
        before = self.store.data() if data is None else data
        self.store.close()
        self._runs(before)
        LIFE.set(self.life)
        self._devices += data is not None
        await self.prepare()

    async def prepare(self) -> None:
        """Do what a start does, and log in where the data do not say so."""
        device = f"device{self.number}{self._devices:03}"

        def know(tables: Any) -> bool:
            if tables.cloud.fact(CloudFact.DEVICE_ID) is None:
                tables.cloud.keep_fact(CloudFact.DEVICE_ID, device)
            return tables.cloud.fact(CloudFact.BACKEND_KEY_REF) is None

        is_logged_out = await self.store.write(know)
        if is_logged_out and self.world.has_server:
            await self.room.log_in(Secret("good"), None)
        with contextlib.suppress(PowerStreamError):
            await self.room._copies._tools.eviction.put_right()
        await self._folders.look()

    # What its desks do.

    async def uploads(self) -> None:
        await self.room._uploads._step()

    async def syncs(self, *, says_yes: bool = True) -> None:
        desk = self.room._sync
        desk.want(confirm=says_yes)
        await desk._pass()
        await self.store.write(self._named)

    async def copies(self) -> None:
        before = self._files()
        await self.room._copies._step()
        after = self._files()
        self.given_up, self.fetched = self.given_up + len(before - after), self.fetched + len(after - before)

    def _files(self) -> frozenset[str]:
        return frozenset(self.store.look(lambda tables: tables.asset_files.all()))

    async def tells(self) -> None:
        """Compare with the server, and tell it."""
        desk = self.room._backend
        if not desk._is_wanted:
            return
        account, backend = await desk._tools.line.backend()
        desk._settle_at(account)
        desk._compared_at_s = None
        await desk._compare(account, backend)
        while desk._to_tell:
            await desk._tell_next(account, backend)

    async def looks(self) -> None:
        """Look for the files."""
        await self._folders.look()

    async def rebuilds(self) -> None:
        """Look through the folder for films that are in no list."""
        await self._folders.rebuild([self.folder])

    def _named(self, tables: Any) -> None:
        """Give a new id that the desk has drawn a name that each playing gives it."""
        known = tables.cloud.fact(CloudFact.DEVICE_ID)
        if not known.startswith("device"):
            self._devices += 1
            tables.cloud.keep_fact(CloudFact.DEVICE_ID, f"device{self.number}{self._devices:03}")

    # What people do.

    async def records(self, asset_id: str, content: bytes) -> None:
        file = self.folder / f"{asset_id}.mp4"
        if file.exists():
            return
        file.write_bytes(content)
        recorded_at = datetime.fromtimestamp(self.world.now_s, UTC)
        asset = Asset(
            id=asset_id, title="Show", recorded_at=recorded_at, file=str(file), size_bytes=len(content)
        )
        await self.store.write(lambda tables: tables.assets.put(asset))
        self._heard("added", asset_id)

    async def edits(self, asset_id: str, title: str) -> None:
        changed = replace(await self.store.read(lambda tables: tables.assets.get(asset_id)), title=title)
        await self.store.write(lambda tables: tables.assets.put(changed))
        self._heard("changed", asset_id)

    async def removes(self, asset_id: str) -> None:
        """For all computers, as the API does."""
        await self.store.write(lambda tables: tables.assets.remove(asset_id))
        self._heard("removed", asset_id)
        await self.room.removed(asset_id)

    def writes_notes(self) -> None:
        """Have lie beside the files what the library's service has put there whenever something changed."""
        files = self.store.look(lambda tables: tables.asset_files.all())
        for asset_id, file in files.items():
            asset = self.knows(asset_id)
            if asset is not None and file.exists():
                write_sidecar(file, sidecar_of(Noted(asset=asset)))

    def knows(self, asset_id: str) -> Asset | None:
        return self.store.look(lambda tables: asset_or_none(tables, asset_id))

    def has_file(self, asset_id: str) -> bool:
        """Return whether its library has a file of the replay."""
        asset = self.knows(asset_id)
        return asset is not None and asset.file is not None and Path(asset.file).exists()

    # What it is to others.

    def send(self, request: WireRequest) -> WireAnswer:
        """Ask the PowerStream server; as ``Sender``."""
        self.life.begin()
        if not self.is_online:
            raise BackendTrouble(BackendCode.UNREACHABLE)
        answer = self.world.server.send(request)
        self.life.end(Kind.DATA if request.method == "GET" else Kind.SERVER)
        if self.courier._is_lost():
            raise BackendTrouble(BackendCode.UNREACHABLE)
        return answer

    def _heard(self, change: str, asset_id: str) -> None:
        """Tell the room what the library's service tells it."""
        self.room.heard(change, asset_id)


class _Library:
    """What ``LibraryFolders`` tells of what it has found."""

    def __init__(self, heard: Callable[[str, str], None]) -> None:
        self.tell = heard

    def changed(self, asset_id: str) -> None:
        self.tell("changed", asset_id)

    def came(self, asset: Asset) -> None:
        self.tell("added", asset.id)


async def _unknown() -> int | None:
    return None
