"""Reading chunks: bytes in, messages out, for any split of the bytes (rtmp.md 1.3).

Payload is taken as it comes, so between two calls at most one unfinished header (18 bytes) is kept as raw input. All checks
are made when a header is complete and before anything is stored for it; that is why no split of the input changes the result.
Lenient where real encoders sin, as the table of rtmp.md 1.3.3 says; ``anomalies`` counts those pardons.
"""

from __future__ import annotations

from struct import Struct
from typing import TypeAlias

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks.budget import ChunkBudget
from powerstream_desktop.rtmp.chunks.header import (
    EXTENDED,
    FMT_DELTA_ONLY,
    FMT_FULL,
    FMT_NOTHING,
    INITIAL_CHUNK_SIZE,
    MESSAGE_HEADER_SIZES,
)
from powerstream_desktop.rtmp.chunks.incoming import IncomingStream
from powerstream_desktop.rtmp.errors import LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, Limits
from powerstream_desktop.rtmp.messages import Message, MessageType

Buffer: TypeAlias = bytes | bytearray | memoryview

_WHOLE_HEADER = Struct(">II")
"""A fmt 1 header on a small csid: basic header u8, delta u24, length u24, type u8."""
_FMT1_BITS = 0x40
_MEDIA_TYPES = frozenset({int(MessageType.AUDIO), int(MessageType.VIDEO)})

_INCOMPLETE = 0
"""Instead of the position behind a header: more input is needed. No header ends at position 0."""


