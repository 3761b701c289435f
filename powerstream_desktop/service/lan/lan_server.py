"""The API's server with TLS, for sockets that other computers reach.

Whoever has connected must first shake hands: within five seconds, and twenty at a time, so that nobody in the network can take the
files and sockets that a broadcast needs. When all places are taken, the one that has waited longest makes room. What comes behind
the handshake is limited as on this computer (``guarded_http``).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.access.guarded_http import GuardedHTTP, GuardedServer, guarded_config
from powerstream_desktop.service.access.request_limits import HEADER_S, MAX_CONNECTIONS

_GOODBYE_S: Final = 1.0
"""For the other side's last word of TLS; asyncio would wait half a minute."""
_PAUSE_S: Final = 0.5
"""When the system has no socket for another connection."""


class LANServer(GuardedServer):
    """The same with TLS. Made anew for each time it serves; all of it on one loop.

    Args:
        app: behind whatever judges access.
        context: certificate and key.
    """

    def __init__(self, app: Callable[..., Any], context: ssl.SSLContext) -> None:
        # The application's begin and end belong to the server of this computer.
        super().__init__(guarded_config(app, with_lifespan=False))
        self._context = context
        self._begun: set[asyncio.Task[None]] = set()
        # The oldest first; without those that make room.
        self._shaking_hands: deque[asyncio.Task[None]] = deque()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take connections."""
        if sockets is None:
            raise BugError("The network's server was given no sockets.")
        self.servers = []  # of asyncio's own kind, which takes everybody in
        for each in sockets:
            self._begin(self._accept(each), "lan-accept")
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take none any more, answer what is being asked, and close."""
        for task in self._begun:
            task.cancel()
        if self._begun:
            await asyncio.wait(self._begun)
        await super().shutdown(sockets)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(listener)
            except OSError:
                await asyncio.sleep(_PAUSE_S)
                continue
            if len(self._shaking_hands) >= MAX_CONNECTIONS:
                self._shaking_hands.popleft().cancel()
            self._shaking_hands.append(self._begin(self._welcome(connection), "lan-handshake"))
            # A crowd at the door leaves the loop to others, and each task is begun before it is cancelled.
            await asyncio.sleep(0)

    async def _welcome(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(
                self._connection,
                connection,
                ssl=self._context,
                ssl_handshake_timeout=HEADER_S,
                ssl_shutdown_timeout=_GOODBYE_S,
            )
        except OSError:
            return  # it speaks no TLS, or too late, or has gone; asyncio has closed it
        except asyncio.CancelledError:
            with suppress(OSError):  # asyncio does not close what has not begun to shake hands
                connection.shutdown(socket.SHUT_RDWR)
            raise

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._begun.add(task)
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._begun.discard(task)
        if task in self._shaking_hands:
            self._shaking_hands.remove(task)

    def _connection(self) -> GuardedHTTP:
        return GuardedHTTP(config=self.config, server_state=self.server_state, app_state={})
