"""Follows the network while somebody wants to know: a look every few seconds, each on a thread, for a system may take its time.

Owner: the cloud's room, on the service's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.service.network.network import LookAtNetwork, Network

LOOK_EVERY_S: Final = 5.0
UNKNOWN: Final = Network()

logger = logging.getLogger(__name__)


class NetworkWatch:
    """``start`` it, ``aclose`` it.

    Args:
        look: at the network; called on a thread, one at a time.
        is_wanted: whether anybody wants to know; while nobody does, the network is not known.
        every_s: between two looks.
    """

    def __init__(
        self, look: LookAtNetwork, is_wanted: Callable[[], bool], *, every_s: float = LOOK_EVERY_S
    ) -> None:
        self._look = look
        self._is_wanted = is_wanted
        self._every_s = every_s
        self._newest = UNKNOWN
        self._was_refused = False
        self._watching = OneTask("network watch", self._watch)

    @property
    def newest(self) -> Network:
        """What was seen last; a network that is there and costs nothing while nothing is known."""
        return self._newest

    def start(self) -> None:
        """Begin to look; BugError if it was started before."""
        self._watching.start()

    async def aclose(self) -> None:
        """Look no more; a look that is under way is left to its thread. Harmless to repeat."""
        await self._watching.aclose()

    # Inside.

    async def _watch(self) -> None:
        threads = DaemonThreads()
        while True:
            if self._is_wanted():
                self._newest = await self._seen(threads)
            else:
                self._newest = UNKNOWN
            await asyncio.sleep(self._every_s)

    async def _seen(self, threads: DaemonThreads) -> Network:
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, self._look)
        except (SystemFault, OSError) as fault:
            if not self._was_refused:
                self._was_refused = True
                logger.info("Whether the network is metered is not known: %s", fault)
        except Exception:
            if not self._was_refused:
                self._was_refused = True
                logger.exception("A look at the network met a mistake of ours")
        return UNKNOWN
