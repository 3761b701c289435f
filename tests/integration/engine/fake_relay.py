"""The relay's end of the engine's connection: takes the keys of one session, remembers what comes, goes away when told to."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from typing import Self

from powerstream_desktop.rtmp import events as rtmp_events
from powerstream_desktop.rtmp.flv.file import FLVTag
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.status import StatusCode

KEY = "key-of-the-engine-test"
PORTRAIT_KEY = f"{KEY}_portrait"
PATIENCE_S = 20.0


class FakeRelay:
    """Listens on loopback, on the loop of the test."""

    def __init__(self) -> None:
        self.tags: list[FLVTag] = []
        self.keys: list[str] = []
        self.finishes: list[rtmp_events.FinishReason] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._links: list[_Link] = []
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.vanish()

    @property
    def url(self) -> str:
        return f"rtmp://127.0.0.1:{self.port}/live"

    async def listen(self) -> None:
        """Open the port, the same one as before if there was one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Link(self), "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def vanish(self) -> None:
        """Close the port and break every connection."""
        if self._server is not None:
            self._server.close()
            self.drop()
            await self._server.wait_closed()
            self._server = None
        await self.until(lambda: not self._links)

    def drop(self) -> None:
        """Break every connection."""
        for link in self._links:
            link.abort()

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait until something is so; looks again whenever something came."""
        async with asyncio.timeout(PATIENCE_S):
            while not reached():
                self._changed.clear()
                await self._changed.wait()

    def notice(self) -> None:
        self._changed.set()

    def joined(self, link: _Link) -> None:
        self._links.append(link)

    def left(self, link: _Link) -> None:
        self._links.remove(link)
        self.notice()


class _Link(asyncio.Protocol):
    def __init__(self, relay: FakeRelay) -> None:
        self._relay = relay
        self._connection = ServerConnection(now=time.monotonic(), random_bytes=os.urandom)
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._relay.joined(self)

    def data_received(self, data: bytes) -> None:
        pending = self._connection.receive_data(data, time.monotonic())
        while pending:
            for event in pending:
                self._act(event)
            pending = self._connection.handle_deadline(time.monotonic())
        self._reply()
        self._relay.notice()

    def connection_lost(self, exc: Exception | None) -> None:
        for event in self._connection.receive_data(b"", time.monotonic()):
            self._act(event)
        self._relay.left(self)

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _act(self, event: rtmp_events.Event) -> None:
        match event:
            case rtmp_events.ConnectRequested(request_id=request_id):
                self._connection.accept_connect(request_id)
            case rtmp_events.PublishRequested(request_id=request_id, name=name) if name in {
                KEY,
                PORTRAIT_KEY,
            }:
                self._connection.accept_publish(request_id)
                self._relay.keys.append(name)
            case rtmp_events.PublishRequested(request_id=request_id):
                self._connection.reject_publish(request_id, StatusCode.PUBLISH_BAD_NAME, "Wrong key.")
            case rtmp_events.AudioReceived(timestamp=timestamp, payload=payload):
                self._relay.tags.append(FLVTag(MessageType.AUDIO, timestamp, payload))
            case rtmp_events.VideoReceived(timestamp=timestamp, payload=payload):
                self._relay.tags.append(FLVTag(MessageType.VIDEO, timestamp, payload))
            case rtmp_events.DataReceived(timestamp=timestamp, payload=payload):
                self._relay.tags.append(FLVTag(MessageType.DATA_AMF0, timestamp, payload))
            case rtmp_events.PublishFinished(reason=reason):
                self._relay.finishes.append(reason)
            case _:
                pass

    def _reply(self) -> None:
        data = self._connection.data_to_send()
        if data and self._transport is not None:
            self._transport.write(data)
        if self._connection.closed and self._transport is not None:
            self._transport.close()
