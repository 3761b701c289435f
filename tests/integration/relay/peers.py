"""The relay's peers, scripted: encoders that publish, players that play, platforms that behave as badly as they like."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from typing import Any, Self, TypeVar

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.rtmp.chunks import AUDIO_CSID, DATA_CSID, VIDEO_CSID, ChunkReader
from powerstream_desktop.rtmp.client import ClientConnection, Purpose
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import (
    AudioReceived,
    ConnectionClosed,
    ConnectRequested,
    DataReceived,
    Event,
    PublishRequested,
    PublishStarted,
    VideoReceived,
)
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.messages import Message
from powerstream_desktop.rtmp.server import ServerConnection
from powerstream_desktop.rtmp.url import RTMPURL
from tests.integration.relay.swift_loop import eventually
from tests.unit.relay.packets import (
    METADATA,
    PICTURE_HEADER,
    SOUND_HEADER,
    inter_frame,
    key_frame,
    sound,
)

FRAME_MS = 40
SERVER_HANDSHAKE_BYTES = 1 + 2 * 1536
E = TypeVar("E", bound=Event)


class Client(asyncio.Protocol):
    """An encoder or a player: our own protocol core on a socket of its own."""

    def __init__(self, connection: ClientConnection) -> None:
        self.rtmp = connection
        self.events: list[Event] = []
        self.closed = False
        self.transport: asyncio.Transport

    @classmethod
    async def connect(
        cls,
        port: int,
        key: str,
        *,
        app: str = "live",
        purpose: Purpose = Purpose.PUBLISH,
        source: str = "127.0.0.1",
    ) -> Self:
        """Connect from the address ``source`` and say hello."""
        target = RTMPURL(scheme="rtmp", host="127.0.0.1", port=port, app=app)
        connection = ClientConnection(target, key, purpose=purpose, random_bytes=os.urandom)
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: cls(connection), "127.0.0.1", port, local_addr=(source, 0)
        )
        client.rtmp.start(0.0)
        client.flush()
        return client

    async def hears(self, kind: type[E]) -> E:
        """Wait for an event and return the first of its kind."""
        await eventually(lambda: any(isinstance(event, kind) for event in self.events) or self.closed)
        return next(event for event in self.events if isinstance(event, kind))

    def heard(self, kind: type[E]) -> list[E]:
        """All events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def flush(self) -> None:
        """Send what the protocol has to say."""
        self.transport.write(self.rtmp.data_to_send())

    def hang_up(self) -> None:
        """Vanish without a word."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.events += self.rtmp.receive_data(data, 0.0)
        self.flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True


class Encoder(Client):
    """Publishes numbered pictures and sounds, 25 a second, a key frame every ``gop`` pictures."""

    gop = 25
    sent = 0
    picture_header = PICTURE_HEADER

    async def starts(self) -> None:
        """Wait for Publish.Start and send the headers."""
        await self.hears(PublishStarted)
        self.rtmp.send_message(18, 0, METADATA, DATA_CSID)
        self.rtmp.send_message(8, 0, SOUND_HEADER, AUDIO_CSID)
        self.rtmp.send_message(9, 0, self.picture_header, VIDEO_CSID)
        self.flush()

    def send_frame(self, size: int = 200) -> None:
        """Send the next picture and its sound."""
        number, make = self.sent, inter_frame if self.sent % self.gop else key_frame
        self.rtmp.send_message(9, number * FRAME_MS, make(number, size), VIDEO_CSID)
        self.rtmp.send_message(8, number * FRAME_MS, sound(number), AUDIO_CSID)
        self.flush()
        self.sent += 1

    async def stream(self, seconds: float, size: int = 200) -> None:
        """Send pictures at their pace."""
        for _ in range(round(seconds * 1000 / FRAME_MS)):
            self.send_frame(size)
            await asyncio.sleep(FRAME_MS / 1000)

    def say_goodbye(self) -> None:
        """End the broadcast properly."""
        self.rtmp.stop(0.0)
        self.flush()
        self.transport.close()


class PlatformConnection(asyncio.Protocol):
    """One connection to a platform that takes everything. Tests override what their platform does differently."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.rtmp = ServerConnection(now=0.0, random_bytes=os.urandom)
        self.events: list[Event] = []
        self.received = bytearray()
        self.lost = False
        self.transport: asyncio.Transport

    # What tests override.

    def on_connect(self, request: ConnectRequested) -> None:
        self.rtmp.accept_connect(request.request_id)

    def on_publish(self, request: PublishRequested) -> None:
        self.rtmp.accept_publish(request.request_id)

    def on_media(self) -> None:
        """A message of the stream has come."""

    # What tests look at.

    @property
    def messages(self) -> list[Message]:
        """Every message behind the handshake, read by a reader of its own."""
        return list(ChunkReader().feed(bytes(self.received[SERVER_HANDSHAKE_BYTES:])))

    @property
    def pictures(self) -> list[VideoReceived]:
        """The video frames, without headers."""
        videos = (event for event in self.events if isinstance(event, VideoReceived))
        return [video for video in videos if classify_video(video.payload).kind is TagKind.FRAME]

    @property
    def picture_numbers(self) -> list[int]:
        """The numbers inside the pictures, as the encoder gave them."""
        return [picture_number(picture.payload) for picture in self.pictures]

    def has(self, kind: type[Event]) -> bool:
        return any(isinstance(event, kind) for event in self.events)

    def say(self, data: bytes = b"") -> None:
        """Send what the protocol has to say, then ``data``."""
        if not self.transport.is_closing():
            self.transport.write(self.rtmp.data_to_send() + data)

    # asyncio's callbacks.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.platform.connections.append(self)

    def data_received(self, data: bytes) -> None:
        self.received += data
        try:
            happened = self.rtmp.receive_data(data, 0.0)
        except ProtocolError:
            self.transport.abort()
            return
        while happened:
            for event in happened:
                self._act(event)
            deadline = self.rtmp.next_deadline()
            waits = not self.rtmp.closed and deadline is not None and deadline <= 0.0
            happened = self.rtmp.handle_deadline(0.0) if waits else []
        self.say()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True

    def _act(self, event: Event) -> None:
        self.events.append(event)
        match event:
            case ConnectRequested():
                self.on_connect(event)
            case PublishRequested():
                self.on_publish(event)
            case ConnectionClosed():
                self.transport.close()
            case VideoReceived() | AudioReceived() | DataReceived():
                self.on_media()
            case _:
                pass


