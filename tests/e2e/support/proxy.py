"""A TCP proxy on loopback that spoils connections on command: what real networks do, without being root."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from tests.e2e.support.chunk_tap import VIDEO, ChunkTap
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.ports import LOOPBACK

READ_SIZE = 16 * 1024
KEPT_BYTES = 1024 * 1024
SMALL_BUFFER = 16 * 1024
"""Kernel receive buffer of accepted sockets: small, so that a client feels at once that nobody reads."""
CLOSE_WITH_RESET = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class Passage:
    """What one client connection sent through the proxy; written by the proxy's thread, read by the test's.

    Attributes:
        opened_s: monotonic time of its accept.
        arrivals_s: monotonic time of each read, in order.
        received_bytes: how many came from the client, also those that were not passed on.
        head: the first MiB of them.
        video_messages: how many of them completed a video message, if the client speaks RTMP in the clear.
    """

    opened_s: float
    arrivals_s: list[float] = field(default_factory=list)
    received_bytes: int = 0
    head: bytearray = field(default_factory=bytearray)
    video_messages: int = 0
    _tap: ChunkTap = field(default_factory=ChunkTap)

    def note(self, data: bytes) -> None:
        """Take down what one read brought."""
        self.arrivals_s.append(time.monotonic())
        self.received_bytes += len(data)
        self.head += data[: KEPT_BYTES - len(self.head)]
        self.video_messages += sum(type_id == VIDEO for type_id, _ in self._tap.feed(data))

    def longest_silence_ms(self, since_s: float, until_s: float) -> float:
        """Return the longest time without a byte from the client between two instants, in milliseconds."""
        inside = [at for at in list(self.arrivals_s) if since_s <= at <= until_s]
        return 1000 * max(later - earlier for earlier, later in pairwise((since_s, *inside, until_s)))


class FaultProxy:
    """Passes connections to ``127.0.0.1:target_port`` until told otherwise; commands act on old and new ones alike.

    The commands may be called from the test's thread; each has taken effect when it returns.
    """

    def __init__(self, target_port: int) -> None:
        self.passages: list[Passage] = []
        self._target_port = target_port
        self._thread = LoopThread("fault-proxy")
        self._transports: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._client_flows = asyncio.Event()
        self._server_flows = asyncio.Event()
        self._client_flows.set()
        self._server_flows.set()
        self._bytes_per_s: int | None = None
        self._close_after_bytes: int | None = None
        self._reset_at_video: int | None = None
        self._server: asyncio.Server | None = None
        self.port = 0
        self.restore()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Drop every connection, stop listening and end the proxy's thread."""
        self.refuse()
        self._thread.close()

    def pause_reading(self) -> None:
        """Stop reading from clients; what the server says still reaches them."""
        self._thread.run(self._set_flow(client=False, server=True))

    def blackhole(self) -> None:
        """Keep every connection but let nothing through in either direction; new ones hang as well."""
        self._thread.run(self._set_flow(client=False, server=False))

    def pass_all(self) -> None:
        """Let data flow again, without any limit."""
        self._bytes_per_s = self._close_after_bytes = self._reset_at_video = None
        self._thread.run(self._set_flow(client=True, server=True))

    def reset(self) -> None:
        """Reset (RST) every connection; new ones are welcome."""
        self._thread.run(self._drop_all(reset=True))

    def hang_up(self) -> None:
        """Close (FIN) every connection; new ones are welcome."""
        self._thread.run(self._drop_all(reset=False))

    def refuse(self) -> None:
        """Reset every connection and stop listening: new ones are refused."""
        self._thread.run(self._stop_listening())

    def restore(self) -> None:
        """Listen (again), on the same port as before."""
        self._thread.run(self._listen())

    def limit_bandwidth(self, bytes_per_s: int) -> None:
        """Read from each client no faster than this."""
        self._bytes_per_s = bytes_per_s

    def close_after_bytes(self, count: int) -> None:
        """Close (FIN) each connection once its client has sent this many bytes; the rest is not passed on."""
        self._close_after_bytes = count

    def reset_at_video(self, number: int) -> None:
        """Reset each connection when its client's video message number ``number`` (from 1) is complete."""
        self._reset_at_video = number

    async def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        listener.bind((LOOPBACK, self.port))
        self.port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._welcome, sock=listener, limit=READ_SIZE)

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._drop_all(reset=True)

    async def _set_flow(self, *, client: bool, server: bool) -> None:
        for event, flows in ((self._client_flows, client), (self._server_flows, server)):
            if flows:
                event.set()
            else:
                event.clear()

    async def _drop_all(self, *, reset: bool) -> None:
        for writer in list(self._transports):
            _drop(writer, reset=reset)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _welcome(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        task = self._thread.spawn(self._serve(from_client, to_client))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self._transports.add(to_client)
        passage = Passage(opened_s=time.monotonic())
        self.passages.append(passage)
        to_server: asyncio.StreamWriter | None = None
        try:
            from_server, to_server = await asyncio.open_connection(LOOPBACK, self._target_port)
            self._transports.add(to_server)
            upstream = asyncio.create_task(self._pass_client(from_client, to_server, to_client, passage))
            downstream = asyncio.create_task(self._pass_server(from_server, to_client))
            try:
                await asyncio.wait((upstream, downstream), return_when=asyncio.FIRST_COMPLETED)
            finally:
                upstream.cancel()
                downstream.cancel()
                await asyncio.gather(upstream, downstream, return_exceptions=True)
        except OSError:
            _drop(to_client, reset=True)  # the server is away: be away as well
        finally:
            for writer in filter(None, (to_client, to_server)):
                writer.close()
                self._transports.discard(writer)

    async def _pass_client(
        self,
        from_client: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
        to_client: asyncio.StreamWriter,
        passage: Passage,
    ) -> None:
        while True:
            await self._client_flows.wait()
            data = await from_client.read(READ_SIZE)
            if not data:
                return
            passage.note(data)
            if self._reset_at_video is not None and passage.video_messages >= self._reset_at_video:
                _drop(to_client, reset=True)
                return
            if self._close_after_bytes is not None and passage.received_bytes >= self._close_after_bytes:
                return
            await self._client_flows.wait()
            to_server.write(data)
            await to_server.drain()
            if self._bytes_per_s is not None:
                await asyncio.sleep(len(data) / self._bytes_per_s)

    async def _pass_server(self, from_server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        while data := await from_server.read(READ_SIZE):
            await self._server_flows.wait()
            to_client.write(data)
            await to_client.drain()


def _drop(writer: asyncio.StreamWriter, *, reset: bool) -> None:
    if not reset:
        writer.close()
        return
    sock = writer.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CLOSE_WITH_RESET)
    writer.transport.abort()
