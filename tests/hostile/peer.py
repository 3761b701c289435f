"""Acts a script out on a socket of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import sys

from tests.hostile.script import Await, HalfClose, HangUp, Reset, Send, ShakeHands, Steps, StopReading, Wait
from tests.integration.relay.swift_loop import eventually

BLOCK_BYTES = 64 * 1024
HANDSHAKE_BYTES = 1536
RESET_ON_CLOSE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
KEPT_BYTES = 256 * 1024
"""So much of what it hears is kept; a peer that is flooded itself must not count as the product's memory."""


class Peer(asyncio.Protocol):
    """One hostile connection, in either direction.

    Args:
        steps: what to do once connected.
        is_server: the other side speaks first.
    """

    def __init__(self, steps: Steps, *, is_server: bool) -> None:
        self._steps = steps
        self._is_server = is_server
        self._heard = bytearray()
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._task: asyncio.Task[None]
        self.transport: asyncio.Transport
        self.closed = False
        self.done = False
        """The script is at its end, or cannot go on."""

    def heard(self, text: bytes) -> bool:
        """Tell whether these bytes have come."""
        return text in self._heard

    async def sees_the_end(self, *, within_s: float) -> None:
        """Wait until the other side has closed; one that does not read looks when the time is up."""
        if not self.transport.is_closing() and not self.transport.is_reading():
            await asyncio.sleep(within_s)
            self.transport.resume_reading()
            within_s = 1.0
        await eventually(lambda: self.closed, patience_s=within_s)

    async def acts(self, *, at_most_s: float) -> None:
        """Wait until the script is at its end, or the time is up."""
        await asyncio.wait({self._task}, timeout=at_most_s)

    async def aclose(self) -> None:
        """Leave."""
        self.transport.abort()
        await asyncio.wait({self._task})

    # asyncio's callbacks.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._task = asyncio.get_running_loop().create_task(self._act())

    def data_received(self, data: bytes) -> None:
        self._heard += data[: KEPT_BYTES - len(self._heard)]

    def eof_received(self) -> bool:
        self.closed = True
        return False

    def pause_writing(self) -> None:
        self._may_write.clear()

    def resume_writing(self) -> None:
        self._may_write.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._may_write.set()

    # Inside.

    @property
    def _is_gone(self) -> bool:
        """The other side has closed, or a write has just failed."""
        return self.closed or self.transport.is_closing()

    async def _act(self) -> None:
        for step in self._steps:
            if self._is_gone:
                break
            match step:
                case Send():
                    await self._send(step)
                case ShakeHands():
                    await self._shake_hands()
                case Await(text):
                    await eventually(lambda wanted=text: self.heard(wanted) or self._is_gone)  # type: ignore[misc]
                case Wait(seconds):
                    await asyncio.sleep(seconds)
                case StopReading():
                    self.transport.pause_reading()
                case HalfClose():
                    self.transport.write_eof()
                case HangUp():
                    self.transport.close()
                case Reset():
                    self._reset()
        self.done = True

    async def _send(self, step: Send) -> None:
        if step.piece:
            for start in range(0, len(step.data), step.piece):
                if self._is_gone:
                    return
                self.transport.write(step.data[start : start + step.piece])
                await asyncio.sleep(step.pause_s)
            return
        left = step.times
        at_once = max(1, BLOCK_BYTES // len(step.data))
        while left and not self._is_gone:
            await self._write(step.data * min(left, at_once))
            left -= min(left, at_once)

    async def _write(self, data: bytes) -> None:
        """Write no more than the other side takes: what waits here must not count as its memory."""
        for start in range(0, len(data), BLOCK_BYTES):
            if not self._is_gone:
                self.transport.write(data[start : start + BLOCK_BYTES])
                await self._may_write.wait()

    async def _shake_hands(self) -> None:
        if self._is_server:
            await eventually(lambda: len(self._heard) > HANDSHAKE_BYTES or self._is_gone)
            echo = bytes(self._heard[1 : 1 + HANDSHAKE_BYTES])
            self.transport.write(b"\x03" + bytes(8) + os.urandom(HANDSHAKE_BYTES - 8) + echo)
        else:
            self.transport.write(b"\x03" + bytes(8) + os.urandom(HANDSHAKE_BYTES - 8))
        await eventually(lambda: len(self._heard) >= 1 + 2 * HANDSHAKE_BYTES or self._is_gone)
        if not self._is_server:
            self.transport.write(bytes(self._heard[1 : 1 + HANDSHAKE_BYTES]))

    def _reset(self) -> None:
        sock = self.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.transport.abort()
