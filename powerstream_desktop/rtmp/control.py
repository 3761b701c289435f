"""Protocol control messages (types 1 to 6) and user-control events: building and reading them (rtmp.md 1.5, 1.6, A.3).

Everything we send goes out on chunk stream 2, message stream 0, timestamp 0. What peers send is taken by its type alone:
some cameras use other chunk streams for it (mediamtx#4807). Abort is never sent, players do not understand it (rtmp.md 1.3.6).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from powerstream_desktop.rtmp.errors import ChunkError, ProtocolError
from powerstream_desktop.rtmp.messages import Message, MessageType

CONTROL_CSID = 2


class UserControlEvent(IntEnum):
    """Events of message type 4 that we know; others are read and ignored."""

    STREAM_BEGIN = 0
    STREAM_EOF = 1
    STREAM_DRY = 2
    SET_BUFFER_LENGTH = 3
    STREAM_IS_RECORDED = 4
    PING_REQUEST = 6
    PING_RESPONSE = 7
    BUFFER_EMPTY = 31
    BUFFER_READY = 32


class PeerBandwidthLimit(IntEnum):
    """The limit type of Set Peer Bandwidth."""

    HARD = 0
    SOFT = 1
    DYNAMIC = 2


_VALUES_OF_EVENT: dict[int, int] = {
    **dict.fromkeys(UserControlEvent, 1),
    UserControlEvent.SET_BUFFER_LENGTH: 2,
}


@dataclass(frozen=True, slots=True)
class UserControl:
    """One user-control event.

    ``event`` is any number the peer sent. ``values`` holds what ``UserControlEvent`` documents for it: the message stream id,
    for SET_BUFFER_LENGTH also the milliseconds, for pings the timestamp; it is empty for events we do not know.
    """

    event: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PeerBandwidth:
    """What a Set Peer Bandwidth asks for: window in bytes, and a ``PeerBandwidthLimit`` (any byte may come)."""

    window: int
    limit: int


def set_chunk_size(size: int) -> Message:
    """Build type 1; it takes effect when a ``ChunkWriter`` writes it. ``size`` in bytes, 1 to 0xFFFFFF."""
    return _control(MessageType.SET_CHUNK_SIZE, _u32(size))


def acknowledgement(bytes_received: int) -> Message:
    """Build type 3; the running total wraps at 32 bits by itself (srs#730)."""
    return _control(MessageType.ACKNOWLEDGEMENT, _u32(bytes_received & 0xFFFFFFFF))


def window_ack_size(window: int) -> Message:
    """Build type 5: please acknowledge every ``window`` bytes."""
    return _control(MessageType.WINDOW_ACK_SIZE, _u32(window))


def set_peer_bandwidth(window: int, limit: PeerBandwidthLimit = PeerBandwidthLimit.DYNAMIC) -> Message:
    """Build type 6: please send at most ``window`` unacknowledged bytes."""
    return _control(MessageType.SET_PEER_BANDWIDTH, _u32(window) + bytes([limit]))


def stream_begin(stream_id: int) -> Message:
    """Build event 0: message stream ``stream_id`` can be used."""
    return _user_control(UserControlEvent.STREAM_BEGIN, stream_id)


def stream_eof(stream_id: int) -> Message:
    """Build event 1: the publisher of message stream ``stream_id`` ended."""
    return _user_control(UserControlEvent.STREAM_EOF, stream_id)


def set_buffer_length(stream_id: int, buffer_ms: int) -> Message:
    """Build event 3: the player keeps ``buffer_ms`` of message stream ``stream_id``."""
    return _user_control(UserControlEvent.SET_BUFFER_LENGTH, stream_id, buffer_ms)


def ping_request(timestamp_ms: int) -> Message:
    """Build event 6; the answer carries the same number back."""
    return _user_control(UserControlEvent.PING_REQUEST, timestamp_ms)


def ping_response(timestamp_ms: int) -> Message:
    """Build event 7 with the number of the request it answers."""
    return _user_control(UserControlEvent.PING_RESPONSE, timestamp_ms)


def parse_user_control(payload: bytes) -> UserControl | None:
    """Read the payload of a type 4 message.

    Returns:
        The event, or ``None`` when it is shorter than documented: events are advice, so a short one is ignored (rtmp.md 1.6).
    """
    if len(payload) < 2:
        return None
    event = int.from_bytes(payload[:2], "big")
    count = _VALUES_OF_EVENT.get(event, 0)
    if len(payload) < 2 + 4 * count:
        return None
    return UserControl(event, struct.unpack_from(f">{count}I", payload, 2))


def parse_chunk_size(payload: bytes) -> int:
    """Read the payload of a Set Chunk Size: 1 to 0x7FFFFFFF, not clamped.

    Raises:
        ChunkError: it is short, 0 (an endless loop elsewhere), or has its top bit set (rtmp.md 4.1, row 5).
    """
    size = parse_number(payload)
    if not 1 <= size <= 0x7FFFFFFF:
        raise ChunkError("The other side announced an impossible chunk size.", detail=f"chunk size {size}")
    return size


def parse_number(payload: bytes) -> int:
    """Read the one number of Abort (csid), Acknowledgement (bytes) or Window Acknowledgement Size (bytes).

    Raises:
        ProtocolError: fewer than four bytes.
    """
    if len(payload) < 4:
        raise ProtocolError(
            "The other side sent a truncated control message.", detail=f"{len(payload)} bytes of 4"
        )
    return int.from_bytes(payload[:4], "big")


def parse_peer_bandwidth(payload: bytes) -> PeerBandwidth:
    """Read the payload of a Set Peer Bandwidth; a missing limit type counts as dynamic.

    Raises:
        ProtocolError: fewer than four bytes.
    """
    limit = payload[4] if len(payload) > 4 else PeerBandwidthLimit.DYNAMIC
    return PeerBandwidth(parse_number(payload), limit)


def _user_control(event: UserControlEvent, *values: int) -> Message:
    return _control(MessageType.USER_CONTROL, struct.pack(">H", event) + b"".join(map(_u32, values)))


def _control(message_type: MessageType, payload: bytes) -> Message:
    return Message(message_type, 0, 0, payload, CONTROL_CSID)


def _u32(value: int) -> bytes:
    return value.to_bytes(4, "big")
