"""An event loop whose clock jumps over idle time: deadlines of half a minute pass in milliseconds, on real sockets.

Everything that a test starts lives in this loop, so nothing can happen in it while no socket is ready. The loop grants the
kernel a moment, then moves its own clock to the next timer. ``loop.time()`` is the clock to hand to what is under test.
"""

from __future__ import annotations

import asyncio
import functools
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, ParamSpec, TypeVar, TypeVarTuple, Unpack

PATIENCE_S = 120.0
"""Loop time after which a condition that has not come true never will."""
_FIRST_POLL_S = 0.01
_LONGEST_POLL_S = 0.5
_LONGEST_GRACE_S = 0.008

P = ParamSpec("P")
T = TypeVar("T")
Args = TypeVarTuple("Args")


class SwiftLoop(asyncio.SelectorEventLoop):
    """Jumps over idle time, except while a thread works for it (name resolution).

    Args:
        longest_grace_s: how long the kernel may take to hand over what was sent, before a jump.
        no_grace_below_s: jumps shorter than that are made at once.
    """

    def __init__(self, longest_grace_s: float = _LONGEST_GRACE_S, no_grace_below_s: float = 0.0) -> None:
        self._skipped_s = 0.0
        self._threads_at_work = 0
        super().__init__(_SwiftSelector(self, longest_grace_s, no_grace_below_s))

    def time(self) -> float:
        return super().time() + self._skipped_s

    def get_debug(self) -> bool:
        """Say no to futures and handles, which would each keep a stack: that took more than half of all the time.

        The checks of debug mode look at the loop's own flag, and are made.
        """
        return False

    def skip(self, seconds: float) -> None:
        """Move the clock, unless a thread is at work."""
        if not self._threads_at_work:
            self._skipped_s += seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Args]], T], *args: *Args
    ) -> asyncio.Future[T]:
        future = super().run_in_executor(executor, func, *args)
        self._threads_at_work += 1
        future.add_done_callback(self._thread_done)
        return future

    def _thread_done(self, _future: asyncio.Future[Any]) -> None:
        self._threads_at_work -= 1

    def timers(self) -> list[str]:
        """What is still to happen."""
        return [repr(handle) for handle in self._scheduled if not handle.cancelled()]  # type: ignore[attr-defined]


class _SwiftSelector(selectors.DefaultSelector):
    def __init__(self, loop: SwiftLoop, longest_grace_s: float, no_grace_below_s: float) -> None:
        super().__init__()
        self._loop = loop
        self._longest_grace_s = longest_grace_s
        self._no_grace_below_s = no_grace_below_s

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        grace_s = min(self._longest_grace_s, timeout / 10) if timeout >= self._no_grace_below_s else 0
        ready = super().select(grace_s)
        if not ready:
            self._loop.skip(timeout - grace_s)
        return ready


def swiftly(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an asynchronous test on a ``SwiftLoop`` in debug mode; a timer that it leaves behind fails it."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(debug=True, loop_factory=SwiftLoop) as runner:
            loop = runner.get_loop()
            assert isinstance(loop, SwiftLoop)
            # This machine may be slow; that is no finding of a test.
            loop.slow_callback_duration = 60.0
            runner.run(_ending_cleanly(test(*args, **kwargs), loop))

    return run


async def _ending_cleanly(test: Awaitable[None], loop: SwiftLoop) -> None:
    await test
    # Sockets that were closed tell their protocols in the next rounds of the loop.
    for _ in range(5):
        await asyncio.sleep(0)
    assert loop.timers() == []


async def eventually(condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until a condition holds; fail when it does not within that much loop time."""
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + patience_s
    pause_s = _FIRST_POLL_S
    while not condition():
        assert loop.time() < give_up_at, "the condition never came true"
        await asyncio.sleep(pause_s)
        pause_s = min(_LONGEST_POLL_S, pause_s * 1.2)


async def let_pass(seconds: float) -> None:
    """Let loop time pass; real time hardly does."""
    await asyncio.sleep(seconds)
