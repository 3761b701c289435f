"""The API's server with TLS, for sockets that other computers reach."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.access.guarded_http import GuardedHTTP, api_server
from powerstream_desktop.service.access.request_limits import HEADER_S

_GOODBYE_S: Final = 1.0
"""For the other side's last word of TLS; asyncio would wait half a minute."""


class LANServer(uvicorn.Server):
    """As ``api_server``, with TLS and a time limit for its handshake. Made anew for each time it serves.

    Args:
        app: behind whatever judges access.
        context: certificate and key.
    """

    def __init__(self, app: Callable[..., Any], context: ssl.SSLContext) -> None:
        config = api_server(app).config
        config.lifespan = "off"  # the application's begin and end belong to the server of this computer
        super().__init__(config)
        self._context = context

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to take connections."""
        if sockets is None:
            raise BugError("The network's server was given no sockets.")
        loop = asyncio.get_running_loop()
        self.servers = [
            await loop.create_server(
                self._connection,
                sock=each,
                ssl=self._context,
                ssl_handshake_timeout=HEADER_S,
                ssl_shutdown_timeout=_GOODBYE_S,
            )
            for each in sockets
        ]
        self.started = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none: they are the service's."""
        yield

    def _connection(self) -> GuardedHTTP:
        return GuardedHTTP(config=self.config, server_state=self.server_state, app_state={})
