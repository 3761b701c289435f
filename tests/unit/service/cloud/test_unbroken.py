"""A step that was begun is done before anybody who is cancelled hears of it."""

from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.service.cloud.unbroken import unbroken


def test_it_brings_what_the_work_brings() -> None:
    async def work() -> int:
        return 7

    assert asyncio.run(unbroken(work())) == 7


def test_it_fails_as_the_work_fails() -> None:
    async def work() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        asyncio.run(unbroken(work()))


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("fails", [False, True])
def test_who_is_cancelled_waits_for_its_end_and_hears_of_it_then(times: int, fails: bool) -> None:
    async def run() -> None:
        goes_on, ended = asyncio.Event(), asyncio.Event()

        async def work() -> None:
            await goes_on.wait()
            ended.set()
            if fails:
                raise OSError("full")

        waiting = asyncio.create_task(unbroken(work()))
        for _ in range(times):
            await asyncio.sleep(0)
            waiting.cancel()
        await asyncio.sleep(0)
        assert not waiting.done()
        goes_on.set()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert ended.is_set()

    asyncio.run(run())
