"""Fuzz target: the chunk reader, whole and in pieces; aggregates and control messages in it; and that it can be written again.

The first byte is the size of the pieces (0 and 255 stand for one byte). ``python -m tests.fuzz.chunks`` writes the seeds anew.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from powerstream_desktop.rtmp import aggregate, control
from powerstream_desktop.rtmp.chunks import ChunkReader, ChunkWriter
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS
from powerstream_desktop.rtmp.messages import Message, MessageType
from tests.fuzz.harness import CORPUS
from tests.unit.rtmp.chunk_vectors import VECTORS, expand

MORE_SEEDS = {
    "x01-chunk-size-zero": "02000000000004010000000000000000",
    "x02-chunk-size-top-bit": "02000000000004010000000080000000",
    "x03-chunk-size-huge": "0200000000000401000000007fffffff",
    "x04-message-too-long": "06000000ffffff0901000000",
    "x05-empty-orphans": "a1000005" + "e1" * 20,
    "x06-one-byte-chunks": "02000000000004010000000000000001" + "06000000000028090100000041" + "c642" * 39,
    "x07-size-changes-mid-message": "060000000000c80901000000"
    + "41" * 128
    + "0600000000000309010000004242"
    + "42",
    "x08-header-repeated-mid-message": "060000000000c80901000000"
    + "41" * 128
    + "060000000000c80901000000"
    + "42" * 72,
    "x09-ping": "020000000000060400000000000601020304",
    "x10-peer-bandwidth": "020000000000050600000000002625a002",
    "x11-half-messages": "".join(f"{csid:02x}0000000000ff0801000000" + "41" * 128 for csid in range(3, 8)),
    "x12-nested-aggregate": "0400000000000f16010000001600000000000000000000000000000b",
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    step, wire = data[:1], data[1:]
    messages, refusal = outcome([wire])
    size = (step[0] if step else 0) % 255 or 1
    assert outcome(wire[i : i + size] for i in range(0, len(wire), size)) == (messages, refusal)
    assert sum(len(message.payload) for message in messages) <= len(wire)
    for message in messages:
        look_inside(message)
    write_again(messages)


def parse(data: bytes) -> tuple[list[Message], str]:
    """What the reader makes of it, whole."""
    return outcome([data[1:]])


def outcome(pieces: Iterator[bytes] | list[bytes]) -> tuple[list[Message], str]:
    """The messages, or what was refused; never more messages than headers may cost."""
    reader = ChunkReader()
    messages: list[Message] = []
    try:
        for piece in pieces:
            messages += reader.feed(piece)
    except ProtocolError as error:
        return [], error.detail
    assert (
        len(messages)
        <= DEFAULT_LIMITS.tiny_chunk_budget_per_s + reader.bytes_received // DEFAULT_LIMITS.min_mean_chunk
    )
    return messages, ""


def look_inside(message: Message) -> None:
    """Read what the chunk layer's neighbours would."""
    try:
        if message.type == MessageType.USER_CONTROL:
            control.parse_user_control(message.payload)
        elif message.type == MessageType.SET_PEER_BANDWIDTH:
            control.parse_peer_bandwidth(message.payload)
        elif message.type == MessageType.AGGREGATE:
            parts = aggregate.split(message)
            assert sum(len(part.payload) for part in parts) <= len(message.payload)
            assert all(part.type != MessageType.AGGREGATE for part in parts)
    except ProtocolError:
        pass


def write_again(messages: list[Message]) -> None:
    """What was read can be written on the chunk streams that we use, and is read as the same."""
    sendable = [
        dataclasses.replace(message, chunk_stream_id=2 + message.chunk_stream_id % 62)
        for message in messages
        # Written again they would act on the reader of the copy.
        if message.type not in {MessageType.SET_CHUNK_SIZE, MessageType.ABORT}
    ]
    writer, reader = ChunkWriter(), ChunkReader()
    assert [copy for message in sendable for copy in reader.feed(writer.write(message))] == sendable


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "chunks"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (vector, _) in VECTORS.items():
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower())
        (folder / slug).write_bytes(b"\x07" + expand(vector))
    for name, digits in MORE_SEEDS.items():
        (folder / name).write_bytes(b"\x05" + bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
