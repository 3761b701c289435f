"""The one task of a part that works by itself: begun once, broken off and waited for at the end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

from powerstream_desktop.common.errors import BugError


class OneTask:
    """Belongs to one asyncio loop.

    Args:
        name: of the task, as logs and debuggers show it.
        work: what it does until it is broken off.
    """

    def __init__(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._name = name
        self._work = work
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin.

        Raises:
            BugError: it was begun already.
        """
        if self._task is not None:
            raise BugError("A part of PowerStream was started twice.", detail=self._name)
        self._task = asyncio.get_running_loop().create_task(self._work(), name=self._name)

    async def aclose(self) -> None:
        """Break off, and wait for the end; raises what it had failed with by then. Harmless to repeat."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
