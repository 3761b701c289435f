"""What an event loop reports instead of raising; a shortage of descriptors becomes a sentence a minute.

Without descriptors asyncio reports every connection that it could not accept, several times a second and for as long as the
shortage lasts (F40): the log would hold nothing else.

A peer that hangs up before the last of our bytes is out makes asyncio report that the end of our direction cannot be told any
more. That is what hanging up means, and no error.
"""

from __future__ import annotations

import asyncio
import errno
import logging
from typing import Any

logger = logging.getLogger(__name__)

SAID_AGAIN_AFTER_S = 60.0
SHORTAGES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class LoopExceptions:
    """An event loop's exception handler; used by its loop only."""

    def __init__(self) -> None:
        self._said_at: float | None = None

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Report ``context`` as asyncio does, unless it is no error, or another word about a shortage that has been reported."""
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno == errno.ENOTCONN:
            logger.debug("A peer hung up before our goodbye was out.")
            return
        is_shortage = isinstance(error, OSError) and error.errno in SHORTAGES and "socket" in context
        if not is_shortage:
            loop.default_exception_handler(context)
        elif self._said_at is None or loop.time() - self._said_at >= SAID_AGAIN_AFTER_S:
            self._said_at = loop.time()
            logger.warning("The system lets this program open no more connections: %s.", error)
