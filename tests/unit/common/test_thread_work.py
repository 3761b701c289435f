"""Work on a thread is waited for also by whoever is cancelled."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from powerstream_desktop.common.thread_work import to_its_end

DEADLINE_S = 20.0


def tell(story: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        async with asyncio.timeout(DEADLINE_S):
            await story()

    asyncio.run(run())


def test_what_comes_of_it_is_returned_or_raised() -> None:
    async def story() -> None:
        assert await to_its_end(int, "17", base=8) == 15
        with pytest.raises(ValueError, match="invalid literal"):
            await to_its_end(int, "x")

    tell(story)


@pytest.mark.parametrize("fails", [False, True])
def test_whoever_is_cancelled_again_and_again_is_so_when_it_has_ended(fails: bool) -> None:
    async def story() -> None:
        begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            go_on.wait(DEADLINE_S)
            done.set()
            if fails:
                raise OSError("nobody wants to know")

        waiting = asyncio.ensure_future(to_its_end(work))
        await asyncio.to_thread(begun.wait, DEADLINE_S)
        for _ in range(3):
            waiting.cancel()
            await asyncio.sleep(0)
        assert not waiting.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert done.is_set()

    tell(story)


def test_a_disk_that_hangs_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("powerstream_desktop.common.thread_work.PATIENCE_S", 0.01)

    async def story() -> None:
        begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            go_on.wait(DEADLINE_S)
            done.set()

        waiting = asyncio.ensure_future(to_its_end(work))
        await asyncio.to_thread(begun.wait, DEADLINE_S)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert not done.is_set()
        go_on.set()

    tell(story)
