"""A small RTMP ingest of our own that treats publishers as the platforms' servers do on a bad day (rtmp.md 1.16, 1.19)."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from typing import Self

from tests.e2e.support.chunk_tap import COMMAND, HANDSHAKE_SIZE, VIDEO, ChunkTap, command_head, published_name
from tests.e2e.support.loop_thread import LoopThread
from tests.e2e.support.ports import LOOPBACK

READ_SIZE = 64 * 1024
SMALL_BUFFER = 16 * 1024
C0_C1_SIZE = 1 + 1536
COMMAND_CSID = 3
PUBLISHED_STREAM = 1


class Behaviour(Enum):
    """What happens to a publisher."""

    ACCEPT = "takes everything"
    BAD_NAME = "onStatus NetStream.Publish.BadName, then closes"
    HANG_UP = "closes without a word when the key arrives, as Twitch does"
    SILENT = "never answers the publish command"
    STOP_READING = "accepts, then never reads another byte"
    ECHO_KEY = "BAD_NAME, with the key in its description"
    REJECT_CONNECT = "_error NetConnection.Connect.Rejected, then closes"
    HTTP = "answers with a web page, as a captive portal does"


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

    Attributes:
        behaviour: applies to connections from now on; set by the test's thread.
        connections: monotonic times of accepted connections; appended by the server's thread.
        attempts: every publish command; appended by the server's thread.
        commands: the name of every command; appended by the server's thread.
        video_messages: how many arrived from accepted publishers.
    """

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.connections: list[float] = []
        self.attempts: list[Attempt] = []
        self.commands: list[str] = []
        self.video_messages = 0
        self._thread = LoopThread("fake-ingest")
        self.port = self._thread.run(self._listen())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def server_url(self) -> str:
        """Server URL without a key."""
        return f"rtmp://{LOOPBACK}:{self.port}/live"

    def close(self) -> None:
        """Stop listening, drop everybody and end the thread."""
        self._thread.run(self._stop_listening())
        self._thread.close()

    async def _listen(self) -> int:
        listener = socket.socket()
        listener.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER
        )  # who is not read from feels it soon
        listener.bind((LOOPBACK, 0))
        self._server = await asyncio.start_server(self._welcome, sock=listener, limit=READ_SIZE)
        port: int = listener.getsockname()[1]
        return port

    async def _stop_listening(self) -> None:
        self._server.close()

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._thread.spawn(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.append(time.monotonic())
        try:
            await self._treat(self.behaviour, reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            return  # the publisher went away, which is its right
        finally:
            writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    async def _treat(
        self, behaviour: Behaviour, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if behaviour is Behaviour.HTTP:
            await reader.read(1)
            writer.write(
                b"HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/\r\nContent-Length: 0\r\n\r\n"
            )
            await writer.drain()
            return
        async for type_id, payload in _messages(reader, writer):
            if type_id == VIDEO:
                self.video_messages += 1
            if type_id != COMMAND:
                continue
            name, transaction = command_head(payload)
            self.commands.append(name)
            key = published_name(payload) if name == "publish" else ""
            if name == "publish":
                self.attempts.append(Attempt(time.monotonic(), key))
            answer = _answer(behaviour, name, transaction, key)
            if answer is None:
                return
            writer.write(answer)
            await writer.drain()
            if _is_last(behaviour, name):
                return
            if name == "publish" and behaviour is Behaviour.STOP_READING:
                await asyncio.Event().wait()


async def _messages(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> AsyncIterator[tuple[int, bytes]]:
    """Do the simple handshake, then yield the publisher's messages until it closes."""
    opening = await reader.readexactly(C0_C1_SIZE)
    writer.write(b"\x03" + bytes(8) + os.urandom(1528) + opening[1:])
    await writer.drain()
    tap = ChunkTap()
    data = opening + await reader.readexactly(HANDSHAKE_SIZE - C0_C1_SIZE)
    while data:
        for message in tap.feed(data):
            yield message
        data = await reader.read(READ_SIZE)


def _answer(behaviour: Behaviour, name: str, transaction: float, key: str) -> bytes | None:
    """Return what to say to a command; None to hang up without a word."""
    if name == "connect":
        if behaviour is Behaviour.REJECT_CONNECT:
            return _command(
                "_error", transaction, None, _info("error", "NetConnection.Connect.Rejected", "Go away.")
            )
        window = _message(5, struct.pack(">I", 2_500_000), csid=2)
        chunk_size = _message(1, struct.pack(">I", 4096), csid=2)
        success = _info("status", "NetConnection.Connect.Success", "Connection succeeded.")
        return window + chunk_size + _command("_result", transaction, {"fmsVer": "FMS/3,0,1,123"}, success)
    if name == "createStream":
        return _command("_result", transaction, None, float(PUBLISHED_STREAM))
    if name != "publish" or behaviour is Behaviour.SILENT:
        return b""
    if behaviour is Behaviour.HANG_UP:
        return None
    if behaviour in _REFUSALS:
        said = key if behaviour is Behaviour.ECHO_KEY else "This stream key"
        info = _info("error", "NetStream.Publish.BadName", f"{said} is not known.")
    else:
        info = _info("status", "NetStream.Publish.Start", "Welcome.")
    return _command("onStatus", 0.0, None, info, stream_id=PUBLISHED_STREAM)


def _is_last(behaviour: Behaviour, name: str) -> bool:
    return (behaviour is Behaviour.REJECT_CONNECT and name == "connect") or (
        behaviour in _REFUSALS and name == "publish"
    )


_REFUSALS = frozenset({Behaviour.BAD_NAME, Behaviour.ECHO_KEY})

AMF = str | float | dict[str, "AMF"] | None


def _info(level: str, code: str, description: str) -> dict[str, AMF]:
    return {"level": level, "code": code, "description": description}


def _command(*values: AMF, stream_id: int = 0) -> bytes:
    return _message(COMMAND, b"".join(map(_amf0, values)), csid=COMMAND_CSID, stream_id=stream_id)


def _message(type_id: int, payload: bytes, *, csid: int, stream_id: int = 0) -> bytes:
    """Build a message in one chunk; every payload here is shorter than the 4096 bytes announced first."""
    return (
        bytes((csid, 0, 0, 0))
        + len(payload).to_bytes(3)
        + bytes((type_id,))
        + struct.pack("<I", stream_id)
        + payload
    )


def _amf0(value: AMF) -> bytes:
    if value is None:
        return b"\x05"
    if isinstance(value, str):
        return b"\x02" + _name(value)
    if isinstance(value, dict):
        members = b"".join(_name(key) + _amf0(member) for key, member in value.items())
        return b"\x03" + members + b"\x00\x00\x09"
    return b"\x00" + struct.pack(">d", value)


def _name(text: str) -> bytes:
    return len(text).to_bytes(2) + text.encode()