class ChunkReader:
    """Puts the messages of one direction of one connection together.

    After an error the reader is dead, and messages that the same input completed before the error are lost with it.

    Args:
        limits: what the peer may send.
        trusted: False for a peer that has not shown a key yet: it may send fewer tiny chunks, until ``trust``.

    Attributes:
        bytes_received: bytes given to ``feed`` so far; grows without end.
        anomalies: departures from the rules that were overlooked.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, *, trusted: bool = True) -> None:
        self.bytes_received = 0
        self.anomalies = 0
        self._limits = limits
        self._max_length = _max_length_by_type(limits)
        self._budget = ChunkBudget(limits, trusted=trusted)
        self._streams: dict[int, IncomingStream] = {}
        self._chunk_size = INITIAL_CHUNK_SIZE
        self._unread_header = b""
        self._current = IncomingStream(0)
        """Whose chunk is being read; means something only while ``_chunk_left`` is not 0 or right after a header."""
        self._chunk_left = 0
        self._partial_bytes = 0
        self._empty_orphans = 0
        self._is_dead = False

    @property
    def chunk_size(self) -> int:
        """Bytes of payload in the peer's next chunk."""
        return self._chunk_size

    @property
    def partial_bytes(self) -> int:
        """Bytes of unfinished messages, those of the chunk under way that have not come yet included."""
        return self._partial_bytes

    def trust(self) -> None:
        """The peer has shown its key."""
        self._budget.trust()

    def start_second(self) -> None:
        """Begin a new second for the budget of tiny chunks; the owner, who has a clock, calls it once a second."""
        self._budget.start_second()

    def count_part(self, size: int) -> None:
        """Charge a message of ``size`` bytes that came inside another one, as if it had come by itself.

        Raises:
            LimitExceeded: too many tiny ones this second.
        """
        self._budget.count_message()
        self._budget.count_chunk(size)

    def feed(self, data: Buffer) -> list[Message]:
        """Take the next bytes of the connection; return the messages that they complete.

        Set Chunk Size and Abort have been applied when they are returned.

        Raises:
            ChunkError: the chunk stream is broken.
            LimitExceeded: the peer went over one of the limits.
            LocalProtocolError: the reader is dead.
        """
        if self._is_dead:
            raise LocalProtocolError(
                "A broken connection was read on.", detail="ChunkReader.feed after an error"
            )
        self.bytes_received += len(data)
        if self._unread_header:
            data = self._unread_header + data
            self._unread_header = b""
        try:
            return self._read(data)
        except ProtocolError:
            self._is_dead = True
            raise

    def _read(self, data: Buffer) -> list[Message]:
        messages: list[Message] = []
        pos, end = 0, len(data)
        with memoryview(data) as view:
            while pos < end:
                if not self._chunk_left:
                    whole = self._read_whole(view, pos, end)
                    if whole is not None:
                        pos += _WHOLE_HEADER.size + len(whole.payload)
                        messages.append(whole)
                        continue
                    after = self._read_header(data, pos, end)
                    if after == _INCOMPLETE:
                        self._unread_header = bytes(view[pos:])
                        break
                    pos = after
                size = min(self._chunk_left, end - pos)
                message = self._current.take(view[pos : pos + size])
                pos += size
                self._chunk_left -= size
                if message is not None:
                    self._partial_bytes -= len(message.payload)
                    self._apply(message)
                    messages.append(message)
        return messages

    def _read_whole(self, view: memoryview, pos: int, end: int) -> Message | None:
        """Read a message that stands there in one fmt 1 chunk: what nearly all media is, at a fifth of the price.

        Returns None, with nothing changed, for everything out of the ordinary; ``_read_header`` then decides.
        """
        body = pos + _WHOLE_HEADER.size
        if body > end:
            return None
        first, second = _WHOLE_HEADER.unpack_from(view, pos)
        csid = (first >> 24) - _FMT1_BITS
        delta, length, type_id = first & 0xFFFFFF, second >> 8, second & 0xFF
        stream = self._streams.get(csid)
        if (
            stream is None
            or not 2 <= csid < 64
            or stream.is_open
            or delta == EXTENDED
            or not 0 < length <= self._chunk_size
            or body + length > end
            or type_id not in _MEDIA_TYPES
            or length > self._max_length[type_id]
            or self._partial_bytes + length > self._limits.max_partial_bytes
        ):
            return None
        self._budget.count_message()
        self._budget.count_chunk(length)
        return stream.take_whole(delta, type_id, view[body : body + length])

    def _read_header(self, data: Buffer, pos: int, end: int) -> int:
        """Read one chunk header at ``pos`` and open its chunk; return where its payload starts."""
        first = data[pos]
        csid = first & 0x3F
        body = pos + 1
        if csid < 2:
            body += 1 + csid
            if body > end:
                return _INCOMPLETE
            # The three-byte form is little-endian (rtmp.md 1.3.1).
            csid = 64 + data[pos + 1] + (data[pos + 2] << 8 if csid else 0)
        stream = self._streams.get(csid) or IncomingStream(csid)
        fmt = first >> 6
        if fmt == FMT_NOTHING:
            after = _skip_repeated_extension(stream.extended, data, body)
            if after != _INCOMPLETE and not stream.is_open:
                self._begin(stream, fmt, 0, stream.length, stream.type)
        else:
            after = self._read_message_header(stream, fmt, data, body, end)
        if after != _INCOMPLETE:
            self._open_chunk(stream)
        return after

    def _read_message_header(self, stream: IncomingStream, fmt: int, data: Buffer, pos: int, end: int) -> int:
        after = pos + MESSAGE_HEADER_SIZES[fmt]
        if after > end:
            return _INCOMPLETE
        value = int.from_bytes(data[pos : pos + 3], "big")
        extended = None
        if value == EXTENDED:
            if after + 4 > end:
                return _INCOMPLETE
            extended = bytes(data[after : after + 4])
            value = int.from_bytes(extended, "big")
            after += 4
        length, type_id = stream.length, stream.type
        if fmt != FMT_DELTA_ONLY:
            length, type_id = int.from_bytes(data[pos + 3 : pos + 6], "big"), data[pos + 6]
        stream_id = (
            int.from_bytes(data[pos + 7 : pos + 11], "little") if fmt == FMT_FULL else stream.stream_id
        )

        # A header in the middle of a message: the same message goes on, or the sender gave up the old one (srs#2523).
        goes_on = stream.is_open and (length, type_id) == (stream.length, stream.type)
        if stream.is_open:
            self.anomalies += 1
        if not goes_on:
            if stream.is_open:
                self._discard(stream)
            stream.stream_id = stream_id
            self._begin(stream, fmt, value, length, type_id)
        stream.extended = extended
        return after

    def _begin(self, stream: IncomingStream, fmt: int, value: int, length: int, type_id: int) -> None:
        if stream.csid not in self._streams:
            if len(self._streams) >= self._limits.max_chunk_streams:
                raise _over("chunk streams", self._limits.max_chunk_streams)
            self._streams[stream.csid] = stream
        if length > self._max_length[type_id]:
            raise _over(f"bytes in a message of type {type_id}", self._max_length[type_id])
        if fmt >= FMT_DELTA_ONLY and length == 0 and type_id == 0:
            # A fresh chunk stream has nothing to inherit: an empty message of type 0 (DJI, rtmp.md 1.3.3).
            self.anomalies += 1
            self._empty_orphans += 1
            if self._empty_orphans > self._limits.max_empty_orphans:
                raise _over("empty messages without a header", self._limits.max_empty_orphans)
        stream.length, stream.type = length, type_id
        stream.begin(fmt, value)
        self._budget.count_message()

    def _open_chunk(self, stream: IncomingStream) -> None:
        size = min(self._chunk_size, stream.length - stream.buffered)
        self._budget.count_chunk(size)
        self._partial_bytes += size
        if self._partial_bytes > self._limits.max_partial_bytes:
            raise _over("bytes in unfinished messages", self._limits.max_partial_bytes)
        self._current = stream
        self._chunk_left = size

    def _apply(self, message: Message) -> None:
        if message.type == MessageType.SET_CHUNK_SIZE:
            self._chunk_size = min(control.parse_chunk_size(message.payload), self._limits.max_chunk_size)
        elif message.type == MessageType.ABORT:
            stream = self._streams.get(control.parse_number(message.payload))
            if stream is not None:
                self._discard(stream)

    def _discard(self, stream: IncomingStream) -> None:
        self._partial_bytes -= stream.buffered
        stream.discard()


def _skip_repeated_extension(extended: bytes | None, data: Buffer, pos: int) -> int:
    """Return the position behind the extended timestamp that a fmt 3 chunk repeats, if this sender repeats it.

    Half of the world does and half does not (rtmp.md 1.3.4): the bytes are compared. The first differing byte decides, for
    the last bytes of a message must not wait for the next chunk (vector C13).
    """
    if extended is None:
        return pos
    seen = bytes(data[pos : pos + 4])
    if seen == extended:
        return pos + 4
    return _INCOMPLETE if extended.startswith(seen) else pos


def _max_length_by_type(limits: Limits) -> list[int]:
    lengths = [limits.max_data_message] * 256
    for type_id in range(MessageType.SET_CHUNK_SIZE, MessageType.SET_PEER_BANDWIDTH + 1):
        lengths[type_id] = limits.max_control_message
    lengths[MessageType.AUDIO] = limits.max_audio_message
    lengths[MessageType.VIDEO] = lengths[MessageType.AGGREGATE] = limits.max_video_message
    lengths[MessageType.COMMAND_AMF0] = lengths[MessageType.COMMAND_AMF3] = limits.max_command_message
    return lengths


def _over(what: str, limit: int) -> LimitExceeded:
    return LimitExceeded("The other side sent more than we take.", detail=f"more than {limit} {what}")
