"""A probe's connection: asyncio's side of a ``rtmp.client`` that stops after ``connect``."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import ssl
from collections import deque
from datetime import UTC, datetime
from typing import TypeVar

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.relay.connect.connect_errors import refusal_failure
from powerstream_desktop.relay.connect.connector import ConnectError
from powerstream_desktop.relay.connect.tcp import close_our_direction
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.events import Connected, ConnectRefused, Event
from powerstream_desktop.rtmp.states import ClientState
from powerstream_desktop.rtmp.url import RTMPURL

GOODBYE_S = 1.0
"""So long the server may take to close its side after we have closed ours."""
READ_BYTES = 64 * 1024

E = TypeVar("E", bound=Event)


class ProbeLink:
    """One connection of a probe; used once, by one task.

    Attributes:
        address: IP address that it is connected to; empty before ``open``.
        tls_version: such as "TLSv1.3"; empty without TLS.
        server_version: what the server calls itself, once it has accepted ``connect``.
    """

    def __init__(self, server: RTMPURL, clock: Clock) -> None:
        self.address = ""
        self.tls_version = ""
        self.server_version = ""
        self._server = server
        self._clock = clock
        self._client = ClientConnection(server, "", purpose=Purpose.PROBE, random_bytes=os.urandom)
        self._certificate_ends: datetime | None = None
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._heard: deque[Event] = deque()

    async def open(self, sock: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        """Take over a connected socket and, with ``tls``, let the server prove who it is.

        Raises:
            OSError, ValueError: TLS did not come up.
        """
        with contextlib.suppress(OSError):  # it is gone again already, which is noticed in a moment
            self.address = sock.getpeername()[0]
        name = self._server.host if tls is not None else None
        self._streams = await asyncio.open_connection(sock=sock, ssl=tls, server_hostname=name)
        tls_object = self._streams[1].get_extra_info("ssl_object")
        if tls_object is not None:
            self.tls_version = tls_object.version() or ""
            ends_s = ssl.cert_time_to_seconds(tls_object.getpeercert()["notAfter"])
            self._certificate_ends = datetime.fromtimestamp(ends_s, UTC)

    def certificate_days_left(self, today: datetime) -> int | None:
        """Return the whole days until the server's certificate expires; None without TLS."""
        return None if self._certificate_ends is None else (self._certificate_ends - today).days

    async def hear(self, kind: type[E]) -> E:
        """Talk to the server until ``kind`` happens.

        Raises:
            ConnectError: it refused.
            ProtocolError: it does not speak RTMP.
            OSError: the connection broke, or it hung up.
        """
        assert self._streams is not None  # noqa: S101 - narrows the type; opened before anything is to be heard
        reader, writer = self._streams
        if self._client.state is ClientState.NEW:
            self._client.start(self._clock())
        while True:
            while self._heard:
                event = self._heard.popleft()
                self._note(event)
                if isinstance(event, kind):
                    return event
            writer.write(self._client.data_to_send())
            data = await reader.read(READ_BYTES)
            if not data:
                raise ConnectionAbortedError("the server hung up")
            self._heard.extend(self._client.receive_data(data, self._clock()))

    async def hang_up(self) -> None:
        """Close our direction, grant the server a second to close its own, and cut; harmless if nothing was opened."""
        if self._streams is None:
            return
        reader, writer = self._streams
        writer.write(self._client.data_to_send())
        close_our_direction(writer.transport)
        try:
            with contextlib.suppress(OSError):  # the second is over, or the connection is
                async with asyncio.timeout(GOODBYE_S):
                    while await reader.read(READ_BYTES):
                        pass
        finally:
            writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    def _note(self, event: Event) -> None:
        match event:
            case Connected(server_version=version):
                self.server_version = version
            case ConnectRefused(code=code, description=description):
                raise ConnectError(refusal_failure(code, description))
            case _:
                pass
