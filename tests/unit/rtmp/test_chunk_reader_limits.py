"""What the chunk reader forgives (rtmp.md 1.3.3, the anomalies) and what it refuses (rtmp.md 4.1, 4.2)."""

from __future__ import annotations

import contextlib
import tracemalloc
from collections.abc import Iterable

import pytest

from powerstream_desktop.rtmp.chunks import ChunkReader
from powerstream_desktop.rtmp.chunks.budget import ChunkBudget
from powerstream_desktop.rtmp.errors import ChunkError, LimitExceeded, LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.limits import Limits
from powerstream_desktop.rtmp.messages import Message

CHUNK_SIZE_1 = "0200000000000401000000000000 0001"


def header(csid: int, length: int, type_id: int, timestamp: int = 0) -> bytes:
    """A fmt 0 header on message stream 1."""
    return (
        bytes([csid])
        + timestamp.to_bytes(3, "big")
        + length.to_bytes(3, "big")
        + bytes([type_id, 1, 0, 0, 0])
    )


def set_chunk_size(value: int) -> bytes:
    return bytes.fromhex("020000000000040100000000") + value.to_bytes(4, "big")


def test_empty_messages_on_fresh_chunk_streams_are_forgiven_sixteen_times() -> None:
    reader = ChunkReader()
    messages = reader.feed(bytes.fromhex("a1000005") + b"\xe1" * 15)
    assert [(m.type, m.payload, m.chunk_stream_id) for m in messages] == [(0, b"", 33)] * 16
    assert reader.anomalies == 16
    with pytest.raises(LimitExceeded):
        reader.feed(b"\xe2")


def test_empty_messages_with_a_full_header_need_no_forgiveness() -> None:
    reader = ChunkReader()
    assert len(reader.feed(header(3, 0, 0) * 40)) == 40
    assert reader.anomalies == 0


def test_a_repeated_header_in_the_middle_of_a_message_continues_it() -> None:
    reader = ChunkReader()
    wire = (
        header(6, 200, 9, 40)
        + bytes(128)
        + header(6, 200, 9, 40)
        + bytes(72)
        + bytes.fromhex("46000014 000001 09 ff")
    )
    assert [(m.timestamp, len(m.payload)) for m in reader.feed(wire)] == [(40, 200), (60, 1)]
    assert reader.anomalies == 1


def test_a_header_without_length_in_the_middle_of_a_message_continues_it() -> None:
    reader = ChunkReader()
    assert [len(m.payload) for m in reader.feed(header(6, 130, 9) + bytes(128) + b"\x86\0\0\x05\1\2")] == [
        130
    ]


@pytest.mark.parametrize(("length", "type_id"), [(3, 9), (200, 8)], ids=["another length", "another type"])
def test_another_header_in_the_middle_of_a_message_starts_a_new_one(length: int, type_id: int) -> None:
    reader = ChunkReader()
    wire = header(6, 200, 9, 40) + bytes(128) + header(6, length, type_id, 80)
    rest = (b"\1" * 128 + b"\xc6" + b"\1" * 72) if length == 200 else b"\1" * 3
    assert [(m.timestamp, m.type, m.payload) for m in reader.feed(wire + rest)] == [
        (80, type_id, b"\1" * length)
    ]
    assert reader.anomalies == 1


def test_control_messages_count_on_any_chunk_and_message_stream() -> None:
    reader = ChunkReader()
    reader.feed(header(5, 4, 1) + (4096).to_bytes(4, "big"))
    assert reader.chunk_size == 4096


def test_an_abort_of_an_unknown_or_idle_chunk_stream_changes_nothing() -> None:
    reader = ChunkReader()
    wire = (
        header(4, 1, 8)
        + b"\xaa"
        + header(2, 4, 2)
        + (4).to_bytes(4, "big")
        + header(2, 4, 2)
        + (77).to_bytes(4, "big")
    )
    assert [m.type for m in reader.feed(wire + bytes.fromhex("44000017 000001 08 bb"))] == [8, 2, 2, 8]


def test_a_message_of_an_unknown_type_is_handed_on() -> None:
    assert [m.type for m in ChunkReader().feed(header(3, 2, 99) + b"ab")] == [99]


