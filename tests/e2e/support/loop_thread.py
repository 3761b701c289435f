"""An asyncio loop in a thread of its own, for servers that a synchronous test steers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
CALL_S = 10.0


class LoopThread:
    """Runs coroutines for another thread; ``close`` cancels what still runs and waits.

    Args:
        name: the thread's name.
    """

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._spawned: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop and return its result; called from any other thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(CALL_S)

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start a task that serves one connection; called on the loop.

        A coroutine function handed to ``asyncio.start_server`` would be a task as well, but Python 3.11 logs an error
        when such a task is cancelled.
        """
        task = self._loop.create_task(coroutine)
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)
        return task

    def close(self) -> None:
        """Cancel every task, stop the loop and join the thread."""
        self.run(self._cancel_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CALL_S)
        self._loop.close()

    async def _cancel_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for _ in range(3):
            await asyncio.sleep(0)  # transports close their sockets one turn after they are told to
