"""Work on a thread that is waited for also by whoever is cancelled: a thread cannot be broken off, and makes what nobody then removes."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

ArgumentsT = ParamSpec("ArgumentsT")
ResultT = TypeVar("ResultT")

PATIENCE_S: Final = 10.0
"""With work that is not wanted any more; only a disk that hangs takes so long."""


async def to_its_end(
    work: Callable[ArgumentsT, ResultT], /, *args: ArgumentsT.args, **kwargs: ArgumentsT.kwargs
) -> ResultT:
    """Have something done as ``asyncio.to_thread`` does; whoever is cancelled meanwhile is so when it has ended, or after 10 s."""
    loop = asyncio.get_running_loop()
    running = loop.run_in_executor(None, functools.partial(work, *args, **kwargs))
    cancelled: asyncio.CancelledError | None = None
    left_at_s = 0.0
    while not running.done() and (cancelled is None or loop.time() < left_at_s):
        try:
            await asyncio.wait({running}, timeout=None if cancelled is None else left_at_s - loop.time())
        except asyncio.CancelledError as error:
            left_at_s = left_at_s or loop.time() + PATIENCE_S
            cancelled = error
    if cancelled is None:
        return running.result()
    if not running.cancel():
        running.exception()  # nobody wants to know, but asyncio complains of one that nobody has looked at
    raise cancelled
