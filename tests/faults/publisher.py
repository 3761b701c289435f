"""An encoder of the outside world that knows what it sends: the endless film in real time, each picture noted when it left."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

from powerstream_desktop.rtmp.chunks import AUDIO_CSID, DATA_CSID, VIDEO_CSID
from powerstream_desktop.rtmp.client import ClientConnection
from powerstream_desktop.rtmp.events import PublishStarted
from powerstream_desktop.rtmp.messages import MessageType
from powerstream_desktop.rtmp.url import RTMPURL
from tests.e2e.support.arrivals import digest_of
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.numbered_pictures import TAG_HEADER_SIZE
from tests.faults.film import FilmTag, cached_film, endless_film

START_S = 10.0
_CSIDS = {MessageType.AUDIO: AUDIO_CSID, MessageType.VIDEO: VIDEO_CSID}


class SentPicture(NamedTuple):
    """One picture as it left.

    Attributes:
        at_s: monotonic time at which it was handed to the kernel.
        timestamp_ms: decoding time.
        digest: of its access unit.
        key: whether it is a key frame.
    """

    at_s: float
    timestamp_ms: int
    digest: bytes
    key: bool


class FilmPublisher:
    """Publishes the film until it is stopped.

    Args:
        host, port: the relay, or a proxy in front of it.
        key: stream key.

    Attributes:
        sent: every picture that left, by its number; written by the publisher's thread.
    """

    def __init__(self, host: str, port: int, key: str) -> None:
        self.sent: dict[int, SentPicture] = {}
        self._film = cached_film()
        self._thread = LoopThread("publisher")
        self._link = self._thread.run(_PublishingLink.connect(host, port, key))
        self._sending = self._thread.run(self._start())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def running(self) -> bool:
        """Whether it still publishes."""
        return not self._sending.done()

    def finish(self) -> Mapping[int, SentPicture]:
        """End the broadcast properly; return what was sent."""
        self._thread.run(self._finish())
        return self.sent

    def close(self) -> None:
        """Vanish and end the thread."""
        self._thread.close()

    async def _start(self) -> asyncio.Task[None]:
        return self._thread.spawn(self._send(endless_film(self._film)))

    async def _finish(self) -> None:
        self._sending.cancel()
        await asyncio.wait({self._sending})
        self._link.say_goodbye()

    async def _send(self, film: Iterator[FilmTag]) -> None:
        began_s = time.monotonic()
        for tag in film:
            early_s = began_s + tag.timestamp_ms / 1000 - time.monotonic()
            if early_s > 0:
                await asyncio.sleep(early_s)
            await self._link.send(tag)
            if self._link.lost:
                return
            if tag.number is not None:
                self.sent[tag.number] = SentPicture(
                    time.monotonic(), tag.timestamp_ms, digest_of(tag.payload[TAG_HEADER_SIZE:]), tag.key
                )


class _PublishingLink(asyncio.Protocol):
    """The connection to the relay."""

    def __init__(self, rtmp: ClientConnection) -> None:
        self._rtmp = rtmp
        self._started = asyncio.Event()
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._transport: asyncio.Transport
        self.lost = False

    @classmethod
    async def connect(cls, host: str, port: int, key: str) -> Self:
        """Return a connection that may send media."""
        target = RTMPURL(scheme="rtmp", host=host, port=port, app="live")
        rtmp = ClientConnection(target, key, random_bytes=os.urandom)
        _, link = await asyncio.get_running_loop().create_connection(lambda: cls(rtmp), host, port)
        async with asyncio.timeout(START_S):
            await link._started.wait()
        return link

    async def send(self, tag: FilmTag) -> None:
        """Send one message; waits only if the relay has stopped reading."""
        await self._may_write.wait()
        if self.lost:
            return
        self._rtmp.send_message(
            tag.type, tag.timestamp_ms, tag.payload, _CSIDS.get(MessageType(tag.type), DATA_CSID)
        )
        self._flush()

    def say_goodbye(self) -> None:
        """End properly."""
        self._rtmp.stop(time.monotonic())
        self._flush()
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._rtmp.start(time.monotonic())
        self._flush()

    def data_received(self, data: bytes) -> None:
        events = self._rtmp.receive_data(data, time.monotonic())
        if any(isinstance(event, PublishStarted) for event in events):
            self._started.set()
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self._may_write.set()

    def pause_writing(self) -> None:
        self._may_write.clear()

    def resume_writing(self) -> None:
        self._may_write.set()

    def _flush(self) -> None:
        self._transport.write(self._rtmp.data_to_send())
