"""What is removed, or taken back, while no store is chosen, is told to the others once there is one again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from powerstream_desktop.service.cloud.replay_words import asset_or_none
from powerstream_desktop.service.settings.cloud_options import CloudKind
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import Computer, computer, tell, tell_two
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"


async def removed(here: Computer, asset_id: str) -> None:
    """Remove a replay from the library, as the API does."""
    await here.library.store.write(lambda tables: tables.assets.remove(asset_id))
    here.library.vod.tell("removed", asset_id)
    await here.room.removed(asset_id)


async def is_gone(here: Computer, asset_id: str) -> bool:
    return await here.library.store.read(lambda tables: asset_or_none(tables, asset_id)) is None


async def is_known(here: Computer, asset_id: str) -> bool:
    return not await is_gone(here, asset_id)


async def told_all(here: Computer) -> None:
    """Wait until a pass of now is over."""
    here.room.sync(confirm=False)
    await until(lambda: not here.room.is_busy)


def test_what_is_removed_while_the_cloud_is_off_stays_removed_and_goes_from_the_others(
    tmp_path: Path,
) -> None:
    async def story(one: Computer, other: Computer) -> None:
        for asset_id in (ONE, TWO):
            await one.shared(asset_id)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(TWO))
        await one.choose(kind=CloudKind.OFF)
        await removed(one, ONE)
        await one.choose(kind=CloudKind.FOLDER)
        await told_all(one)
        assert (await is_gone(one, ONE), await is_gone(one, TWO)) == (True, False)
        other.room.sync(confirm=False)
        await until(lambda: is_gone(other, ONE))
        assert await is_known(other, TWO)

    tell_two(tmp_path, story)


def test_what_was_removed_while_the_cloud_was_off_stays_so_over_a_restart(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            await here.shared(ONE)
            await here.choose(kind=CloudKind.OFF)
            await removed(here, ONE)
        async with computer(tmp_path, bucket) as here:
            await told_all(here)
            assert await is_gone(here, ONE)

    asyncio.run(run())


def test_what_is_removed_and_taken_back_while_the_cloud_is_off_is_there_for_all(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        file = await one.shared(ONE)
        await one.choose(kind=CloudKind.OFF)
        await removed(one, ONE)
        await one.library.add(ONE, file)
        await until(lambda: not one.room.is_busy)
        await one.choose(kind=CloudKind.FOLDER)
        await told_all(one)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(ONE))
        await told_all(one)
        assert await is_known(one, ONE)

    tell_two(tmp_path, story)


def test_what_was_removed_while_the_cloud_was_off_is_nothing_to_another_store(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        await here.choose(kind=CloudKind.OFF)
        await removed(here, ONE)
        before = dict(here.courier.bucket.objects)
        await here.choose(kind=CloudKind.FOLDER, prefix="two/")
        await until(lambda: here.courier.started[-1].prefix == "two/")
        await told_all(here)
        assert here.courier.bucket.objects == before

    tell(tmp_path, story)