def test_an_abort_sets_its_bytes_free_for_other_messages() -> None:
    reader = ChunkReader(Limits(max_partial_bytes=300))
    for _ in range(10):
        reader.feed(header(6, 1000, 9) + bytes(128))
        reader.feed(header(2, 4, 2) + (6).to_bytes(4, "big"))


def test_a_finished_message_sets_its_bytes_free() -> None:
    reader = ChunkReader(Limits(max_partial_bytes=300))
    for _ in range(10):
        assert len(reader.feed(header(6, 200, 9) + bytes(128) + b"\xc6" + bytes(72))) == 1


def test_a_message_given_up_for_another_sets_its_bytes_free() -> None:
    reader = ChunkReader(Limits(max_partial_bytes=300))
    for length in range(200, 240):
        reader.feed(header(6, length, 9) + bytes(128))


@pytest.mark.parametrize("value", [1, 127, 128, 65_537, 0xFFFFFF])
def test_any_sane_chunk_size_is_taken(value: int) -> None:
    reader = ChunkReader()
    reader.feed(set_chunk_size(value))
    assert reader.chunk_size == value


@pytest.mark.parametrize("value", [0x1000000, 134_217_728, 0x7FFFFFFF])
def test_a_huge_chunk_size_is_clamped_and_costs_no_memory(value: int) -> None:
    reader = ChunkReader()
    peak = peak_of_feeding(reader, [set_chunk_size(value), header(6, 8 * 1024 * 1024, 9), bytes(1000)])
    assert reader.chunk_size == 0xFFFFFF
    assert peak < 64 * 1024


@pytest.mark.parametrize("value", [0, 0x80000000, 0xFFFFFFFF])
def test_an_impossible_chunk_size_is_refused(value: int) -> None:
    with pytest.raises(ChunkError):
        ChunkReader().feed(set_chunk_size(value))


@pytest.mark.parametrize("type_id", [1, 2])
def test_a_truncated_control_message_of_the_chunk_layer_is_refused(type_id: int) -> None:
    with pytest.raises(ProtocolError):
        ChunkReader().feed(header(2, 3, type_id) + bytes(3))


@pytest.mark.parametrize(
    ("type_id", "limit"),
    [
        (9, 8 * 1024 * 1024),
        (22, 8 * 1024 * 1024),
        (8, 4 * 1024 * 1024),
        (18, 1024 * 1024),
        (15, 1024 * 1024),
        (77, 1024 * 1024),
        (20, 64 * 1024),
        (17, 64 * 1024),
        *[(control, 64) for control in range(1, 7)],
    ],
)
def test_a_message_over_the_limit_of_its_type_is_refused_at_its_header(type_id: int, limit: int) -> None:
    ChunkReader().feed(header(6, limit, type_id))
    with pytest.raises(LimitExceeded):
        ChunkReader().feed(header(6, limit + 1, type_id))


def test_a_delta_header_cannot_carry_a_length_into_a_type_with_a_lower_limit() -> None:
    reader = ChunkReader()
    with pytest.raises(LimitExceeded):
        reader.feed(bytes.fromhex("46000000 100000 14"))


def test_the_sixty_fifth_chunk_stream_is_refused() -> None:
    reader = ChunkReader()
    for number in range(64):
        reader.feed(bytes([0, number]) + header(0, 1, 8)[1:] + b"\xaa")
    reader.feed(bytes([0, 5]) + header(0, 1, 8)[1:] + b"\xaa")
    with pytest.raises(LimitExceeded):
        reader.feed(bytes([0, 64]) + header(0, 1, 8)[1:])


def test_unfinished_messages_are_refused_above_their_sum_before_the_bytes_are_taken() -> None:
    reader = ChunkReader(Limits(max_partial_bytes=256))
    reader.feed(header(6, 200, 9) + bytes(128) + header(7, 200, 9) + bytes(128))
    with pytest.raises(LimitExceeded):
        reader.feed(header(8, 200, 9))


def test_a_reader_is_dead_after_an_error() -> None:
    reader = ChunkReader()
    with pytest.raises(ChunkError):
        reader.feed(set_chunk_size(0))
    with pytest.raises(LocalProtocolError):
        reader.feed(b"\x04")


def one_byte_chunks(count: int) -> bytes:
    return header(6, count, 9) + b"\xaa" + b"\xc6\xaa" * (count - 1)


