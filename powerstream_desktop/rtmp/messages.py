"""RTMP messages as values: what the chunk layer carries and the connections talk about (rtmp.md 1.5-1.7, 1.10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class MessageType(IntEnum):
    """Message type ids of RTMP 1.0."""

    SET_CHUNK_SIZE = 1
    ABORT = 2
    ACKNOWLEDGEMENT = 3
    USER_CONTROL = 4
    WINDOW_ACK_SIZE = 5
    SET_PEER_BANDWIDTH = 6
    AUDIO = 8
    VIDEO = 9
    DATA_AMF3 = 15
    SHARED_OBJECT_AMF3 = 16
    COMMAND_AMF3 = 17
    DATA_AMF0 = 18
    SHARED_OBJECT_AMF0 = 19
    COMMAND_AMF0 = 20
    AGGREGATE = 22


@dataclass(frozen=True, slots=True)
class Message:
    """One whole message.

    ``type`` is any byte the peer sent, also one outside ``MessageType``. ``timestamp`` is milliseconds as an unsigned 32-bit
    number; for media it is the decoding time. ``stream_id`` is the message stream id (msid), ``chunk_stream_id`` the csid.
    """

    type: int
    stream_id: int
    timestamp: int
    payload: bytes
    chunk_stream_id: int
