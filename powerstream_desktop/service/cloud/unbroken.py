"""Steps that are done whole or not at all, whoever is cancelled meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


async def unbroken(work: Coroutine[Any, Any, ResultT]) -> ResultT:
    """Return what a short piece of work brings; whoever is cancelled meanwhile hears of it when the work is done.

    A thread that renames a file cannot be called back: to go on before it has ended is to know nothing of the file.

    Raises:
        CancelledError: the caller was cancelled; the work is done all the same, or has failed.
    """
    task = asyncio.get_running_loop().create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # it is told nobody, for nobody waits for it
        raise cancelled
    return task.result()
