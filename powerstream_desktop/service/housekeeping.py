"""What the service sees to once a second, besides its work: is it needed, did the computer sleep, may it sleep, is a backup due."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.idle import IdleWatch, Need
from powerstream_desktop.service.stay_awake.wakefulness import Wakefulness
from powerstream_desktop.service.suspend import SuspendWatch

logger = logging.getLogger(__name__)

ROUND_S: Final = 1.0
FIRST_BACKUP_S: Final = 60.0
"""After the start, which has more urgent things to do."""
BACKUP_LOOK_S: Final = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chores:
    """What housekeeping asks and has done; all on the loop.

    Attributes:
        need: who needs the service now.
        end: nobody needs it any more.
        wake_up: the computer slept for so many seconds.
        back_up: make the backup of the day, if it is due.
    """

    need: Callable[[], Need]
    end: Callable[[], None]
    wake_up: Callable[[float], Awaitable[None]]
    back_up: Callable[[], Awaitable[object]]


class Housekeeping:
    """Goes round once a second. Owned by one asyncio loop.

    Args:
        chores: what there is to do.
        idle: decides whether the service may end.
        suspend: knows whether the computer slept.
        wakefulness: keeps it awake while something is live.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        chores: Chores,
        *,
        idle: IdleWatch,
        suspend: SuspendWatch,
        wakefulness: Wakefulness,
        clock: Clock,
    ) -> None:
        self._chores = chores
        self._idle = idle
        self._suspend = suspend
        self._wakefulness = wakefulness
        self._clock = clock
        self._backup_due_s = clock() + FIRST_BACKUP_S
        self._has_backed_up = False  # or tried to
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to go round."""
        self._task = asyncio.create_task(self._go_round(), name="housekeeping")

    async def aclose(self) -> None:
        """Go round no more, and let the computer sleep."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._wakefulness.aclose()

    async def look(self) -> None:
        """Go round once."""
        slept_s = self._suspend.slept_s()
        if slept_s is not None:
            logger.info("The computer slept for %d s.", slept_s)
            await self._chores.wake_up(slept_s)
        need, now = self._chores.need(), self._clock()
        self._wakefulness.want(awake=need.is_live)
        is_over = self._idle.may_end(need, now)
        # Scripts begin a service for a moment, again and again: none of these would come to its first backup.
        is_last_chance = is_over and not self._has_backed_up
        if not need.is_live and (now >= self._backup_due_s or is_last_chance):
            self._backup_due_s = now + BACKUP_LOOK_S
            self._has_backed_up = True
            await self._back_up()
        if is_over:
            logger.info("Nobody needs the service any more.")
            self._chores.end()

    async def _back_up(self) -> None:
        try:
            await self._chores.back_up()
        except PowerStreamError as error:
            logger.warning("The data cannot be backed up: %s %s", error, error.detail)

    async def _go_round(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                logger.exception("A round of housekeeping failed")
            await asyncio.sleep(ROUND_S)
