"""One connection through a ``FaultProxy``: two directions, spoilt on command."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.support.passage import Passage
from tests.e2e.support.shaping import Shape, pieces

READ_SIZE = 16 * 1024
HELD_READS = 256
"""How many reads a late line holds at most, 4 MiB; one that is not late holds one, so that back-pressure passes through."""
CLOSE_WITH_RESET = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class Gates:
    """Whether data flows at all; many lines share one pair."""

    client: asyncio.Event = field(default_factory=asyncio.Event)
    server: asyncio.Event = field(default_factory=asyncio.Event)

    def set(self, *, client: bool, server: bool) -> None:
        """Open or close the direction from the client, and that from the server."""
        for event, flows in ((self.client, client), (self.server, server)):
            if flows:
                event.set()
            else:
                event.clear()


@dataclass(slots=True)
class Orders:
    """What a proxy does to connections as such; None for leaving them alone.

    Attributes:
        close_after_bytes: close (FIN) when the client has sent so many.
        reset_at_video: reset when the client's video message of this number (from 1) is complete.
        close_delay_s: how much later the other side learns that one has closed.
    """

    close_after_bytes: int | None = None
    reset_at_video: int | None = None
    close_delay_s: float = 0.0


class Line:
    """Passes bytes between a client and a server until either closes or it is cut. All of it runs on the proxy's loop."""

    def __init__(self, passage: Passage, gates: Gates, shape: Shape, orders: Orders) -> None:
        self._passage = passage
        self._gates = gates
        self._shape = shape
        self._orders = orders
        self._writers: list[asyncio.StreamWriter] = []

    def cut(self, *, reset: bool) -> None:
        """Close both ends, by FIN or RST."""
        for writer in self._writers:
            drop(writer, reset=reset)

    async def serve(
        self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter, address: tuple[str, int]
    ) -> None:
        """Connect to the server at ``address`` and pass everything; returns when the connection is over."""
        self._writers.append(to_client)
        try:
            from_server, to_server = await asyncio.open_connection(*address)
            self._writers.append(to_server)
            await self._pass_both(from_client, to_client, from_server, to_server)
        except OSError:
            drop(to_client, reset=True)  # the server is away: be away as well
        finally:
            for writer in self._writers:
                writer.close()

    async def _pass_both(
        self,
        from_client: asyncio.StreamReader,
        to_client: asyncio.StreamWriter,
        from_server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
    ) -> None:
        up: _Held = asyncio.Queue(HELD_READS)
        down: _Held = asyncio.Queue(HELD_READS)
        readers = [
            asyncio.create_task(self._read_client(from_client, to_client, up)),
            asyncio.create_task(self._read_server(from_server, to_client, down)),
        ]
        writers = [
            asyncio.create_task(
                self._write(up, to_server, self._gates.client, lambda: self._shape.slice_to_server)
            ),
            asyncio.create_task(
                self._write(down, to_client, self._gates.server, lambda: self._shape.slice_to_client)
            ),
        ]
        try:
            await asyncio.wait([*readers, *writers], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*readers, *writers):
                task.cancel()
            await asyncio.gather(*readers, *writers, return_exceptions=True)

    async def _read_client(
        self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter, held: _Held
    ) -> None:
        due_s = 0.0
        while True:
            await self._gates.client.wait()
            data = await from_client.read(READ_SIZE)
            if not data:
                return await self._close_late(held)
            passage, orders = self._passage, self._orders
            passage.note(data)
            if orders.reset_at_video is not None and passage.video_messages >= orders.reset_at_video:
                return drop(to_client, reset=True)
            if orders.close_after_bytes is not None and passage.received_bytes >= orders.close_after_bytes:
                return None
            due_s = await self._hold(data, held, due_s)
            await self._shape.read_slowly(len(data))

    async def _read_server(
        self, from_server: asyncio.StreamReader, to_client: asyncio.StreamWriter, held: _Held
    ) -> None:
        """Pass on what the server says, and that it has said all; the client may answer until it closes as well.

        A client whose last words met a closed socket would be reset: rtmpdump ends with 2 then.
        """
        due_s = 0.0
        while data := await from_server.read(READ_SIZE):
            due_s = await self._hold(data, held, due_s)
        await self._close_late(held)
        await end(to_client)
        await asyncio.get_running_loop().create_future()

    async def _hold(self, data: bytes, held: _Held, not_before_s: float) -> float:
        due_s = self._shape.due_s(not_before_s)
        await held.put((due_s, data))
        if due_s <= time.monotonic():
            await held.join()
        return due_s

    async def _close_late(self, held: _Held) -> None:
        await held.join()
        await asyncio.sleep(self._orders.close_delay_s)

    async def _write(
        self,
        held: _Held,
        writer: asyncio.StreamWriter,
        gate: asyncio.Event,
        piece_bytes: Callable[[], int | None],
    ) -> None:
        while True:
            due_s, data = await held.get()
            if (early_s := due_s - time.monotonic()) > 0:
                await asyncio.sleep(early_s)
            await gate.wait()
            for piece in pieces(data, piece_bytes()):
                writer.write(piece)
                await writer.drain()
            held.task_done()


_Held = asyncio.Queue[tuple[float, bytes]]
"""Bytes on the line, each read with the time at which it may leave."""


async def end(writer: asyncio.StreamWriter) -> None:
    """Close our direction of a connection (FIN) when all is sent.

    Left to asyncio, what is still in its buffer would be followed by a shutdown that may meet a reset, an error nobody catches.

    Raises:
        OSError: the other side is gone already.
    """
    writer.transport.set_write_buffer_limits(high=0)
    await writer.drain()
    writer.write_eof()


def drop(writer: asyncio.StreamWriter, *, reset: bool) -> None:
    """Close a connection, by FIN or RST."""
    if not reset:
        writer.close()
        return
    sock = writer.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CLOSE_WITH_RESET)
    writer.transport.abort()
