"""Computers of a station, each with a library, a cloud's room and a courier of its own, and the bucket that they share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.cloud.cloud_room import CloudRoom
from powerstream_desktop.service.cloud.cloud_standing import CloudStanding
from powerstream_desktop.service.cloud.live_gate import LiveLine
from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.cloud.right_of_way import Traffic
from powerstream_desktop.service.cloud.room_tools import RoomTools
from powerstream_desktop.service.network.network import Network
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.uploads import Upload, UploadState
from powerstream_desktop.service.vod.played_films import PlayedFilms
from tests.unit.cloud.backend.scripted_server import URL, ScriptedServer
from tests.unit.service.api.fake_parts import FakeSecrets
from tests.unit.service.cloud.fake_courier import FakeCourier, SharedBucket
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.stage import Library, library, until

FILM = b"film" * 1000
GOOD = Secret("good")
"""A token that the scripted server takes."""
OPTIONS = CloudOptions(kind=CloudKind.FOLDER, folder=Path.home().absolute() / "store", prefix="one/")


class Keys(FakeSecrets):
    """Takes what a key is for."""

    async def keep(self, key: Secret, kind: str = "endpoint") -> str:
        return f"{kind}-{await super().keep(key)}"

    async def forget(self, key_ref: str | None) -> None:
        await super().forget(None if key_ref is None else key_ref.partition("-")[2])

    async def get(self, key_ref: str | None) -> Secret | None:
        return await super().get(None if key_ref is None else key_ref.partition("-")[2])


@dataclass
class Computer:
    """One of them."""

    library: Library
    courier: FakeCourier
    room: CloudRoom
    keys: Keys
    options: CloudOptions = OPTIONS
    live: LiveLine | None = None
    known_kbps: int | None = None
    network: Network = field(default_factory=Network)
    in_use: set[str] = field(default_factory=set)
    played: PlayedFilms = field(default_factory=lambda: PlayedFilms(lambda: 0.0))
    told: list[CloudStanding] = field(default_factory=list)
    now_s: float = 0.0
    server: ScriptedServer = field(default_factory=ScriptedServer)

    async def film(self, asset_id: str, content: bytes = FILM, **fields: object) -> Path:
        """Add a replay."""
        file = self.library.film(f"{asset_id}.mp4", content)
        await self.library.add(asset_id, file, **fields)
        return file

    async def known(self) -> int | None:
        return self.known_kbps

    async def get(self, asset_id: str) -> Asset:
        return await self.library.get(asset_id)

    async def upload(self, asset_id: str) -> Upload | None:
        return await self.library.store.read(lambda tables: tables.uploads.get(asset_id))

    async def is_in(self, asset_id: str, state: UploadState, life: str = "") -> bool:
        found = await self.upload(asset_id)
        return found is not None and found.state is state and life in ("", found.life)

    async def becomes(self, asset_id: str, state: UploadState, life: str = "") -> None:
        """Wait until an upload stands so."""
        await until(lambda: self.is_in(asset_id, state, life))

    async def shared(self, asset_id: str, **fields: object) -> Path:
        """Add a replay, upload it, and wait until all computers can know of it."""
        file = await self.film(asset_id, **fields)  # type: ignore[arg-type]
        await self.room.upload(asset_id)
        await self.becomes(asset_id, UploadState.SYNCED, "acknowledged")
        return file

    async def choose(self, **options: object) -> None:
        self.options = replace(self.options, **options)  # type: ignore[arg-type]
        await self.room.settings_changed(Settings())

    async def log_in(self) -> None:
        """Choose the PowerStream server, and log in there."""
        await self.choose(backend_url=URL)
        await self.room.log_in(GOOD, None)

    async def is_told(self, asset_id: str, **fields: object) -> bool:
        """Return whether the PowerStream server knows a replay, and says so of it."""
        said = self.server.replays.get(asset_id)
        return said is not None and all(said[name] == value for name, value in fields.items())

    async def is_quiet(self) -> bool:
        """Return whether nothing is on its way any more."""
        return not self.room.is_busy

    async def edit(self, asset_id: str, **fields: object) -> None:
        """Change what is said of a replay, as the API does."""
        changed = replace(await self.get(asset_id), **fields)  # type: ignore[arg-type]
        await self.library.store.write(lambda tables: tables.assets.put(changed))
        self.library.vod.changed(asset_id)

    async def knows(self, asset_id: str, **fields: object) -> bool:
        """Return whether a replay is known, and is said to be so."""
        found = await self.library.store.read(lambda tables: asset_or_none(tables, asset_id))
        return found is not None and all(getattr(found, name) == value for name, value in fields.items())


@asynccontextmanager
async def computer(
    home: Path, bucket: SharedBucket | None = None, name: str = "a", **options: object
) -> AsyncIterator[Computer]:
    """Give a computer that runs; its data lies in a folder of the name."""
    async with library(home / name) as shelf:
        courier = FakeCourier(bucket or SharedBucket())
        keys = Keys()
        stage = Computer(
            shelf, courier, None, keys, replace(OPTIONS, device_name=name.upper(), **options)  # type: ignore[arg-type]
        )  # fmt: skip
        stage.room = CloudRoom(
            RoomTools(
                courier=courier,
                store=shelf.store,
                keys=keys,
                options=lambda: stage.options,
                pictures=home / name / "pictures",
                recordings=lambda: home / name / "recordings",
                traffic=Traffic(
                    line=lambda: stage.live, known_kbps=stage.known, look_at_network=lambda: stage.network
                ),
                is_cut=lambda asset_id: asset_id in stage.in_use,
                is_played=stage.played.is_played,
                tell=shelf.vod.tell,
                changed=shelf.vod.changed,
                publish=stage.told.append,
                wall_now=lambda: NOW,
                clock=lambda: stage.now_s,
                sender=stage.server,
            ),
            soon_s=0.01,
        )
        shelf.vod.listen(stage.room.heard)
        await stage.room.start()
        try:
            yield stage
        finally:
            courier.is_open.set()
            await stage.room.aclose()


def tell(home: Path, story: Callable[[Computer], Awaitable[None]], **options: object) -> None:
    """Run a story at one computer."""

    async def run() -> None:
        async with computer(home, **options) as stage:  # type: ignore[arg-type]
            await story(stage)

    asyncio.run(run())


def tell_two(folder: Path, story: Callable[[Computer, Computer], Awaitable[None]]) -> None:
    """Run a story at two computers of a station."""

    async def run() -> None:
        bucket = SharedBucket()
        async with computer(folder, bucket, "a") as one, computer(folder, bucket, "b") as other:
            await story(one, other)

    asyncio.run(run())
