from __future__ import annotations

import _thread
import asyncio
import errno
import threading
from collections.abc import Callable
from typing import NoReturn

import pytest

from powerstream_desktop.common.daemon_threads import DaemonThreads

CALLS = 100
WAIT_S = 10.0


def test_calls_that_hang_keep_no_other_from_starting() -> None:
    together = threading.Barrier(CALLS)

    async def all_at_once() -> list[int]:
        asyncio.get_running_loop().set_default_executor(DaemonThreads())
        return await asyncio.gather(*(asyncio.to_thread(together.wait, WAIT_S) for _ in range(CALLS)))

    assert sorted(asyncio.run(all_at_once())) == list(range(CALLS))


def test_a_call_that_hangs_does_not_keep_the_loop_from_ending() -> None:
    let_go, ended = threading.Event(), threading.Event()

    def hang() -> None:
        let_go.wait(WAIT_S)
        ended.set()

    async def give_up() -> None:
        asyncio.get_running_loop().set_default_executor(DaemonThreads())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(hang), 0.01)

    asyncio.run(give_up())
    assert not ended.is_set()
    let_go.set()
    assert ended.wait(WAIT_S)


def test_what_a_call_raises_reaches_who_waits_for_it() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        DaemonThreads().submit(int, "x").result(WAIT_S)


def test_a_system_without_threads_is_an_error_of_the_call_and_of_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_function: Callable[[], None], _arguments: tuple[()]) -> NoReturn:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(_thread, "start_new_thread", refuse)

    with pytest.raises(OSError, match="no thread") as raised:
        DaemonThreads().submit(int, "1").result(WAIT_S)

    assert raised.value.errno == errno.EAGAIN


def test_a_thread_that_dies_before_its_first_word_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_thread, "start_new_thread", lambda _function, _arguments: 0)

    future = DaemonThreads().submit(int, "1")

    assert not future.done()
