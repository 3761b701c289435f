"""The API's server on loopback, on the loop of the test; with nothing behind its door unless a test says what."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Any, Self

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.service.access.admission import Admission
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.guarded_http import api_server
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.middleware import AccessMiddleware
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import TokenAuthority
from tests.integration.relay.swift_loop import eventually

FIRST_PORT = 41_000
PATIENCE_S = 10.0


class APIDoor:
    """``async with`` starts it and ends it; it remembers how many asked, and the paths that were reached.

    Args:
        behind: the application; by default one that answers everything.
        clock: by which one may ask so often; monotonic seconds.
    """

    def __init__(self, behind: Any = None, *, clock: Clock = time.monotonic) -> None:
        self.asked = 0
        self.reached: list[str] = []
        self.sockets = listen_on_loopback(FIRST_PORT)
        self.port = self.sockets[0].getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        authority = TokenAuthority(new_record())
        self.token = authority.token_of_this_run(time.time()).reveal()
        self._door = AccessMiddleware(
            behind or self._behind, Admission(Door.on_loopback(self.port), authority), clock=clock
        )
        self._server = api_server(self._before)
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._server.serve(sockets=list(self.sockets)))
        await eventually(lambda: self._server.started)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        assert self._task is not None
        await self._task
        for each in self.sockets:
            each.close()

    async def _before(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += scope["type"] != "lifespan"
        await self._door(scope, receive, send)

    async def _behind(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.reached.append(scope["path"])
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"{}"})

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, *lines: str, host: str | None = None, body: bytes = b"") -> int:
        """Send a request with a token and, unless the lines hold one, our host; return the status, 0 if there was no answer."""
        head = [
            lines[0],
            f"Host: {host if host is not None else self.host}",
            f"Authorization: Bearer {self.token}",
        ]
        return await self.send("\r\n".join([*head, *lines[1:], "", ""]).encode("latin-1") + body)

    async def send(self, request: bytes) -> int:
        """Send bytes; return the status of the answer, 0 if there was none."""
        reader, writer = await self.connect()
        try:
            writer.write(request)
            line = await asyncio.wait_for(reader.readline(), PATIENCE_S)
        except ConnectionError:
            return 0
        finally:
            await shut(writer)
        return int(line.split()[1]) if line else 0


async def shut(writer: asyncio.StreamWriter) -> None:
    writer.close()
    try:
        await writer.wait_closed()
    except ConnectionError:
        return


def is_listening(family: socket.AddressFamily, host: str, port: int) -> bool:
    with socket.socket(family) as probe:
        return probe.connect_ex((host, port)) == 0
