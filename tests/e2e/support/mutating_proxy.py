"""A TCP proxy on loopback that damages what clients send, one piece in so many: flipped, cut, doubled, or out of order (RS 6.3.5)."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Self

from tests.e2e.support.line import end
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.ports import LOOPBACK

PIECE_BYTES = 1400
"""About one packet of a real network."""


class MutatingProxy:
    """Passes connections to a loopback port, damaging one piece of about ``one_in`` on the way there.

    Args:
        target_port: where the server is.
        one_in: pieces for each damaged one; 0 for none. May be changed from the test's thread; new connections obey.
        seed: of the damage.
    """

    def __init__(self, target_port: int, *, one_in: int, seed: int) -> None:
        self.one_in = one_in
        self.damaged = 0
        """Pieces so far; written by the proxy's thread."""
        self.port = 0
        self._target_port = target_port
        self._rng = random.Random(seed)
        self._thread = LoopThread("mutating-proxy")
        self._thread.run(self._listen())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._thread.run(self._stop_listening())
        self._thread.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._welcome, LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop_listening(self) -> None:
        self._server.close()

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._thread.spawn(self._pass(reader, writer))

    async def _pass(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(LOOPBACK, self._target_port)
        answers = asyncio.ensure_future(self._pass_unharmed(from_server, to_client))
        try:
            await self._pass_damaged(from_client, to_server, self.one_in)
            await answers
        finally:
            answers.cancel()
            for writer in (to_client, to_server):
                writer.close()
            await asyncio.gather(answers, return_exceptions=True)

    async def _pass_unharmed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(PIECE_BYTES):
                writer.write(data)
                await writer.drain()
            writer.close()

    async def _pass_damaged(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, one_in: int
    ) -> None:
        held_back = b""
        with contextlib.suppress(OSError):
            while data := await reader.read(PIECE_BYTES):
                if one_in and self._rng.randrange(one_in) == 0:
                    data, held_back = self._damage(data + held_back)
                    self.damaged += 1
                else:
                    data, held_back = data + held_back, b""
                writer.write(data)
                await writer.drain()
            await end(writer)

    def _damage(self, data: bytes) -> tuple[bytes, bytes]:
        """Return what goes on now, and what follows behind the next piece."""
        place = self._rng.randrange(len(data))
        match self._rng.randrange(5):
            case 0:
                flipped = bytearray(data)
                flipped[place] ^= 1 << self._rng.randrange(8)
                return bytes(flipped), b""
            case 1:
                return data[:place], b""
            case 2:
                return data[:place] + data[place:] * 2, b""
            case 3:
                return b"", data
            case _:
                return data[:place] + self._rng.randbytes(len(data) - place), b""
