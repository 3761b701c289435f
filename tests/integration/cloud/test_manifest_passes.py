"""Passes over the manifests by real couriers and real stores: two computers agree, at once too, and by the store's clock."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.courier import Courier
from powerstream_desktop.cloud.manifests.edits import Author, first_manifest, updated
from powerstream_desktop.cloud.manifests.kept_manifests import Kept, Listed
from powerstream_desktop.cloud.manifests.manifest import Manifest
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.service.cloud.bucket import Bucket
from tests.integration.cloud.hostile_store import HostileStore, running
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.unit.cloud.manifests import world
from tests.unit.cloud.manifests.replays import replay, told

PATIENCE_S = 90.0
YEARS_S = 315_360_000.0


class Computer(world.Computer):
    """A computer whose way to the store is a courier."""

    def __init__(self, courier: Courier, prefix: str, device: str) -> None:
        super().__init__(world.Bucket(), device, device)
        self.courier = courier
        self.store = Bucket(courier, prefix)

    def author(self) -> Author:
        now_ms = time.time_ns() // 1_000_000 + self.clock_error_ms + round(self.courier.clock_offset_s * 1000)
        return Author(device=self.device, name=self.name, now_ms=now_ms)

    async def list(self, prefix: str) -> AsyncIterator[Sequence[Listed]]:
        async for each in self.store.list(prefix):
            yield each

    async def read(self, key: str) -> tuple[bytes, str] | None:
        return await self.store.read(key)

    async def write(self, key: str, data: bytes, *, if_match: str | None) -> str | None:
        return await self.store.write(key, data, if_match=if_match)

    async def delete(self, key: str) -> None:
        await self.store.delete(key)

    def record(self, *asset_ids: str) -> None:
        for asset_id in asset_ids:
            self.store_row(Kept(manifest=first_manifest(replay(asset_id), self.author())))

    def edit(self, asset_id: str, **changes: str) -> None:
        kept = self.kept(asset_id)
        assert kept is not None
        manifest = updated(kept.manifest, told(kept.manifest, **changes), self.author())
        self.store_row(replace(kept, manifest=manifest, is_ahead=True))

    def knows(self, asset_id: str) -> Manifest:
        kept = self.kept(asset_id)
        assert kept is not None
        return kept.manifest


@contextlib.asynccontextmanager
async def two_computers(config: StoreConfig) -> AsyncIterator[tuple[Computer, Computer]]:
    async with contextlib.AsyncExitStack() as open_couriers, asyncio.timeout(PATIENCE_S):
        found = []
        for device in ("studio00", "laptop00"):
            courier = Courier()
            open_couriers.push_async_callback(courier.aclose)
            courier.start(config, CREDENTIALS)
            found.append(Computer(courier, config.prefix, device))
        yield found[0], found[1]


@pytest.fixture(params=["moto", "seaweed", "folder"])
def config(request: pytest.FixtureRequest, prefix: str, tmp_path: Path) -> StoreConfig:
    """Give each store in turn, and a place in it of the test's own."""
    if request.param == "folder":
        return StoreConfig(kind=StoreKind.FOLDER, folder=tmp_path, prefix=prefix)
    found: StoreConfig = request.getfixturevalue(f"{request.param}_config")
    return replace(found, prefix=prefix)


def test_two_computers_agree_and_a_pass_without_news_changes_nothing(config: StoreConfig) -> None:
    async def play() -> None:
        async with two_computers(config) as (studio, laptop):
            names = [f"A{number}" for number in range(12)]
            studio.record(*names)
            assert (await studio.sync()).finished_ms is not None
            assert set((await laptop.sync()).added) == set(names)
            laptop.edit("A3", title="Größer 😀")
            await laptop.sync()
            assert (await studio.sync()).changed == ("A3",)
            assert studio.knows("A3") == laptop.knows("A3")
            before = dict(studio.rows)
            outcome = await studio.sync()
            assert (outcome.changed, outcome.refused, outcome.questions) == ((), {}, ())
            assert studio.rows == before

    asyncio.run(play())


def test_two_computers_that_write_at_once_lose_no_text(config: StoreConfig) -> None:
    async def play() -> None:
        async with two_computers(config) as (studio, laptop):
            studio.record("A1")
            await studio.sync()
            await laptop.sync()
            for number in range(3):
                studio.edit("A1", title=f"Studio {number}")
                laptop.edit("A1", title=f"Laptop {number}")
                await asyncio.gather(studio.sync(), laptop.sync())
                for computer in (studio, laptop, studio):
                    await computer.sync()
                assert studio.knows("A1") == laptop.knows("A1")
                shown = {studio.knows("A1").title.value, *(each.text for each in studio.knows("A1").lost)}
                assert {f"Studio {number}", f"Laptop {number}"} <= shown

    asyncio.run(play())


def test_a_clock_that_is_years_ahead_writes_by_the_stores_clock() -> None:
    async def play(hostile: HostileStore) -> None:
        async with two_computers(hostile.config(capabilities=EVERYTHING)) as (studio, laptop):
            studio.record("A1")
            studio.edit("A1", title="From the future")
            ahead = studio.knows("A1").title.stamp
            await studio.sync()
            assert studio.courier.clock_offset_s == pytest.approx(-YEARS_S, abs=60)
            written = studio.knows("A1").title.stamp
            assert ahead.wall_ms - written.wall_ms == pytest.approx(YEARS_S * 1000, abs=60_000)
            await laptop.sync()
            assert laptop.knows("A1").title.stamp == written

    with running(HostileStore(ahead_s=-YEARS_S)) as hostile:
        asyncio.run(play(hostile))
