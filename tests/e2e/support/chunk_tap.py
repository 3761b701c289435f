"""Listens in on one direction of an RTMP connection; written without the code under test, so that it can judge it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

RTMP_VERSION = b"\x03"
HANDSHAKE_SIZE = 1 + 2 * 1536
SET_CHUNK_SIZE = 1
AUDIO = 8
VIDEO = 9
COMMAND = 20
_HEADER_SIZES = (11, 7, 3, 0)
_EXTENDED = 0xFFFFFF


class TappedMessage(NamedTuple):
    """One message; ``timestamp_ms`` as unsigned 32 bits."""

    type: int
    timestamp_ms: int
    payload: bytes


@dataclass(slots=True)
class _ChunkStream:
    type: int = 0
    length: int = 0
    extended: bool = False
    timestamp_ms: int = 0
    step_ms: int = 0
    payload: bytearray = field(default_factory=bytearray)

    def begin(self, form: int, time_field: int | None) -> None:
        """Take the time of a new message: absolute in form 0, a step in the others, the last one again in form 3."""
        if time_field is not None:
            self.step_ms = time_field
        self.timestamp_ms = self.step_ms if form == 0 else (self.timestamp_ms + self.step_ms) & 0xFFFFFFFF


class ChunkTap:
    """Turns the client's bytes, from C0 on, into whole messages; falls silent when they are not RTMP's."""

    def __init__(self) -> None:
        self._handshake = True
        self._data = bytearray()
        self._chunk_size = 128
        self._streams: dict[int, _ChunkStream] = {}

    def feed(self, data: bytes) -> Iterator[TappedMessage]:
        """Yield each message that is complete now."""
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
            if message.type == SET_CHUNK_SIZE and message.payload:
                self._chunk_size = int.from_bytes(message.payload) & 0x7FFFFFFF
            if message is not _INCOMPLETE:
                yield message

    def _next_chunk(self) -> TappedMessage | None:
        """Take one chunk off the data: None if it is not all there, ``_INCOMPLETE`` if its message is not."""
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
        time_field = int.from_bytes(header[:3]) if header else None
        extended = time_field == _EXTENDED if header else stream.extended
        length = int.from_bytes(header[3:6]) if len(header) >= 7 else stream.length
        if extended and header:
            time_field = int.from_bytes(data[pos : pos + 4])
        pos += 4 * extended
        size = min(self._chunk_size, length - len(stream.payload))
        if len(data) < pos + size:
            return None
        if len(header) >= 7:
            stream.type = header[6]
        if not stream.payload:
            stream.begin(form, time_field)
        stream.extended, stream.length = extended, length
        stream.payload += data[pos : pos + size]
        del data[: pos + size]
        if len(stream.payload) < length:
            return _INCOMPLETE
        payload, stream.payload = bytes(stream.payload), bytearray()
        return TappedMessage(stream.type, stream.timestamp_ms, payload)


_INCOMPLETE = TappedMessage(0, 0, b"")


def command_head(payload: bytes) -> tuple[str, float]:
    """Return name and transaction id of an AMF0 command."""
    end = 3 + int.from_bytes(payload[1:3])
    return payload[3:end].decode(), struct.unpack(">d", payload[end + 1 : end + 9])[0]


def published_name(payload: bytes) -> str:
    """Return the stream name of a ``publish`` command: the string after the null argument."""
    _, _, rest = payload.partition(b"\x05\x02")
    return rest[2 : 2 + int.from_bytes(rest[:2])].decode()
