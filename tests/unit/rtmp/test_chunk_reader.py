"""The chunk reader against every vector of rtmp.md A.2; what it forgives and refuses is in test_chunk_reader_limits.py."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp.chunks import ChunkReader
from powerstream_desktop.rtmp.messages import Message
from tests.unit.rtmp.chunk_vectors import VECTORS, Expected, expand, pattern

every_vector = pytest.mark.parametrize(("vector", "expected"), VECTORS.values(), ids=VECTORS.keys())


def as_messages(expected: Expected) -> list[Message]:
    return [
        Message(type=type_id, stream_id=stream_id, timestamp=timestamp, payload=payload, chunk_stream_id=csid)
        for csid, timestamp, type_id, stream_id, payload in expected
    ]


@every_vector
def test_a_vector_fed_whole_gives_its_messages(vector: str, expected: Expected) -> None:
    assert ChunkReader().feed(expand(vector)) == as_messages(expected)


@every_vector
def test_a_vector_fed_byte_by_byte_gives_its_messages(vector: str, expected: Expected) -> None:
    reader = ChunkReader()
    messages = [message for byte in expand(vector) for message in reader.feed(bytes([byte]))]
    assert messages == as_messages(expected)


@every_vector
def test_a_vector_cut_anywhere_gives_its_messages(vector: str, expected: Expected) -> None:
    wire = expand(vector)
    for cut in range(len(wire) + 1):
        reader = ChunkReader()
        assert reader.feed(wire[:cut]) + reader.feed(wire[cut:]) == as_messages(expected), f"cut at {cut}"


@pytest.mark.parametrize("buffer", [bytes, bytearray, memoryview])
def test_any_bytes_like_input_gives_immutable_payloads(buffer: type[bytes | bytearray | memoryview]) -> None:
    wire = expand(VECTORS["C12 a continuation repeats the extended timestamp"][0])
    reader = ChunkReader()
    messages = [*reader.feed(buffer(wire[:131])), *reader.feed(buffer(wire[131:]))]
    assert [type(message.payload) for message in messages] == [bytes]


def test_the_input_may_be_reused_after_feed() -> None:
    shared = bytearray.fromhex("040003e800000508010000000001020304 44000001")
    reader = ChunkReader()
    (message,) = reader.feed(shared)
    shared[:] = bytes(len(shared))
    shared.clear()
    assert message.payload == pattern(5)
    assert [m.timestamp for m in reader.feed(bytes.fromhex("0000010855"))] == [1001]


def test_a_short_read_waits_for_more_bytes() -> None:
    reader = ChunkReader()
    assert reader.feed(bytes.fromhex("040003e8")) == []
    assert reader.feed(b"") == []
    assert len(reader.feed(bytes.fromhex("00000508010000000001020304"))) == 1


def test_every_byte_that_was_fed_is_counted() -> None:
    reader = ChunkReader()
    for size in (3, 0, 14):
        reader.feed(bytes.fromhex("040003e800000508010000000001020304")[:size])
    assert reader.bytes_received == 17


def test_a_continuation_that_begins_like_the_timestamp_is_decided_by_the_first_different_byte() -> None:
    reader = ChunkReader()
    reader.feed(expand("06ffffff000084090100000001000000 P(128)"))
    assert reader.feed(bytes.fromhex("c6010000")) == []
    (message,) = reader.feed(bytes.fromhex("ee"))
    assert message.payload == pattern(128) + bytes.fromhex("010000ee")


def test_a_new_message_by_fmt_3_may_repeat_the_extended_delta() -> None:
    wire = bytes.fromhex("04000005 000001 08 01000000 aa 44ffffff 000001 08 01000000 bb c4 01000000 cc")
    assert [m.timestamp for m in ChunkReader().feed(wire)] == [5, 16777221, 33554437]


def test_a_short_header_ends_the_extended_timestamp() -> None:
    wire = expand("44ffffff 000001 08 01000000 bb 44000001 000082 08 P(128) c4 0100")
    assert [m.payload for m in ChunkReader().feed(wire)] == [b"\xbb", pattern(128) + b"\x01\x00"]
