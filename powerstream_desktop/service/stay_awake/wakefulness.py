"""What holds the computer awake, and when. The system's own way stands in a module for each system.

A system that refuses is noted once; a broadcast does not depend on it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from typing import Final, Protocol

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import SystemFault

logger = logging.getLogger(__name__)

ANSWER_S: Final = 10.0
WHO: Final = "PowerStream"
WHY: Final = "A broadcast is live."


class WakeHold(Protocol):
    """Holds the computer awake until it is released, or this process ends, however it ends."""

    @property
    def way(self) -> str:
        """By what, for the log."""
        ...

    def release(self) -> None:
        """Let it sleep again; raises nothing. May block for as long as the system does."""
        ...


TakeHold = Callable[[], WakeHold]
"""Holds the computer awake; blocks as the system does. Raises ``SystemFault``."""


class Wakefulness:
    """Holds the computer awake while it is wanted. Owned by one asyncio loop; all methods are called on it.

    Args:
        take_hold: how; called on a thread.
    """

    def __init__(self, take_hold: TakeHold) -> None:
        self._take_hold = take_hold
        self._threads = DaemonThreads()
        self._hold: WakeHold | None = None
        self._is_wanted = False
        self._was_refused = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_held(self) -> bool:
        """The system has promised to stay awake."""
        return self._hold is not None

    def want(self, *, awake: bool) -> None:
        """Have it awake, or let it sleep. Returns at once; harmless when repeated."""
        self._is_wanted = awake
        if self._task is None and self._is_off():
            self._task = asyncio.get_running_loop().create_task(self._follow(), name="wakefulness")

    async def settled(self) -> None:
        """Wait until what is wanted is so, or the system has refused; but not for ever."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=ANSWER_S)

    async def aclose(self) -> None:
        """Let the computer sleep again, and wait for that."""
        self.want(awake=False)
        await self.settled()

    def _is_off(self) -> bool:
        """What is wanted is not what is."""
        if self._is_wanted:
            return self._hold is None and not self._was_refused
        return self._hold is not None

    async def _follow(self) -> None:
        """Do what is wanted, until it is what is; a wish may change meanwhile."""
        loop = asyncio.get_running_loop()
        try:
            while self._is_off():
                if self._hold is not None:
                    hold, self._hold = self._hold, None
                    await loop.run_in_executor(self._threads, hold.release)
                    logger.info("The computer may sleep again.")
                    continue
                try:
                    self._hold = await loop.run_in_executor(self._threads, self._take_hold)
                except SystemFault as fault:
                    self._was_refused = True
                    logger.info("The computer may fall asleep while live: %s %s", fault.title, fault.detail)
                else:
                    logger.info("The computer stays awake by %s.", self._hold.way)
        finally:
            self._task = None


def system_hold() -> WakeHold:
    """Hold this computer awake in its system's own way; raises ``SystemFault`` when it has none or refuses."""
    if sys.platform == "linux":
        from powerstream_desktop.service.stay_awake.linux import take_hold
    elif sys.platform == "win32":
        from powerstream_desktop.service.stay_awake.windows import take_hold
    elif sys.platform == "darwin":
        from powerstream_desktop.service.stay_awake.macos import take_hold
    else:
        raise SystemFault("This system has no way to be kept awake that we know of.")
    return take_hold()
