"""What a broadcast needs when the computer has slept: its connections are dead, and nothing says so for minutes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable

from powerstream_desktop.common.errors import PowerStreamError

logger = logging.getLogger(__name__)


async def reconnect(endpoint_ids: Iterable[str], retry: Callable[[str], Awaitable[None]]) -> None:
    """Have every destination of a broadcast try again at once; one that cannot costs the others nothing."""
    for endpoint_id in endpoint_ids:
        try:
            await retry(endpoint_id)
        except PowerStreamError as error:
            logger.info("A destination is not told to try again: %s", error)
