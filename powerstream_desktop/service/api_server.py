"""The API on its sockets: uvicorn, and who may come in before it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.guarded_http import api_server
from powerstream_desktop.service.access.middleware import (
    CALLER,
    AccessMiddleware,
    Application,
    Receive,
    Scope,
    Send,
)
from powerstream_desktop.service.access.tokens import TokenAuthority

if TYPE_CHECKING:
    import uvicorn

_LOOK_S: Final = 0.01


class RequestCount:
    """Stands between access and the API, and counts who is answered; strangers on open routes do not count.

    Args:
        app: the API.
        clock: monotonic seconds.
    """

    def __init__(self, app: Application, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self.open_requests = 0
        """Requests that are being answered; event streams last."""
        self.last_request_s: float | None = None
        """Monotonic time of the newest, from its begin or, once it is over, its end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one connection of ASGI."""
        if scope.get("state", {}).get(CALLER) is None:
            await self._app(scope, receive, send)
            return
        self.open_requests += 1
        self.last_request_s = self._clock()
        try:
            await self._app(scope, receive, send)
        finally:
            self.open_requests -= 1
            self.last_request_s = self._clock()


class APIServer:
    """Serves the API on this computer. Owned by one asyncio loop.

    Args:
        sockets: of one port, listening.
        authority: knows the tokens.
        clock: monotonic seconds.
    """

    def __init__(self, sockets: Sequence[socket.socket], authority: TokenAuthority, clock: Clock) -> None:
        self._sockets = list(sockets)
        self._authority = authority
        self._clock = clock
        self._server: uvicorn.Server | None = None
        self._task: asyncio.Task[None] | None = None
        self._count: RequestCount | None = None
        self.port: int = self._sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """Of the API, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def counted(self) -> Application:
        """What was given to ``start``, with its callers counted; for another door to the same house."""
        if self._count is None:
            raise BugError("The API was asked for before it had begun.")
        return self._count

    @property
    def open_requests(self) -> int:
        """Requests that are being answered."""
        return self._count.open_requests if self._count is not None else 0

    @property
    def last_request_s(self) -> float | None:
        """Monotonic time of the newest request; ``None`` before the first."""
        return self._count.last_request_s if self._count is not None else None

    async def start(self, app: Application) -> None:
        """Serve ``app``, and return once it can be reached; connections that came before have waited."""
        self._count = RequestCount(app, self._clock)
        admission = Admission(Door.on_loopback(self.port), self._authority)
        self._server = api_server(AccessMiddleware(self._count, admission, clock=self._clock))
        self._task = asyncio.create_task(self._server.serve(sockets=self._sockets), name="api-server")
        while not self._server.started:
            if self._task.done():
                raise BugError("The API's server ended before it had begun.")
            await asyncio.sleep(_LOOK_S)

    async def aclose(self) -> None:
        """Answer what is being asked, for two seconds at most."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def close_sockets(self) -> None:
        """Listen no more; whoever has come is cut."""
        for each in self._sockets:
            each.close()
