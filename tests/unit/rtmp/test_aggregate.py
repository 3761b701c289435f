"""Aggregates are taken apart (rtmp.md 1.7, vector C22)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp.aggregate import MAX_PARTS, split
from powerstream_desktop.rtmp.chunks import ChunkReader
from powerstream_desktop.rtmp.errors import LimitExceeded
from powerstream_desktop.rtmp.messages import Message

C22 = "0400138800002b16010000000800000300006400000000af01210000000e0900000a00008c000000002701000000000000014100000015"


def part(type_id: int, timestamp: int, body: bytes) -> bytes:
    low, high = (timestamp & 0xFFFFFF).to_bytes(3, "big"), bytes([timestamp >> 24])
    return (
        bytes([type_id])
        + len(body).to_bytes(3, "big")
        + low
        + high
        + bytes(3)
        + body
        + (11 + len(body)).to_bytes(4, "big")
    )


def aggregate(payload: bytes, timestamp: int = 5000) -> Message:
    return Message(22, 1, timestamp, payload, 4)


def test_the_parts_of_the_vector_keep_their_distance_from_the_aggregates_time() -> None:
    (message,) = ChunkReader().feed(bytes.fromhex(C22))
    assert split(message) == [
        Message(8, 1, 5000, bytes.fromhex("af0121"), 4),
        Message(9, 1, 5040, bytes.fromhex("27010000000000000141"), 4),
    ]


def test_an_aggregate_cut_anywhere_gives_its_whole_parts() -> None:
    (message,) = ChunkReader().feed(bytes.fromhex(C22))
    counts = [len(split(aggregate(message.payload[:cut]))) for cut in range(len(message.payload) + 1)]
    assert counts == [0] * 14 + [1] * 25 + [2] * 5


def test_the_high_byte_of_a_parts_time_stands_behind_the_low_ones() -> None:
    parts = split(aggregate(part(8, 0x01FFFFFF, b"a") + part(8, 0x02000001, b"b")))
    assert [p.timestamp for p in parts] == [5000, 5002]


def test_times_wrap_at_32_bits() -> None:
    parts = split(aggregate(part(8, 0xFFFFFFFE, b"a") + part(8, 1, b"b"), timestamp=0xFFFFFFFF))
    assert [p.timestamp for p in parts] == [0xFFFFFFFF, 2]


def test_only_audio_video_and_data_are_taken_out() -> None:
    payload = b"".join(part(type_id, 0, b"x") for type_id in (1, 8, 9, 15, 18, 20, 22))
    assert [p.type for p in split(aggregate(payload))] == [8, 9, 15, 18]


def test_a_wrong_back_pointer_does_no_harm() -> None:
    payload = part(8, 0, b"a")[:-4] + b"\xff" * 4 + part(9, 10, b"b")
    assert [p.type for p in split(aggregate(payload))] == [8, 9]


def test_more_parts_than_anybody_sends_are_refused() -> None:
    assert len(split(aggregate(part(8, 0, b"") * MAX_PARTS))) == MAX_PARTS
    with pytest.raises(LimitExceeded):
        split(aggregate(part(8, 0, b"") * (MAX_PARTS + 1)))
