"""What the cloud has to tell: the library of what other computers and the courier did, and all who listen how the cloud stands."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.service.cloud.cloud_standing import CloudStanding
from powerstream_desktop.service.cloud.room_tools import RoomTools

TOLD_EVERY_S: Final = 0.5

logger = logging.getLogger(__name__)


class CloudNews:
    """``start`` it, ``aclose`` it. On the service's loop.

    Args:
        tools: lead to the library, and to all who listen.
        standing: tells how the cloud stands; StoreFault if the data cannot be read.
    """

    def __init__(self, tools: RoomTools, standing: Callable[[], Awaitable[CloudStanding]]) -> None:
        self._tools = tools
        self._standing = standing
        self._is_telling = False
        self._turned = asyncio.Event()
        self._teller = OneTask("cloud", self._tell_standing)

    def start(self) -> None:
        """Begin to tell how the cloud stands."""
        self._teller.start()

    async def aclose(self) -> None:
        """Tell nobody any more. Harmless to repeat."""
        await self._teller.aclose()

    @property
    def is_telling(self) -> bool:
        """The library hears this from us just now: it is nothing to be told other computers."""
        return self._is_telling

    def tell(self, change: str, asset_id: str) -> None:
        """Have the library tell of a replay whose row has changed already."""
        self._say(lambda: self._tools.tell(change, asset_id))

    def changed(self, asset_id: str) -> None:
        """Have the library look anew at a replay whose file came or went."""
        self._say(lambda: self._tools.changed(asset_id))

    def turn(self) -> None:
        """Something stands otherwise: tell it soon."""
        self._turned.set()

    def _say(self, say: Callable[[], None]) -> None:
        self._is_telling = True
        try:
            say()
        finally:
            self._is_telling = False
        self.turn()

    async def _tell_standing(self) -> None:
        told: CloudStanding | None = None
        while True:
            await self._turned.wait()
            self._turned.clear()
            try:
                stands = await self._standing()
            except PowerStreamError as error:
                logger.info("How the cloud stands is not known: %s", error)
            else:
                if stands != told:
                    told = stands
                    self._tools.publish(stands)
            await asyncio.sleep(TOLD_EVERY_S)
