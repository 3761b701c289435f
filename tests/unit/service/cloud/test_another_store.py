"""Another store is chosen: what goes on for the one before ends, and nothing of it comes to the new one (V20, V34)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from tests.unit.service.cloud.stage import Computer, tell
from tests.unit.service.vod.stage import until

ONE = "replay-one"


def test_a_pass_ends_when_another_store_is_chosen_and_writes_nothing_more(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE, title="Evening")
        await until(lambda: not here.room.is_busy)
        bucket, begun, goes_on = here.courier.bucket, asyncio.Event(), asyncio.Event()
        before = dict(bucket.objects)
        write = here.courier.write_object

        async def write_later(key: str, data: bytes, **conditions: Any) -> str:
            begun.set()
            await goes_on.wait()
            return await write(key, data, **conditions)

        here.courier.write_object = write_later  # type: ignore[method-assign]
        await here.edit(ONE, title="For the first store only")
        await until(begun.is_set)
        await here.choose(prefix="two/")
        goes_on.set()
        await until(lambda: here.courier.started[-1].prefix == "two/" and not here.room.is_busy)
        assert bucket.objects == before

    tell(tmp_path, story)


def test_what_one_store_has_asked_is_not_answered_at_another(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        await here.shared(ONE)
        del here.courier.bucket.objects[f"one/manifests/{ONE}.json"]
        here.room.sync(confirm=False)
        await until(lambda: bool(here.told) and bool(here.told[-1].questions))
        here.courier.trouble, probed = StoreTrouble(TroubleCode.UNREACHABLE), here.courier.probed
        await here.choose(prefix="two/")
        await until(lambda: here.courier.probed > probed and not here.room.is_busy)
        assert (await here.room.standing()).questions == ()

    tell(tmp_path, story)
