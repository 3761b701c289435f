"""The FLV container: tags in a row, to read from any pieces of bytes and to write (rtmp.md 2.1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.rtmp.errors import LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, MAX_U24, MAX_U32, Limits
from powerstream_desktop.rtmp.messages import MessageType

_SIGNATURE: Final = b"FLV"
_HEADER_SIZE: Final = 9
_MAX_HEADER_SIZE: Final = 1024
_HAS_VIDEO: Final = 0x01
_HAS_AUDIO: Final = 0x04

_PREVIOUS_SIZE: Final = 4
_TAG_HEADER: Final = struct.Struct(">II3x")
"""Type and size, timestamp with its high byte last, and a stream id that is always 0."""
_TAG_HEADER_SIZE: Final = _TAG_HEADER.size
_RECORD_SIZE: Final = _PREVIOUS_SIZE + _TAG_HEADER_SIZE
_TYPE_MASK: Final = 0x1F
_ENCRYPTED: Final = 0x20


@dataclass(frozen=True, slots=True)
class FLVTag:
    """One tag.

    Attributes:
        type: tag type, the same number as the message type in RTMP; files may hold types we do not know.
        timestamp: decoding time in milliseconds, an unsigned 32-bit number.
        payload: the tag's body, which is also the payload of the RTMP message.
    """

    type: int
    timestamp: int
    payload: bytes


class FLVReader:
    """Reads tags from the bytes of an FLV stream, in whatever pieces they come.

    A tag is handed out as soon as its last byte is here. The sizes written behind the tags are not believed, nor read:
    many writers get them wrong. Tags in front of an error are handed out first; then every call raises it.

    Args:
        limits: how large a body may be, by its type.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._buffer = bytearray()
        self._is_header_read = False
        self._needed = _HEADER_SIZE
        self._error: ProtocolError | None = None

    def feed(self, data: bytes) -> list[FLVTag]:
        """Take the next bytes and return the tags they complete.

        Raises:
            ProtocolError: this is not FLV, or it is encrypted.
            LimitExceeded: a tag is larger than the limits allow; raised before it is gathered.
        """
        tags: list[FLVTag] = []
        if self._error is None:
            self._buffer += data
            try:
                self._read(tags)
            except ProtocolError as error:
                self._error = error
        if self._error is not None and not tags:
            raise self._error
        return tags

    def _read(self, tags: list[FLVTag]) -> None:
        pos = 0
        while len(self._buffer) - pos >= self._needed:
            pos = self._read_tag(pos, tags) if self._is_header_read else self._read_header()
        del self._buffer[:pos]

    def _read_header(self) -> int:
        signature, version, header_size = (
            self._buffer[:3],
            self._buffer[3],
            int.from_bytes(self._buffer[5:9], "big"),
        )
        if signature != _SIGNATURE or version != 1 or not _HEADER_SIZE <= header_size <= _MAX_HEADER_SIZE:
            raise ProtocolError(
                "This is not an FLV stream.", code="not-flv", detail=bytes(self._buffer[:9]).hex()
            )
        if len(self._buffer) < header_size:
            self._needed = header_size
            return 0
        self._is_header_read = True
        self._needed = _RECORD_SIZE
        return header_size

    def _read_tag(self, pos: int, tags: list[FLVTag]) -> int:
        """Read one record, the size of the tag before it included, once all of it is here; return the new position."""
        header = pos + _PREVIOUS_SIZE
        body = header + _TAG_HEADER_SIZE
        tag_type = self._buffer[header]
        size = int.from_bytes(self._buffer[header + 1 : header + 4], "big")
        self._check(tag_type, size)
        if len(self._buffer) < body + size:
            self._needed = _RECORD_SIZE + size
            return pos
        self._needed = _RECORD_SIZE
        low, high = int.from_bytes(self._buffer[header + 4 : header + 7], "big"), self._buffer[header + 7]
        tags.append(FLVTag(tag_type & _TYPE_MASK, high << 24 | low, bytes(self._buffer[body : body + size])))
        return body + size

    def _check(self, tag_type: int, size: int) -> None:
        if tag_type & _ENCRYPTED:
            raise ProtocolError("This FLV stream is encrypted.", code="flv-encrypted")
        match tag_type & _TYPE_MASK:
            case MessageType.VIDEO:
                limit = self._limits.max_video_message
            case MessageType.AUDIO:
                limit = self._limits.max_audio_message
            case _:
                limit = self._limits.max_data_message
        if size > limit:
            raise LimitExceeded(
                "An FLV tag is larger than we take.",
                code="limit",
                detail=f"type {tag_type}: {size} > {limit} bytes",
            )


class FLVWriter:
    """Writes an FLV stream as bytes.

    Args:
        has_video: whether video tags will come. Players wait for ever for an announced track that never comes
            (flv.js#746, srs#939), so announce what is there, not what might be.
        has_audio: the same for audio.
    """

    def __init__(self, *, has_video: bool, has_audio: bool) -> None:
        self._flags = (_HAS_VIDEO if has_video else 0) | (_HAS_AUDIO if has_audio else 0)

    def header(self) -> bytes:
        """Return what a stream begins with: the file header and the size of the tag before the first, 0."""
        return struct.pack(">3sBBII", _SIGNATURE, 1, self._flags, _HEADER_SIZE, 0)

    def tag(self, tag: FLVTag) -> bytes:
        """Return one tag with its header and the size behind it.

        Raises:
            LocalProtocolError: the body is longer than 24 bits can say, or type or timestamp are out of range.
        """
        size = len(tag.payload)
        if size > MAX_U24 or not 0 <= tag.timestamp <= MAX_U32 or not 0 <= tag.type <= _TYPE_MASK:
            raise LocalProtocolError(
                "A tag does not fit into FLV.", detail=f"type {tag.type}, {tag.timestamp} ms, {size} bytes"
            )
        low, high = tag.timestamp & MAX_U24, tag.timestamp >> 24
        header = _TAG_HEADER.pack(tag.type << 24 | size, low << 8 | high)
        return b"".join((header, tag.payload, (_TAG_HEADER_SIZE + size).to_bytes(4, "big")))
