"""Waiting for what another task does, with a deadline that a loaded machine does not reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE_S = 20.0


async def until(is_so: Callable[[], object]) -> None:
    """Return as soon as something is so; TimeoutError if it is not within ``PATIENCE_S``."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if is_so():
                return
            await asyncio.sleep(0.005)
