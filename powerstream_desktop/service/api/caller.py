"""Noticing that the one who asked has gone: a long answer has to end then, and the server says so only to who asks it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Self


class Caller:
    """The other end of one request, while it is answered; ``async with`` watches it.

    Args:
        receive: of ASGI; the request's body has been taken.
        on_gone: called on the loop when it goes.
    """

    def __init__(self, receive: Any, on_gone: Callable[[], None] | None = None) -> None:
        self._receive = receive
        self._on_gone = on_gone
        self._watching: asyncio.Task[None] | None = None
        self.is_gone = False

    async def __aenter__(self) -> Self:
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait({self._watching})

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.is_gone = True
        if self._on_gone is not None:
            self._on_gone()
