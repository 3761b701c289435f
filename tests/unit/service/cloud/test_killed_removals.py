"""A removal and what all computers are told of it are one step: no kill and no full disk comes between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.cloud.library_shelf import load_kept
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import Computer, computer, tell
from tests.unit.service.vod.stage import until

ONE = "replay-one"


async def _from_the_library(here: Computer) -> None:
    def remove(tables: Tables) -> None:
        tables.assets.remove(ONE)
        here.room.saying_removed(ONE)(tables)

    await here.library.store.write(remove)


async def _to_the_bin(here: Computer) -> None:
    bin_ = here.library.bin(undo_s=0.0)
    await bin_.put(ONE, here.room.saying_removed(ONE), here.room.saying_restored(ONE))
    await until(lambda: _is_let_go(here))
    await bin_.aclose()


async def _is_let_go(here: Computer) -> bool:
    return not await here.library.store.read(lambda tables: tables.asset_bin.contents())


async def _passed(here: Computer) -> None:
    here.room.sync(confirm=False)
    await until(lambda: not here.room.is_busy)


async def _is_deleted(here: Computer) -> bool:
    kept = await here.library.store.read(lambda tables: load_kept(tables, ONE))
    assert kept is not None
    return kept.manifest.is_deleted


@pytest.mark.parametrize("remove", [_from_the_library, _to_the_bin])
def test_a_removal_behind_which_the_service_was_killed_is_told_to_all_by_the_next_start(
    tmp_path: Path, remove: Callable[[Computer], Awaitable[None]]
) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            await here.shared(ONE)
            await until(lambda: not here.room.is_busy)
            await remove(here)  # and nobody comes to tell the cloud
        async with computer(tmp_path, bucket) as here, computer(tmp_path, bucket, "b") as other:
            await _passed(here)
            assert not await here.knows(ONE)
            await _passed(other)
            assert not await other.knows(ONE)

    asyncio.run(run())


def test_a_replay_whose_file_cannot_be_moved_stays_for_all(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        file = await here.shared(ONE)
        (file.parent / ".bin").write_bytes(b"in the way of the bin")
        bin_ = here.library.bin()
        with pytest.raises(SystemFault):
            await bin_.put(ONE, here.room.saying_removed(ONE), here.room.saying_restored(ONE))
        assert not await _is_deleted(here)
        await bin_.aclose()

    tell(tmp_path, story)


def test_a_replay_that_is_taken_back_is_one_of_all_from_that_very_step_on(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        bin_ = here.library.bin()
        token = await bin_.put(ONE, here.room.saying_removed(ONE), here.room.saying_restored(ONE))
        assert await _is_deleted(here)
        await bin_.restore(ONE, token, here.room.saying_restored(ONE))
        assert not await _is_deleted(here)
        await bin_.aclose()

    tell(tmp_path, story)