class Platform:
    """A platform on loopback.

    Args:
        kind: how its connections behave.
        tls: its certificate, None for plain RTMP.
    """

    def __init__(
        self, kind: type[PlatformConnection] = PlatformConnection, tls: ssl.SSLContext | None = None
    ) -> None:
        self.kind = kind
        self.connections: list[PlatformConnection] = []
        self.port = 0
        self._tls = tls
        self._listener: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; again on the same port after ``stop``. A small window, so that what is not read is soon noticed."""
        sock = socket.create_server(("127.0.0.1", self.port))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
        self.port = sock.getsockname()[1]
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_let_refused_handshakes_pass)
        self._listener = await loop.create_server(lambda: self.kind(self), sock=sock, ssl=self._tls)

    async def stop(self) -> None:
        """Vanish with all connections, as a killed process does."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for connection in self.connections:
            connection.transport.abort()
        await asyncio.sleep(0)

    def endpoint(self, name: str = "", key: str = "") -> RTMPEndpoint:
        """Where the relay sends to."""
        scheme = "rtmps" if self._tls else "rtmp"
        return endpoint(self.port, name, key, scheme=scheme)

    @property
    def last(self) -> PlatformConnection:
        return self.connections[-1]


def _let_refused_handshakes_pass(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A server that fails to prove itself is what some tests want; in debug mode asyncio logs it as an error."""
    if context["message"] != "Error on transport creation for incoming connection":
        loop.default_exception_handler(context)


def endpoint(
    port: int, name: str = "", key: str = "", *, scheme: str = "rtmp", host: str = "127.0.0.1"
) -> RTMPEndpoint:
    """Name an address and a key."""
    return RTMPEndpoint(
        name=name or "Platform",
        platform="custom",
        server=RTMPURL(scheme=scheme, host=host, port=port, app="app"),
        stream_key=Secret(key or "sk_platform_4711"),
    )


def picture_number(payload: bytes) -> int:
    """Read the number inside a picture."""
    return int.from_bytes(payload[10:14], "big")
