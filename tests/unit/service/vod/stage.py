"""A library of a test: a real store, files that are no films, and what was told of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from powerstream_desktop.library.sidecar import Sidecar, read_sidecar, sidecar_path
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.vod.library_bin import LibraryBin
from powerstream_desktop.service.vod.library_folders import LibraryFolders
from powerstream_desktop.service.vod.vod_service import VODService
from tests.unit.service.store.rows import NOW, asset
from tests.unit.service.vod.fake_bin import FakeBin

PATIENCE_S = 20.0
"""A busy machine may need it; nobody waits for it otherwise."""


@dataclass
class Library:
    """A library in a folder; ``told`` are the changes it told."""

    folder: Path
    store: Store
    vod: VODService
    system: FakeBin
    told: list[tuple[str, str]] = field(default_factory=list)
    is_live: bool = False
    asked_if_live: int = 0

    def tells_if_live(self) -> bool:
        """Return it, and count who asks."""
        self.asked_if_live += 1
        return self.is_live

    def film(self, name: str, content: bytes = b"film") -> Path:
        """Make a file that passes for a film where nobody looks into it."""
        self.folder.mkdir(exist_ok=True)
        file = self.folder / name
        file.write_bytes(content)
        return file

    async def add(self, asset_id: str, file: Path, **fields: object) -> Asset:
        """Add a replay of a file."""
        return await self.vod.add(_film_asset(asset_id, file, **fields))

    async def get(self, asset_id: str) -> Asset:
        return await self.store.read(lambda tables: tables.assets.get(asset_id))

    def bin(self, undo_s: float = 3600.0) -> LibraryBin:
        return LibraryBin(self.store, self.system, lambda: NOW, self.vod.tell, undo_s=undo_s)

    def folders(self) -> LibraryFolders:
        return LibraryFolders(self.store, self.vod, lambda: NOW)

    def beside(self, file: Path) -> Sidecar | None:
        """Return what lies beside a file."""
        path = sidecar_path(file)
        return read_sidecar(path) if path.exists() else None


def _film_asset(asset_id: str, file: Path, **fields: object) -> Asset:
    made = asset(asset_id, file=str(file), size_bytes=file.stat().st_size)
    return replace(made, **fields)  # type: ignore[arg-type]


@asynccontextmanager
async def library(folder: Path) -> AsyncIterator[Library]:
    """Give a library whose data is in a folder."""
    store = Store(folder / "data", wall_now=lambda: NOW)
    await store.start()
    vod = VODService(store, lambda: NOW)
    stage = Library(folder / "videos", store, vod, FakeBin(folder / "system bin"))
    vod.listen(lambda change, asset_id: stage.told.append((change, asset_id)))
    await vod.start(stage.tells_if_live)
    try:
        yield stage
    finally:
        await vod.aclose()
        await store.aclose()


def tell(folder: Path, story: Callable[[Library], Awaitable[None]]) -> None:
    """Run a story in a library of its own."""

    async def run() -> None:
        async with library(folder) as stage:
            await story(stage)

    asyncio.run(run())


async def until(condition: Callable[[], Awaitable[bool]] | Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = condition()
            if await found if isinstance(found, Awaitable) else found:
                return
            await asyncio.sleep(0.005)
