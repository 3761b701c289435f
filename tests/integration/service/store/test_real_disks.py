"""The store on disks that are really full or really read-only (D03, D07)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.service.store.asset_listing import AssetsWanted
from powerstream_desktop.service.store.opening import DATABASE_NAME
from powerstream_desktop.service.store.store import Store
from powerstream_desktop.service.store.store_faults import StoreFault
from powerstream_desktop.service.store.tables import Tables
from tests.integration.small_disk import may_mount, run, small_disk
from tests.unit.service.store.rows import NOW, asset, station

pytestmark = may_mount

ROOMY_BYTES = 16 * 1024 * 1024
PAGE_BYTES = 4096


async def filled_up(folder: Path) -> int:
    """Write until the disk is full, and read on all the same; return how many replays were acknowledged."""
    store = Store(folder, wall_now=lambda: NOW)
    await store.start()
    acknowledged = 0

    def put(data: Tables) -> None:
        data.assets.put(asset(f"as{acknowledged}", description="words " * 2000))

    try:
        with pytest.raises(StoreFault, match="disk is full"):  # noqa: PT012 - any of them may be the last
            while acknowledged < 1000:
                await store.write(put)
                acknowledged += 1
        assert len(await store.read(all_ids)) == acknowledged
    finally:
        await store.aclose()
    return acknowledged


def all_ids(data: Tables) -> list[str]:
    return [each.id for each in data.assets.page(AssetsWanted(words="words"), limit=200).rows]


async def ids_after_restart(folder: Path) -> list[str]:
    store = Store(folder, wall_now=lambda: NOW)
    await store.start()
    try:
        await store.write(lambda data: data.stations.add(station("After", "after")))
        return await store.read(all_ids)
    finally:
        await store.aclose()


@pytest.mark.parametrize("pages", range(120, 125))
def test_a_disk_that_fills_up_loses_nothing_acknowledged_and_goes_on_when_there_is_room(
    tmp_path: Path, pages: int
) -> None:
    with small_disk(tmp_path, pages * PAGE_BYTES):
        acknowledged = asyncio.run(filled_up(tmp_path))
        assert acknowledged > 0
        run("mount", "-o", f"remount,size={ROOMY_BYTES}", str(tmp_path))
        assert len(asyncio.run(ids_after_restart(tmp_path))) == acknowledged


def test_a_first_start_on_a_full_disk_is_refused_and_done_again_later(tmp_path: Path) -> None:
    with small_disk(tmp_path, 10 * PAGE_BYTES):
        with pytest.raises(StoreFault, match="disk is full"):
            asyncio.run(ids_after_restart(tmp_path))
        assert not (tmp_path / DATABASE_NAME).exists()
        run("mount", "-o", f"remount,size={ROOMY_BYTES}", str(tmp_path))
        assert asyncio.run(ids_after_restart(tmp_path)) == []


def test_a_read_only_disk_is_said_and_changes_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path, ROOMY_BYTES):
        asyncio.run(ids_after_restart(tmp_path))
        before = (tmp_path / DATABASE_NAME).read_bytes()
        run("mount", "-o", "remount,ro", str(tmp_path))
        with pytest.raises(StoreFault, match="may not be written"):
            asyncio.run(ids_after_restart(tmp_path))
        assert (tmp_path / DATABASE_NAME).read_bytes() == before
