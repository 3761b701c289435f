"""One chunk stream as its reader remembers it (rtmp.md 1.3.3)."""

from __future__ import annotations

from powerstream_desktop.rtmp.chunks.header import FMT_FULL, FMT_NOTHING
from powerstream_desktop.rtmp.messages import Message


class IncomingStream:
    """The header values that later chunks inherit, and the message under way.

    Attributes:
        csid: chunk stream id, 2 to 65599.
        timestamp: milliseconds of the newest message, modulo 2^32.
        delta: what a fmt 3 chunk that starts a message adds; after fmt 0 that is the fmt 0 value (vector C3).
        length: bytes of the newest message.
        extended: the extended timestamp of the newest fmt 0, 1 or 2 header as it stood on the wire, or ``None``.
        is_open: a message has begun and is not complete; not the same as a filled buffer, for a chunk may be header only.
    """

    __slots__ = (
        "_buffer",
        "csid",
        "delta",
        "extended",
        "is_open",
        "length",
        "stream_id",
        "timestamp",
        "type",
    )

    def __init__(self, csid: int) -> None:
        self.csid = csid
        self.timestamp = 0
        self.delta = 0
        self.length = 0
        self.type = 0
        self.stream_id = 0
        self.extended: bytes | None = None
        self.is_open = False
        self._buffer = bytearray()

    @property
    def buffered(self) -> int:
        """Bytes of the message under way that have come so far."""
        return len(self._buffer)

    def begin(self, fmt: int, value: int) -> None:
        """Start a message; ``value`` is the timestamp (fmt 0) or delta (fmt 1, 2), and unused for fmt 3."""
        if fmt != FMT_NOTHING:
            self.delta = value
        base = 0 if fmt == FMT_FULL else self.timestamp
        self.timestamp = (base + self.delta) & 0xFFFFFFFF
        self.is_open = True

    def take(self, part: memoryview) -> Message | None:
        """Add payload bytes; return the message when they complete it.

        A message that comes in one piece is copied once, out of the input; others grow with the data, never by announcement.
        """
        if len(part) == self.length:
            payload = bytes(part)
        else:
            self._buffer += part
            if len(self._buffer) < self.length:
                return None
            payload = bytes(self._buffer)
            self._buffer = bytearray()
        self.is_open = False
        return Message(self.type, self.stream_id, self.timestamp, payload, self.csid)

    def take_whole(self, delta: int, type_id: int, payload: memoryview) -> Message:
        """Take a message that came in one fmt 1 chunk, as ``begin`` and ``take`` would."""
        self.delta = delta
        self.extended = None
        self.length = len(payload)
        self.type = type_id
        self.timestamp = timestamp = (self.timestamp + delta) & 0xFFFFFFFF
        return Message(type_id, self.stream_id, timestamp, bytes(payload), self.csid)

    def discard(self) -> None:
        """Forget the message under way; what later headers inherit stays."""
        self._buffer = bytearray()
        self.is_open = False
