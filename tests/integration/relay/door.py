"""A server with one stream, and somebody who watches what comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.ingest.publish_hooks import PublishEvent, PublishHooks
from powerstream_desktop.relay.ingest.server import BRIDGE_LIMIT_S, StreamingServer
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.packet import MediaPacket
from tests.integration.relay.peers import Encoder
from tests.integration.relay.swift_loop import eventually

KEY = "right_key_123456"


class Audience:
    """A consumer of the stream that remembers."""

    def __init__(self) -> None:
        self.packets: list[MediaPacket] = []
        self.calls: list[str] = []

    def offer(self, burst: Burst) -> None:
        self.packets += burst.packets

    def stream_started(self) -> None:
        self.calls.append("started")

    def stream_ended(self) -> None:
        self.calls.append("ended")


class Door:
    """The server, its stream and its audience."""

    def __init__(self, bridge_limit_s: float = BRIDGE_LIMIT_S) -> None:
        clock = asyncio.get_running_loop().time
        self.log: list[str] = []
        self.server = StreamingServer(
            clock,
            hooks=PublishHooks(
                on_publish=lambda event: self._note(event, "publish {stream}"),
                on_done_publish=lambda event, ending: self._note(event, f"done {{stream}}: {ending.value}"),
                on_bridge=lambda event: self._note(event, "bridge {stream}"),
                on_bridged=lambda event: self._note(event, "bridged {stream}"),
            ),
            bridge_limit_s=bridge_limit_s,
        )
        self.stream = Stream("program", clock)
        self.audience = Audience()
        self.stream.attach(self.audience)
        self.server.add_stream("program", Secret(KEY), self.stream)

    def _note(self, event: PublishEvent, news: str) -> None:
        self.log.append(news.format(stream=event.stream))

    async def encoder(self, key: str = KEY, *, app: str = "live", source: str = "127.0.0.1") -> Encoder:
        """An encoder that has just connected."""
        return await Encoder.connect(self.server.port, key, app=app, source=source)

    async def publisher(self, source: str = "127.0.0.1") -> Encoder:
        """An encoder that publishes."""
        encoder = await self.encoder(source=source)
        await encoder.starts()
        encoder.send_frame()
        await eventually(lambda: self.stream.publishing)
        return encoder


@asynccontextmanager
async def door(bridge_limit_s: float = BRIDGE_LIMIT_S) -> AsyncIterator[Door]:
    """Open a door for a test."""
    opened = Door(bridge_limit_s)
    await opened.server.start()
    try:
        yield opened
    finally:
        await opened.server.aclose()
