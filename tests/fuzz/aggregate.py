"""Fuzz target: aggregate messages, taken apart as they come and put together from parts.

The first four bytes are the message's own time, the rest is its payload. ``python -m tests.fuzz.aggregate`` writes the seeds
anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import aggregate
from powerstream_desktop.rtmp.errors import LimitExceeded
from powerstream_desktop.rtmp.messages import Message, MessageType
from tests.fuzz.harness import CORPUS

STREAM_ID, CSID = 1, 4
CARRIED = frozenset({MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0, MessageType.DATA_AMF3})

SEEDS = {
    "sound-and-picture": "00001388"
    "0800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015",
    "time-wraps": "ffffffff" + "0800000100000000000000af0000000c" + "0800000100001400000000af0000000c",
    "time-goes-back": "00000010" + "0800000100006400000000af0000000c" + "0800000100000000000000af0000000c",
    "extended-time": "00000000" + "08000001ffffffff000000af0000000c",
    "a-command-inside": "00000000" + "1400000100000000000000020000000c",
    "nested": "00000000" + "1600000000000000000000000000000b",
    "cut-off": "00000000" + "0800000300006400000000af01",
    "no-back-pointer": "00000000" + "0800000100000000000000af",
    "empty-parts": "00000000" + "08000000000000000000000000000b" * 40,
    "size-beyond-the-end": "00000000" + "09ffffff00000000000000",
    "empty": "",
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    message = as_message(data)
    parts = parse(data)
    assert sum(len(part.payload) + 11 for part in parts) <= len(message.payload)
    for part in parts:
        assert part.type in CARRIED
        assert 0 <= part.timestamp <= 0xFFFFFFFF
        assert (part.stream_id, part.chunk_stream_id) == (STREAM_ID, CSID)
    whole = Message(MessageType.AGGREGATE, STREAM_ID, message.timestamp, put_together(parts), CSID)
    again = aggregate.split(whole)
    assert [(part.type, part.payload) for part in again] == [(part.type, part.payload) for part in parts]
    assert _steps(again) == _steps(parts)


def parse(data: bytes) -> list[Message]:
    """The parts; none when there are too many."""
    try:
        return aggregate.split(as_message(data))
    except LimitExceeded:
        return []


def as_message(data: bytes) -> Message:
    """The input as an aggregate."""
    time = int.from_bytes(data[:4].ljust(4, b"\0"), "big")
    return Message(MessageType.AGGREGATE, STREAM_ID, time, data[4:], CSID)


def put_together(parts: list[Message]) -> bytes:
    """The payload of an aggregate of these parts."""
    return b"".join(
        bytes([part.type])
        + len(part.payload).to_bytes(3, "big")
        + (part.timestamp & 0xFFFFFF).to_bytes(3, "big")
        + bytes([part.timestamp >> 24, 0, 0, 0])
        + part.payload
        + (len(part.payload) + 11).to_bytes(4, "big")
        for part in parts
    )


def _steps(parts: list[Message]) -> list[int]:
    return [(part.timestamp - parts[0].timestamp) & 0xFFFFFFFF for part in parts]


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "aggregate"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
