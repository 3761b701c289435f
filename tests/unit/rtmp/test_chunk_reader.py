"""The chunk reader against every vector of rtmp.md A.2; what it forgives and refuses is in test_chunk_reader_limits.py."""

from __future__ import annotations

import re

import pytest

from powerstream_desktop.rtmp.chunks import ChunkReader
from powerstream_desktop.rtmp.messages import Message


def pattern(length: int, start: int = 0) -> bytes:
    return bytes((start + i) & 0xFF for i in range(length))


def expand(vector: str) -> bytes:
    """Bytes of a vector as the reference writes it: hex with P(n) and P(n,s) between."""
    wire = b""
    for token in vector.split():
        match = re.fullmatch(r"P\((\d+)(?:,(\d+))?\)", token)
        wire += pattern(int(match[1]), int(match[2] or 0)) if match else bytes.fromhex(token)
    return wire


# (csid, timestamp, type, message stream id, payload)
VECTORS = {
    "C1 fmt 0": (
        "040003e800000508010000000001020304",
        [(4, 1000, 8, 1, pattern(5))],
    ),
    "C2 fmt 1, 2 and a new fmt 3": (
        "0400000000000208010000000001440000170000030800010284000017000102c4000102",
        [(4, 0, 8, 1, pattern(2)), *[(4, ts, 8, 1, pattern(3)) for ts in (23, 46, 69)]],
    ),
    "C3 a new fmt 3 after fmt 0 adds its timestamp": (
        "0500000a00000209010000000001c50001",
        [(5, 10, 9, 1, pattern(2)), (5, 20, 9, 1, pattern(2))],
    ),
    "C4 300 bytes in chunks of 128": (
        "0600002800012c0901000000 P(128) c6 P(128,128) c6 P(44)",
        [(6, 40, 9, 1, pattern(300))],
    ),
    "C5 csid 64": ("00000000000000010801000000aa", [(64, 0, 8, 1, b"\xaa")]),
    "C6 csid 319": ("00ff0000000000010801000000aa", [(319, 0, 8, 1, b"\xaa")]),
    "C7 csid 320": ("0100010000000000010801000000aa", [(320, 0, 8, 1, b"\xaa")]),
    "C8 csid 65599": ("01ffff0000000000010801000000aa", [(65599, 0, 8, 1, b"\xaa")]),
    "C9 csid 100 in three bytes": ("0124000000000000010801000000aa", [(100, 0, 8, 1, b"\xaa")]),
    "C10 the largest short timestamp": ("04fffffe0000010801000000aa", [(4, 16777214, 8, 1, b"\xaa")]),
    "C11 the smallest extended timestamp": (
        "04ffffff000001080100000000ffffffaa",
        [(4, 16777215, 8, 1, b"\xaa")],
    ),
    "C12 a continuation repeats the extended timestamp": (
        "06ffffff000082090100000001000000 P(128) c6010000008081",
        [(6, 16777216, 9, 1, pattern(130))],
    ),
    "C13 a continuation omits the extended timestamp": (
        "06ffffff000082090100000001000000 P(128) c68081",
        [(6, 16777216, 9, 1, pattern(130))],
    ),
    "C14 an extended delta": (
        "040000050000010801000000aa44ffffff0000010801000000bb",
        [(4, 5, 8, 1, b"\xaa"), (4, 16777221, 8, 1, b"\xbb")],
    ),
    "C15 a negative delta": (
        "040003e80000010801000000aa44ffffff00000108fffffff6bb",
        [(4, 1000, 8, 1, b"\xaa"), (4, 990, 8, 1, b"\xbb")],
    ),
    "C16 a timestamp that wraps": (
        "04ffffff0000010801000000fffffff0aa4400002000000108bb",
        [(4, 4294967280, 8, 1, b"\xaa"), (4, 16, 8, 1, b"\xbb")],
    ),
    "C17 audio between two chunks of video": (
        "060000640000c80901000000 P(128) 0400006500000a0801000000 P(10,50) c6 P(72,128)",
        [(4, 101, 8, 1, pattern(10, 50)), (6, 100, 9, 1, pattern(200))],
    ),
    "C18 a new chunk size between two chunks of video": (
        "060000640000c80901000000 P(128) 02000000000004010000000000001000c6 P(72,128)",
        [(2, 0, 1, 0, bytes.fromhex("00001000")), (6, 100, 9, 1, pattern(200))],
    ),
    "C19 an abort, then a new message": (
        "060000640000c80901000000 P(128) 02000000000004020000000000000006060000c80000030901000000000102",
        [(2, 0, 2, 0, bytes.fromhex("00000006")), (6, 200, 9, 1, pattern(3))],
    ),
    "C20 empty audio": (
        "0400000700000008010000004400000a00000108cc",
        [(4, 7, 8, 1, b""), (4, 17, 8, 1, b"\xcc")],
    ),
    "C21 a chunk stream that begins with fmt 1": ("4900000500000108aa", [(9, 5, 8, 0, b"\xaa")]),
    "C22 an aggregate": (
        "0400138800002b16010000000800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015",
        [
            (
                4,
                5000,
                22,
                1,
                bytes.fromhex(
                    "0800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015"
                ),
            )
        ],
    ),
    "C23 FFmpeg with a large offset": (
        "0400000000000708010000000001020304050644ffffff0001040801312ce9 P(128) c401312ce9 P(128,128) c401312ce900010203",
        [(4, 0, 8, 1, pattern(7)), (4, 19999977, 8, 1, pattern(260))],
    ),
}

every_vector = pytest.mark.parametrize(("vector", "expected"), VECTORS.values(), ids=VECTORS.keys())


def as_messages(expected: list[tuple[int, int, int, int, bytes]]) -> list[Message]:
    return [
        Message(type=type_id, stream_id=stream_id, timestamp=timestamp, payload=payload, chunk_stream_id=csid)
        for csid, timestamp, type_id, stream_id, payload in expected
    ]


@every_vector
def test_a_vector_fed_whole_gives_its_messages(
    vector: str, expected: list[tuple[int, int, int, int, bytes]]
) -> None:
    assert ChunkReader().feed(expand(vector)) == as_messages(expected)


@every_vector
def test_a_vector_fed_byte_by_byte_gives_its_messages(
    vector: str, expected: list[tuple[int, int, int, int, bytes]]
) -> None:
    reader = ChunkReader()
    messages = [message for byte in expand(vector) for message in reader.feed(bytes([byte]))]
    assert messages == as_messages(expected)


@every_vector
def test_a_vector_cut_anywhere_gives_its_messages(
    vector: str, expected: list[tuple[int, int, int, int, bytes]]
) -> None:
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
