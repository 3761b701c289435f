"""Writing chunks: messages in, bytes out (rtmp.md 0.3, 1.4).

A message starts with fmt 0 when it is the first of its chunk stream, when the message stream changes or when time goes back;
otherwise with fmt 1. Fmt 3 only continues a message: peers disagree on what it means at a start. Deltas are below 2^31.
"""

from __future__ import annotations

import struct

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks.header import EXTENDED, INITIAL_CHUNK_SIZE
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.limits import MAX_U24, MAX_U32
from powerstream_desktop.rtmp.messages import Message, MessageType

MAX_CSID = 63
"""Chunk streams from 64 on are broken in several peers (rtmp.md 1.3.1), so we never write them."""

_FMT1 = struct.Struct(">II")
_FMT0_TAIL = struct.Struct("<I")


class ChunkWriter:
    """Turns the messages of one direction of one connection into chunks.

    Args:
        chunk_size: bytes of payload in a chunk that the peer takes from us now; 128 on a fresh connection.
    """

    def __init__(self, chunk_size: int = INITIAL_CHUNK_SIZE) -> None:
        self._chunk_size = _checked(chunk_size, 1, MAX_U24, "chunk size")
        self._last: dict[int, tuple[int, int]] = {}
        """Per chunk stream: timestamp and message stream id of the newest message."""

    @property
    def chunk_size(self) -> int:
        """Bytes of payload in our next chunk."""
        return self._chunk_size

    def write(self, message: Message) -> bytes:
        """Return ``message`` in chunks on its own chunk stream (2 to 63). A Set Chunk Size takes effect behind itself.

        Raises:
            LocalProtocolError: a field is out of its range; nothing is written and nothing changes.
        """
        _check(message)
        csid, timestamp = message.chunk_stream_id, message.timestamp
        length_and_type = len(message.payload) << 8 | message.type
        delta = self._delta(message)
        value = timestamp if delta is None else delta
        field = min(value, EXTENDED)
        extension = value.to_bytes(4, "big") if field == EXTENDED else b""
        if delta is None:
            header = _FMT1.pack(csid << 24 | field, length_and_type) + _FMT0_TAIL.pack(message.stream_id)
        else:
            header = _FMT1.pack((0x40 | csid) << 24 | field, length_and_type)
        body = _join(message.payload, bytes([0xC0 | csid]) + extension, self._chunk_size)
        self.resume(csid, timestamp, message.stream_id)
        if message.type == MessageType.SET_CHUNK_SIZE:
            self._chunk_size = min(control.parse_chunk_size(message.payload), MAX_U24)
        return b"".join((header, extension, body))

    def resume(self, csid: int, timestamp: int, stream_id: int) -> None:
        """Go on from a message that the caller wrote himself: the next delta on ``csid`` counts from ``timestamp``."""
        self._last[csid] = (timestamp, stream_id)

    def _delta(self, message: Message) -> int | None:
        """Milliseconds since the message before on its chunk stream, or ``None`` where only fmt 0 will do."""
        last = self._last.get(message.chunk_stream_id)
        if last is None or last[1] != message.stream_id:
            return None
        delta = (message.timestamp - last[0]) & MAX_U32
        return delta if delta < 1 << 31 else None


def chunk_body(payload: bytes, csid: int, chunk_size: int) -> bytes:
    """Return ``payload`` with the continuation headers it needs after its message header; the payload itself if none.

    It holds for every receiver with the same chunk size, whatever its clock: the relay makes it once for all destinations.
    Not valid behind a header with an extended timestamp, which continuations must repeat.
    """
    return _join(payload, bytes([0xC0 | csid]), chunk_size)


def fmt1_header(csid: int, delta_ms: int, length: int, type_id: int) -> bytes:
    """Return the 8 bytes that start a message on a chunk stream that has been used for its message stream before.

    Args:
        csid: chunk stream id, 2 to 63.
        delta_ms: since the message before on that chunk stream; 0 to 0xFFFFFE (no extended timestamp).
        length: bytes of payload without continuation headers.
        type_id: message type.

    Raises:
        LocalProtocolError: the delta needs ``ChunkWriter.write``.
    """
    if not 0 <= delta_ms < EXTENDED:
        raise LocalProtocolError("A media packet cannot be sent.", detail=f"fmt 1 delta {delta_ms}")
    return _FMT1.pack((0x40 | csid) << 24 | delta_ms, length << 8 | type_id)


def _join(payload: bytes, separator: bytes, chunk_size: int) -> bytes:
    if len(payload) <= chunk_size:
        return payload
    return separator.join([payload[i : i + chunk_size] for i in range(0, len(payload), chunk_size)])


def _check(message: Message) -> None:
    _checked(message.chunk_stream_id, 2, MAX_CSID, "chunk stream id")
    _checked(message.timestamp, 0, MAX_U32, "timestamp")
    _checked(message.stream_id, 0, MAX_U32, "message stream id")
    _checked(message.type, 0, 0xFF, "message type")
    _checked(len(message.payload), 0, MAX_U24, "message length")


def _checked(value: int, lowest: int, highest: int, name: str) -> int:
    if not lowest <= value <= highest:
        raise LocalProtocolError(
            "A message cannot be sent.", detail=f"{name} {value} is not in {lowest}..{highest}"
        )
    return value
