"""A link of a push with a transport and an owner that note what is done to them."""

from __future__ import annotations

import asyncio
import errno
import functools
from collections.abc import Callable, Coroutine
from typing import Any

from powerstream_desktop.platforms.failures import Failure
from powerstream_desktop.relay.push.push_link import PushLink
from powerstream_desktop.relay.stream.stream import Stream
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.events import AudioReceived, DataReceived, Event, VideoReceived
from tests.unit.rtmp.pair import ConnectionPair, ScriptedServer

KEY = "sk_platform_4711"


class Transport(asyncio.Transport):
    """Keeps what is written; closes when told, and calls the protocol as asyncio does, in the next round."""

    def __init__(self) -> None:
        super().__init__({"socket": None})
        self.written: list[bytes] = []
        self.closing = False
        self.aborted = False
        self.half_closed = False
        self.waiting_bytes = 0
        self.high_water_bytes: int | None = None
        self.protocol: PushLink

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        self.written.append(bytes(data))

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self.high_water_bytes = high

    def get_write_buffer_size(self) -> int:
        return self.waiting_bytes

    def is_closing(self) -> bool:
        return self.closing

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        """The peer of this transport hangs up as soon as it has read the end."""
        self.half_closed = True
        asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def close(self) -> None:
        self.closing = True
        if not self.waiting_bytes:
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        self.closing = self.aborted = True
        asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)


class Owner:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.keys = 0
        self.lets_join = True
        self.started: list[PushLink] = []
        self.wishes: list[str | None] = []
        self.failures: list[Failure] = []

    def key_sent(self, link: PushLink) -> None:
        self.keys += 1

    def publish_started(self, link: PushLink) -> None:
        self.started.append(link)
        if self.lets_join:
            link.join()

    def reconnect_requested(self, link: PushLink, tc_url: str | None) -> None:
        self.wishes.append(tc_url)

    def link_lost(self, link: PushLink, failure: Failure) -> None:
        self.failures.append(failure)


class BrokenPromise(ClientConnection):
    """A connection whose held input breaks the protocol when its turn comes."""

    def handle_deadline(self, now: float) -> list[Event]:
        raise ProtocolError("The other side broke the order of RTMP.", detail="held back")


class Link:
    """A link with everything around it."""

    def __init__(
        self,
        kind: type[ClientConnection] = ClientConnection,
        *,
        rejoining: bool = False,
        transport: Transport | None = None,
    ) -> None:
        self.owner = Owner()
        self.stream = Stream("program", self.clock)
        self.stream.start_publish()
        self.client = kind(ScriptedServer().client._target, KEY, random_bytes=bytes)
        self.link = PushLink(self.owner, self.stream, self.client, rejoining=rejoining, clock=self.clock)
        self.transport = transport or Transport()
        self.transport.protocol = self.link
        self.link.connection_made(self.transport)
        self.platform = ConnectionPair(self.client)

    def clock(self) -> float:
        return asyncio.get_running_loop().time()

    def go_live(self) -> None:
        """Let the platform accept everything."""
        self.link.begin()
        server = self.platform.server
        while self.transport.written:
            data = b"".join(self.transport.written)
            self.transport.written.clear()
            for event in server.receive_data(data, 0.0):
                self._accept(event)
            while (deadline := server.next_deadline()) is not None and deadline <= 0.0:
                for event in server.handle_deadline(0.0):
                    self._accept(event)
            if answer := server.data_to_send():
                self.link.data_received(answer)

    def _accept(self, event: Event) -> None:
        self.platform.server_events.append(event)
        for name in ("connect", "publish"):
            if type(event).__name__ == f"{name.capitalize()}Requested":
                getattr(self.platform.server, f"accept_{name}")(event.request_id)  # type: ignore[attr-defined]

    def publish(self, *payloads: bytes) -> None:
        """Let the stream hand pictures out, 33 ms apart, to the link alone."""
        for payload in payloads:
            self.stream.take_video(self._timestamp, payload, 0.0)
            self._timestamp += 33
        self.stream.flush(0.0)

    _timestamp = 0

    def heard(self) -> list[tuple[int, bytes]]:
        """What the platform hears of what was written since it went live: times and payloads."""
        data = b"".join(self.transport.written)
        self.transport.written.clear()
        events = self.platform.server.receive_data(data, 0.0) if data else []
        return [
            (event.timestamp, event.payload)
            for event in events
            if isinstance(event, AudioReceived | VideoReceived | DataReceived)
        ]


def looped(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a test on a loop."""

    @functools.wraps(test)
    def run() -> None:
        asyncio.run(test())

    return run


class ResetTransport(Transport):
    """A transport whose peer resets the connection before we close our direction of it."""

    def write_eof(self) -> None:
        asyncio.get_running_loop().call_soon(self.protocol.connection_lost, ConnectionResetError())
        raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
