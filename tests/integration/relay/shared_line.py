"""One upload that several destinations share: a token bucket between the relay and its platforms, on the test's own loop."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import socket
from collections.abc import Coroutine
from typing import Any, Self

from powerstream_desktop.platforms.endpoint import RTMPEndpoint

READ_BYTES = 16 * 1024
RECEIVE_BUFFER_BYTES = 16 * 1024
"""Small, so that the relay feels at once what does not flow."""


class SharedLine:
    """Passes connections on, all of them together no faster than ``bytes_per_s``; what comes back is not limited."""

    def __init__(self, bytes_per_s: float) -> None:
        self.bytes_per_s = bytes_per_s
        self.flows = asyncio.Event()
        """Cleared, nothing is passed on at all."""
        self.flows.set()
        self._free_at = 0.0
        self._listeners: list[socket.socket] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for listener in self._listeners:
            listener.close()

    def way_to(self, endpoint: RTMPEndpoint, *, priority: int = 0) -> RTMPEndpoint:
        """Return the endpoint that reaches the same platform through this line."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0)
        self._listeners.append(listener)
        self._begin(self._accept(listener, endpoint.server.port))
        server = dataclasses.replace(endpoint.server, port=listener.getsockname()[1])
        return dataclasses.replace(endpoint, server=server, priority=priority)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.add(asyncio.get_running_loop().create_task(work))

    async def _accept(self, listener: socket.socket, port: int) -> None:
        loop = asyncio.get_running_loop()
        while True:
            client, _ = await loop.sock_accept(listener)
            self._begin(self._serve(client, port))

    async def _serve(self, client: socket.socket, port: int) -> None:
        loop = asyncio.get_running_loop()
        with client, socket.socket() as server:
            server.settimeout(0)
            await loop.sock_connect(server, ("127.0.0.1", port))
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass(client, server, metered=True))
                both.create_task(self._pass(server, client, metered=False))

    async def _pass(self, source: socket.socket, target: socket.socket, *, metered: bool) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            while data := await loop.sock_recv(source, READ_BYTES):
                if metered:
                    await self._take(len(data))
                await loop.sock_sendall(target, data)
            target.shutdown(socket.SHUT_WR)

    async def _take(self, size_bytes: int) -> None:
        """Wait for a turn: everybody's bytes stand in one queue."""
        await self.flows.wait()
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now) + size_bytes / self.bytes_per_s
        await asyncio.sleep(self._free_at - now)
