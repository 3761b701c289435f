"""A TCP proxy on loopback that spoils connections on command: what real networks do, without being root."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import Self

from tests.e2e.support.line import READ_SIZE, Gates, Line, Orders
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.passage import Passage
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.shaping import Shape, Uplink

SMALL_BUFFER = 16 * 1024
"""Kernel receive buffer of accepted sockets: small, so that a client feels at once that nobody reads."""


class FaultProxy:
    """Passes connections to ``host:target_port`` until told otherwise; commands act on old and new ones alike.

    The commands may be called from the test's thread; each has taken effect when it returns.

    Args:
        target_port: where the server is.
        host: address of the server, and the one to listen on.
    """

    def __init__(self, target_port: int, *, host: str = LOOPBACK) -> None:
        self.passages: list[Passage] = []
        self.host = host
        self.port = 0
        self._target_port = target_port
        self._thread = LoopThread("fault-proxy")
        self._lines: dict[asyncio.Task[None], Line] = {}
        self._shape = Shape()
        self._orders = Orders()
        self._gates = Gates()
        self._server: asyncio.Server | None = None
        self.pass_all()
        self.restore()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def server_url(self) -> str:
        """Server URL without a key."""
        return f"rtmp://{self.host}:{self.port}/live"

    def close(self) -> None:
        """Drop every connection, stop listening and end the proxy's thread."""
        self.refuse()
        self._thread.close()

    # What flows.

    def pause_reading(self) -> None:
        """Stop reading from clients; what the server says still reaches them."""
        self._thread.run(self._open_gates(client=False, server=True))

    def blackhole(self) -> None:
        """Keep every connection but let nothing through in either direction; new ones hang as well."""
        self._thread.run(self._open_gates(client=False, server=False))

    def strand(self) -> None:
        """Let the connections that stand hang for ever, as a router does that has forgotten them; new ones pass."""
        self._thread.run(self._strand())

    def pass_all(self) -> None:
        """Let data flow again, without any limit."""
        self._shape.latency_s = self._shape.jitter_s = self._orders.close_delay_s = 0.0
        self._shape.bytes_per_s = self._shape.uplink = None
        self._shape.slice_to_server = self._shape.slice_to_client = None
        self._orders.close_after_bytes = self._orders.reset_at_video = None
        self._thread.run(self._open_gates(client=True, server=True))

    def limit_bandwidth(self, bytes_per_s: int) -> None:
        """Read from each client no faster than this."""
        self._shape.bytes_per_s = bytes_per_s

    def share(self, uplink: Uplink) -> None:
        """Read from clients as fast as a line that other proxies use as well allows."""
        self._shape.uplink = uplink

    def delay(self, latency_s: float, *, jitter_s: float = 0.0) -> None:
        """Hold everything back for so long, and up to ``jitter_s`` longer; nothing overtakes.

        The client's bytes are acknowledged when they reach the proxy: it feels late answers, not a long way.
        """
        self._shape.latency_s, self._shape.jitter_s = latency_s, jitter_s

    def slice(self, *, to_server: int | None = None, to_client: int | None = None) -> None:
        """Pass everything on in pieces of at most so many bytes, each a segment of its own."""
        self._shape.slice_to_server, self._shape.slice_to_client = to_server, to_client

    # How connections end.

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

    def close_after_bytes(self, count: int) -> None:
        """Close (FIN) each connection once its client has sent this many bytes; the rest is not passed on."""
        self._orders.close_after_bytes = count

    def reset_at_video(self, number: int) -> None:
        """Reset each connection when its client's video message number ``number`` (from 1) is complete."""
        self._orders.reset_at_video = number

    def close_slowly(self, delay_s: float) -> None:
        """Let one side know only so much later that the other has closed."""
        self._orders.close_delay_s = delay_s

    # On the proxy's loop.

    async def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        listener.bind((self.host, self.port))
        self.port = listener.getsockname()[1]
        self._server = await asyncio.start_server(self._welcome, sock=listener, limit=READ_SIZE)

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._drop_all(reset=True)

    async def _open_gates(self, *, client: bool, server: bool) -> None:
        self._gates.set(client=client, server=server)

    async def _strand(self) -> None:
        self._gates.set(client=False, server=False)
        self._gates = Gates()
        self._gates.set(client=True, server=True)

    async def _drop_all(self, *, reset: bool) -> None:
        lines = dict(self._lines)
        for task, line in lines.items():
            line.cut(reset=reset)
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    def _welcome(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        passage = Passage(opened_s=time.monotonic())
        self.passages.append(passage)
        line = Line(passage, self._gates, self._shape, self._orders)
        address = (self.host, self._target_port)
        task = self._thread.spawn(line.serve(from_client, to_client, address))
        self._lines[task] = line
        task.add_done_callback(self._lines.pop)
