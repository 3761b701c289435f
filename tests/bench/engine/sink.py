"""An RTMP sink that notes when each message was complete, and keeps it, so that it can be looked at when nobody is in a hurry."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Final, NamedTuple, Self

from tests.e2e.support.behaviours import Behaviour, Manners
from tests.e2e.support.chunk_tap import (
    AUDIO,
    COMMAND,
    HANDSHAKE_SIZE,
    VIDEO,
    ChunkTap,
    TappedMessage,
    command_head,
    published_name,
)
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.ports import LOOPBACK
from tests.e2e.support.waiting import wait_until

READ_SIZE: Final = 256 * 1024
C0_C1_SIZE: Final = 1 + 1536


class Arrival(NamedTuple):
    """One audio or video message; ``at_s`` is the monotonic time of the read that completed it."""

    at_s: float
    type: int
    timestamp_ms: int
    payload: bytes


class ArrivalSink:
    """Takes every publisher; ``arrivals`` are of all of them, so it is given to one at a time.

    Attributes:
        arrivals: in order; appended by the sink's thread.
    """

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self._thread = LoopThread("arrival-sink")
        self.port = self._thread.run(self._listen())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._thread.run(self._stop_listening())
        self._thread.close()

    @property
    def server_url(self) -> str:
        """Server URL without a key."""
        return f"rtmp://{LOOPBACK}:{self.port}/live"

    def wait_for_video(self, *, timeout_s: float) -> None:
        """Wait until a picture has come."""
        wait_until(
            lambda: any(each.type == VIDEO for each in tuple(self.arrivals)),
            what="a picture at the sink",
            timeout_s=timeout_s,
        )

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._welcome, LOOPBACK, 0, limit=READ_SIZE)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _stop_listening(self) -> None:
        self._server.close()

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._thread.spawn(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._take(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            return  # the publisher went away, which is its right
        finally:
            writer.close()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opening = await reader.readexactly(C0_C1_SIZE)
        writer.write(b"\x03" + bytes(8) + os.urandom(1528) + opening[1:])
        data = opening + await reader.readexactly(HANDSHAKE_SIZE - C0_C1_SIZE)
        tap, manners = ChunkTap(), Manners(Behaviour.ACCEPT)
        while data:
            at_s = time.monotonic()
            for message in tap.feed(data):
                if message.type in {AUDIO, VIDEO}:
                    self.arrivals.append(Arrival(at_s, *message))
                elif message.type == COMMAND:
                    writer.write(_answer(manners, message))
            data = await reader.read(READ_SIZE)


def _answer(manners: Manners, message: TappedMessage) -> bytes:
    name, transaction = command_head(message.payload)
    key = published_name(message.payload) if name == "publish" else ""
    return manners.answer(name, transaction, key) or b""
