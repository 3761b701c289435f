"""RTMP messages for a server, built by hand: a mock of a server must not share the faults of what it tests."""

from __future__ import annotations

import struct

from tests.e2e.support.chunk_tap import COMMAND

PROTOCOL_CSID = 2
COMMAND_CSID = 3
SET_CHUNK_SIZE = 1
WINDOW_ACK_SIZE = 5
PEER_BANDWIDTH = 6
SERVER_CHUNK_SIZE = 4096

AMF = str | float | dict[str, "AMF"] | None


def set_chunk_size(size: int, *, chunk_size: int = SERVER_CHUNK_SIZE) -> bytes:
    """Announce the size of our next chunks, in chunks of the size so far."""
    return message(SET_CHUNK_SIZE, struct.pack(">I", size), csid=PROTOCOL_CSID, chunk_size=chunk_size)


def window_ack_size(size: int) -> bytes:
    """Ask for an acknowledgement each time so many bytes have come."""
    return message(WINDOW_ACK_SIZE, struct.pack(">I", size), csid=PROTOCOL_CSID)


def peer_bandwidth(size: int) -> bytes:
    """Limit what the client may have in flight, in the dynamic way."""
    return message(PEER_BANDWIDTH, struct.pack(">IB", size, 2), csid=PROTOCOL_CSID)


def info(level: str, code: str, description: str, **more: AMF) -> dict[str, AMF]:
    """Return the information object of a status."""
    return {"level": level, "code": code, "description": description, **more}


def command(*values: AMF, stream_id: int = 0, chunk_size: int = SERVER_CHUNK_SIZE) -> bytes:
    """Return a command in chunks of the size that was announced."""
    payload = b"".join(map(amf0, values))
    return message(COMMAND, payload, csid=COMMAND_CSID, stream_id=stream_id, chunk_size=chunk_size)


def message(
    type_id: int, payload: bytes, *, csid: int, stream_id: int = 0, chunk_size: int = SERVER_CHUNK_SIZE
) -> bytes:
    """Return a message with timestamp 0."""
    chunks = [payload[at : at + chunk_size] for at in range(0, len(payload), chunk_size)]
    return message_header(type_id, len(payload), csid=csid, stream_id=stream_id) + bytes((0xC0 | csid,)).join(
        chunks
    )


def message_header(type_id: int, size: int, *, csid: int, stream_id: int = 0) -> bytes:
    """Return the header of a message's first chunk, whose body may or may not follow."""
    return bytes((csid, 0, 0, 0)) + size.to_bytes(3) + bytes((type_id,)) + struct.pack("<I", stream_id)


def amf0(value: AMF) -> bytes:
    """Return one value in AMF0."""
    if value is None:
        return b"\x05"
    if isinstance(value, str):
        return b"\x02" + _name(value)
    if isinstance(value, dict):
        members = b"".join(_name(key) + amf0(member) for key, member in value.items())
        return b"\x03" + members + b"\x00\x00\x09"
    return b"\x00" + struct.pack(">d", value)


def _name(text: str) -> bytes:
    return len(text).to_bytes(2) + text.encode()