def test_the_budget_holds_to_the_last_chunk() -> None:
    budget = ChunkBudget(Limits(tiny_chunk_budget_per_s=10, min_mean_chunk=64), trusted=True)
    budget.count_message()
    for _ in range(6):
        budget.count_chunk(63)
    with pytest.raises(LimitExceeded):
        budget.count_chunk(64)


def test_a_flood_of_tiny_chunks_is_refused() -> None:
    reader = ChunkReader()
    reader.feed(bytes.fromhex(CHUNK_SIZE_1))
    with pytest.raises(LimitExceeded):
        reader.feed(one_byte_chunks(20_001))


def test_a_stranger_gets_a_smaller_budget_until_it_is_trusted() -> None:
    reader = ChunkReader(trusted=False)
    reader.feed(bytes.fromhex(CHUNK_SIZE_1))
    reader.feed(one_byte_chunks(900))
    reader.trust()
    reader.feed(one_byte_chunks(15_000))

    stranger = ChunkReader(trusted=False)
    stranger.feed(bytes.fromhex(CHUNK_SIZE_1))
    with pytest.raises(LimitExceeded):
        stranger.feed(one_byte_chunks(1_001))


def test_what_comes_inside_another_message_counts_as_if_it_had_come_by_itself() -> None:
    reader = ChunkReader()
    for _ in range(4_000):
        reader.count_part(1)
    with pytest.raises(LimitExceeded):
        reader.count_part(1)


def test_parts_of_a_decent_size_are_no_flood() -> None:
    reader = ChunkReader()
    for _ in range(50_000):
        reader.count_part(300)


def test_tiny_chunks_within_the_budget_of_each_second_are_taken() -> None:
    reader = ChunkReader()
    reader.feed(bytes.fromhex(CHUNK_SIZE_1))
    for _ in range(3):
        assert len(reader.feed(one_byte_chunks(19_000))) == 1
        reader.start_second()


def test_many_chunks_of_the_initial_size_are_no_flood() -> None:
    reader = ChunkReader()
    message = header(6, 128 * 1000, 9) + bytes(128) + (b"\xc6" + bytes(128)) * 999
    for _ in range(25):
        assert len(reader.feed(message)) == 1


def test_small_audio_faster_than_real_time_is_no_flood() -> None:
    reader = ChunkReader()
    reader.feed(header(4, 70, 8) + bytes(70))
    for _ in range(30):
        assert len(reader.feed((bytes.fromhex("44000017 000046 08") + bytes(70)) * 1000)) == 1000


EMPTY_MESSAGES = [header(4, 0, 8), b"\xc4" * 65_536]
ONE_BYTE_MESSAGES = [header(4, 1, 8) + b"\xaa", b"\xc4\xaa" * 32_768]
HALF_A_MESSAGE_EVERYWHERE = [bytes([csid]) + header(0, 4_000, 9)[1:] + bytes(128) for csid in range(2, 64)]
ENDLESS_RESTARTS = [header(6, 1000 + n % 2, 9) + bytes(128) for n in range(400)]
DRIBBLE = [header(6, 60_000, 9), *[b"\xaa"] * 128, *[b"\xc6", b"\xaa" * 128] * 200]


@pytest.mark.parametrize(
    "pieces",
    [EMPTY_MESSAGES, ONE_BYTE_MESSAGES, HALF_A_MESSAGE_EVERYWHERE, ENDLESS_RESTARTS, DRIBBLE],
    ids=["empty messages", "one-byte messages", "half a message everywhere", "endless restarts", "dribble"],
)
def test_hostile_input_takes_memory_in_proportion(pieces: list[bytes]) -> None:
    peak = peak_of_feeding(ChunkReader(), pieces)
    assert peak < 8 * sum(map(len, pieces)) + 1024 * 1024


def test_a_whole_message_in_one_chunk_is_copied_once() -> None:
    size = 4 * 1024 * 1024
    pieces = [set_chunk_size(0xFFFFFF), header(6, size, 9) + bytes(size)]
    assert size < peak_of_feeding(ChunkReader(), pieces) < 1.1 * size


def peak_of_feeding(reader: ChunkReader, pieces: Iterable[bytes]) -> int:
    """Peak memory in bytes while the reader takes ``pieces`` and their messages are kept; it may refuse them."""
    kept: list[list[Message]] = []
    tracemalloc.start()
    try:
        with contextlib.suppress(ProtocolError):
            kept.extend(reader.feed(piece) for piece in pieces)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak
