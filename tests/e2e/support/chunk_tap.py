"""Listens in on one direction of an RTMP connection; written without the code under test, so that it can judge it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

RTMP_VERSION = b"\x03"
HANDSHAKE_SIZE = 1 + 2 * 1536
SET_CHUNK_SIZE = 1
VIDEO = 9
COMMAND = 20
_HEADER_SIZES = (11, 7, 3, 0)
_EXTENDED = 0xFFFFFF


@dataclass(slots=True)
class _ChunkStream:
    type: int = 0
    length: int = 0
    extended: bool = False
    payload: bytearray = field(default_factory=bytearray)


class ChunkTap:
    """Turns the client's bytes, from C0 on, into whole messages; falls silent when they are not RTMP's."""

    def __init__(self) -> None:
        self._handshake = True
        self._data = bytearray()
        self._chunk_size = 128
        self._streams: dict[int, _ChunkStream] = {}

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield (type, payload) of each message that is complete now."""
        self._data += data
        if self._data[:1] != RTMP_VERSION and self._handshake:
            self._data.clear()
            return
        if self._handshake:
            if len(self._data) < HANDSHAKE_SIZE:
                return
            del self._data[:HANDSHAKE_SIZE]
            self._handshake = False
        while (message := self._next_chunk()) is not None:
            type_id, payload = message
            if type_id == SET_CHUNK_SIZE and payload:
                self._chunk_size = int.from_bytes(payload) & 0x7FFFFFFF
            if type_id:
                yield type_id, payload

    def _next_chunk(self) -> tuple[int, bytes] | None:
        """Take one chunk off the data: None if it is not all there, type 0 if its message is not complete."""
        data = self._data
        if len(data) < 3:
            return None
        form, csid = data[0] >> 6, data[0] & 0x3F
        pos = 1
        if csid < 2:
            csid, pos = (64 + data[1], 2) if csid == 0 else (64 + data[1] + 256 * data[2], 3)
        header = bytes(data[pos : pos + _HEADER_SIZES[form]])
        pos += _HEADER_SIZES[form]
        stream = self._streams.setdefault(csid, _ChunkStream())
        extended = int.from_bytes(header[:3]) == _EXTENDED if header else stream.extended
        length = int.from_bytes(header[3:6]) if len(header) >= 7 else stream.length
        pos += 4 * extended
        size = min(self._chunk_size, length - len(stream.payload))
        if len(data) < pos + size:
            return None
        if len(header) >= 7:
            stream.type = header[6]
        stream.extended, stream.length = extended, length
        stream.payload += data[pos : pos + size]
        del data[: pos + size]
        if len(stream.payload) < length:
            return 0, b""
        payload, stream.payload = bytes(stream.payload), bytearray()
        return stream.type, payload


def command_head(payload: bytes) -> tuple[str, float]:
    """Return name and transaction id of an AMF0 command."""
    end = 3 + int.from_bytes(payload[1:3])
    return payload[3:end].decode(), struct.unpack(">d", payload[end + 1 : end + 9])[0]


def published_name(payload: bytes) -> str:
    """Return the stream name of a ``publish`` command: the string after the null argument."""
    _, _, rest = payload.partition(b"\x05\x02")
    return rest[2 : 2 + int.from_bytes(rest[:2])].decode()
