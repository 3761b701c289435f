"""What the cloud does beside its desks: work that nobody waits for. Owner: the room, on the service's loop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any

from powerstream_desktop.common.errors import PowerStreamError

logger = logging.getLogger(__name__)


class Aside:
    """``do`` some work, ``aclose`` in the end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin with it; what goes wrong is said in the log."""
        task = asyncio.get_running_loop().create_task(_done(work), name="cloud-aside")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        """Break off what goes on. Harmless to repeat."""
        for task in tuple(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _done(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except PowerStreamError as error:
        logger.info("The cloud does not learn of a replay now: %s", error)
    except Exception:
        logger.exception("What the cloud learns of a replay met a mistake of ours")
