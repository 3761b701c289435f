"""Aggregate messages (type 22): several audio, video and data messages in one (rtmp.md 1.7).

Servers of the Flash family send them to players, and very few publishers use them; we never do.
"""

from __future__ import annotations

import struct

from powerstream_desktop.rtmp.errors import LimitExceeded
from powerstream_desktop.rtmp.messages import Message, MessageType

MAX_PARTS = 4096
"""Parts of one aggregate. Real ones hold tens; empty parts cost 15 bytes on the wire and ten times that in memory."""

_HEADER_SIZE = 11
_BACK_POINTER_SIZE = 4
# type and size in the first word, low timestamp bits and their high byte in the second; the stream id behind is ignored.
_HEADER = struct.Struct(">II")
# Control, commands and aggregates have no business in here, and nesting would be a lever for recursion.
_CARRIED = frozenset(
    {MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0, MessageType.DATA_AMF3},
)


def split(message: Message) -> list[Message]:
    """Return the messages inside ``message``, on its chunk and message stream, in order.

    Their timestamps keep their distance to the first part, which stands at the aggregate's own time. Reading stops at the
    first part that is cut off; parts that are neither audio, video nor data are left out.

    Raises:
        LimitExceeded: more than ``MAX_PARTS`` parts.
    """
    payload = message.payload
    parts: list[Message] = []
    offset: int | None = None
    pos = count = 0
    while pos + _HEADER_SIZE <= len(payload):
        type_and_size, low_and_high = _HEADER.unpack_from(payload, pos)
        start = pos + _HEADER_SIZE
        end = start + (type_and_size & 0xFFFFFF)
        if end > len(payload):
            break
        count += 1
        if count > MAX_PARTS:
            raise LimitExceeded(
                "The other side packed too many messages into one.", detail=f"over {MAX_PARTS} parts"
            )
        timestamp = (low_and_high >> 8) | (low_and_high & 0xFF) << 24
        if offset is None:
            offset = message.timestamp - timestamp
        part_type = type_and_size >> 24
        if part_type in _CARRIED:
            time = (timestamp + offset) & 0xFFFFFFFF
            parts.append(
                Message(part_type, message.stream_id, time, payload[start:end], message.chunk_stream_id)
            )
        pos = end + _BACK_POINTER_SIZE
    return parts
