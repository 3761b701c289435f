"""A small RTMP ingest of our own that treats publishers as the platforms' servers do on a bad day, and notes what arrives."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Self

from tests.e2e.support.arrivals import Visit
from tests.e2e.support.behaviours import Behaviour, Manners, reconnect_request
from tests.e2e.support.chunk_tap import (
    COMMAND,
    HANDSHAKE_SIZE,
    ChunkTap,
    TappedMessage,
    command_head,
    published_name,
)
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.ports import LOOPBACK

__all__ = ["Attempt", "Behaviour", "FakeIngest"]

READ_SIZE = 64 * 1024
SMALL_BUFFER = 16 * 1024
C0_C1_SIZE = 1 + 1536
WEB_PAGE = b"HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One publish command that arrived.

    Attributes:
        at_s: monotonic time of its arrival.
        key: the stream name in it.
    """

    at_s: float
    key: str


class FakeIngest:
    """Listens on a loopback port and behaves the same towards everybody, until ``behaviour`` is set to something else.

    Args:
        behaviour: how it treats publishers.
        host: address to listen on.
        port: to listen on; 0 for any free one.
        receive_buffer: size of the kernel's; small, so that who is not read from feels it soon. None for what a platform on a
            long way has: as much as the kernel finds right.

    Attributes:
        behaviour: applies to connections from now on; set by the test's thread.
        visits: every connection and what came on it, oldest first; appended by the server's thread.
        attempts: every publish command; appended by the server's thread.
        commands: the name of every command; appended by the server's thread.
    """

    def __init__(
        self,
        behaviour: Behaviour,
        *,
        host: str = LOOPBACK,
        port: int = 0,
        receive_buffer: int | None = SMALL_BUFFER,
    ) -> None:
        self.behaviour = behaviour
        self.host = host
        self.visits: list[Visit] = []
        self.attempts: list[Attempt] = []
        self.commands: list[str] = []
        self._receive_buffer = receive_buffer
        self._publishers: set[asyncio.StreamWriter] = set()
        self._thread = LoopThread("fake-ingest")
        self.port = self._thread.run(self._listen(port))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def server_url(self) -> str:
        """Server URL without a key."""
        return f"rtmp://{self.host}:{self.port}/live"

    @property
    def connections(self) -> list[float]:
        """Monotonic times of accepted connections."""
        return [visit.opened_s for visit in self.visits]

    @property
    def video_messages(self) -> int:
        """How many arrived from accepted publishers."""
        return sum(visit.video_messages for visit in self.visits)

    def ask_to_reconnect(self, tc_url: str | None = None) -> None:
        """Ask everybody who publishes to go to another URL; None for this server once more."""
        self._thread.run(self._ask_to_reconnect(tc_url))

    def hang_up(self) -> None:
        """Close (FIN) the connections of everybody who publishes; new ones are welcome."""
        self._thread.run(self._hang_up())

    def close(self) -> None:
        """Stop listening, drop everybody and end the thread."""
        self._thread.run(self._stop_listening())
        self._thread.close()

    async def _listen(self, wanted_port: int) -> int:
        listener = socket.socket()
        if self._receive_buffer is not None:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer)
        listener.bind((self.host, wanted_port))
        self._server = await asyncio.start_server(self._welcome, sock=listener, limit=READ_SIZE)
        port: int = listener.getsockname()[1]
        return port

    async def _stop_listening(self) -> None:
        self._server.close()

    async def _ask_to_reconnect(self, tc_url: str | None) -> None:
        for writer in self._publishers:
            writer.write(reconnect_request(tc_url))

    async def _hang_up(self) -> None:
        for writer in tuple(self._publishers):
            writer.close()

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._thread.spawn(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = Visit(opened_s=time.monotonic(), port=writer.get_extra_info("peername")[1])
        self.visits.append(visit)
        try:
            await self._treat(self.behaviour, reader, writer, visit)
        except (OSError, asyncio.IncompleteReadError):
            return  # the publisher went away, which is its right
        finally:
            visit.closed_s = time.monotonic()
            self._publishers.discard(writer)
            writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    async def _treat(
        self, behaviour: Behaviour, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, visit: Visit
    ) -> None:
        if behaviour is Behaviour.MUTE:
            await reader.read()  # of no use to anybody, but it ends when the publisher gives up
            return
        if behaviour is Behaviour.HTTP:
            await reader.read(1)
            writer.write(WEB_PAGE)
            await writer.drain()
            return
        manners = Manners(behaviour)
        async for message in _messages(reader, writer, visit):
            visit.note(message)
            if message.type == COMMAND and not await self._answer(message, manners, writer, visit):
                return
            if behaviour is Behaviour.STOP_READING and writer in self._publishers:
                await asyncio.Event().wait()

    async def _answer(
        self, message: TappedMessage, manners: Manners, writer: asyncio.StreamWriter, visit: Visit
    ) -> bool:
        """Answer a command; return whether there is more to say."""
        name, transaction = command_head(message.payload)
        self.commands.append(name)
        if name == "publish":
            visit.key = published_name(message.payload)
            self.attempts.append(Attempt(time.monotonic(), visit.key))
        answer = manners.answer(name, transaction, visit.key)
        if answer is None:
            return False
        writer.write(answer)
        await writer.drain()
        if name == "publish":
            self._publishers.add(writer)
        return not manners.has_had_enough(name)


async def _messages(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, visit: Visit
) -> AsyncIterator[TappedMessage]:
    """Do the simple handshake, then yield the publisher's messages until it closes."""
    opening = await reader.readexactly(C0_C1_SIZE)
    writer.write(b"\x03" + bytes(8) + os.urandom(1528) + opening[1:])
    await writer.drain()
    tap = ChunkTap()
    data = opening + await reader.readexactly(HANDSHAKE_SIZE - C0_C1_SIZE)
    while data:
        visit.bytes_received += len(data)
        for message in tap.feed(data):
            yield message
        data = await reader.read(READ_SIZE)
