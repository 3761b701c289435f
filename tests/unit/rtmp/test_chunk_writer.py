"""The chunk writer and the pieces the relay's fast path writes itself (rtmp.md 0.3, 1.4, 3.8)."""

from __future__ import annotations

import pytest

from powerstream_desktop.rtmp import control
from powerstream_desktop.rtmp.chunks import (
    AUDIO_CSID,
    COMMAND_CSID,
    CONTROL_CSID,
    DATA_CSID,
    VIDEO_CSID,
    ChunkReader,
    ChunkWriter,
    chunk_body,
    fmt1_header,
)
from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.messages import Message


def audio(timestamp: int, payload: bytes = b"\xaa", *, stream_id: int = 1) -> Message:
    return Message(8, stream_id, timestamp, payload, AUDIO_CSID)


def test_the_chunk_streams_are_the_ones_everybody_knows() -> None:
    assert (CONTROL_CSID, COMMAND_CSID, AUDIO_CSID, DATA_CSID, VIDEO_CSID) == (2, 3, 4, 5, 6)


def test_the_first_message_of_a_chunk_stream_has_a_full_header() -> None:
    wire = ChunkWriter().write(audio(1000, bytes(range(5))))
    assert wire.hex() == "040003e800000508010000000001020304"


def test_later_messages_have_a_delta() -> None:
    writer = ChunkWriter()
    writer.write(audio(1000))
    assert writer.write(audio(1023)).hex() == "4400001700000108aa"


def test_an_equal_time_still_has_a_header_of_its_own() -> None:
    writer = ChunkWriter()
    writer.write(audio(1000))
    assert writer.write(audio(1000)).hex() == "4400000000000108aa"


def test_a_step_back_has_a_full_header_and_the_chain_goes_on_from_there() -> None:
    writer = ChunkWriter()
    writer.write(audio(1000))
    assert writer.write(audio(990)).hex() == "040003de0000010801000000aa"
    assert writer.write(audio(1000)).hex() == "4400000a00000108aa"


def test_another_message_stream_has_a_full_header() -> None:
    writer = ChunkWriter()
    writer.write(audio(1000))
    assert writer.write(audio(1023, stream_id=2)).hex() == "040003ff0000010802000000aa"


def test_a_timestamp_that_wraps_is_a_step_forward() -> None:
    writer = ChunkWriter()
    assert writer.write(audio(0xFFFFFFF0)).hex() == "04ffffff0000010801000000fffffff0aa"
    assert writer.write(audio(0x10)).hex() == "4400002000000108aa"


def test_a_step_of_half_the_clock_or_more_counts_as_a_step_back() -> None:
    writer = ChunkWriter()
    writer.write(audio(0))
    assert writer.write(audio(0x7FFFFFFF)).hex() == "44ffffff000001087fffffffaa"
    assert writer.write(audio(0xFFFFFFFF)).hex() == "04ffffff0000010801000000ffffffffaa"


def test_a_long_message_is_cut_into_chunks() -> None:
    wire = ChunkWriter().write(Message(9, 1, 40, bytes(300), VIDEO_CSID))
    assert wire == bytes.fromhex("0600002800012c0901000000") + bytes(128) + b"\xc6" + bytes(
        128
    ) + b"\xc6" + bytes(44)


def test_every_continuation_repeats_the_extended_timestamp() -> None:
    wire = ChunkWriter().write(Message(9, 1, 0x01000000, bytes(130), VIDEO_CSID))
    assert wire == bytes.fromhex("06ffffff000082090100000001000000") + bytes(128) + bytes.fromhex(
        "c601000000"
    ) + bytes(2)


def test_every_continuation_repeats_the_extended_delta() -> None:
    writer = ChunkWriter()
    writer.write(Message(9, 1, 5, b"", VIDEO_CSID))
    wire = writer.write(Message(9, 1, 16777221, bytes(130), VIDEO_CSID))
    assert wire == bytes.fromhex("46ffffff0000820901000000") + bytes(128) + bytes.fromhex(
        "c601000000"
    ) + bytes(2)


@pytest.mark.parametrize(
    ("length", "continuations"), [(0, 0), (127, 0), (128, 0), (129, 1), (256, 1), (257, 2)]
)
def test_a_continuation_stands_only_between_payload_bytes(length: int, continuations: int) -> None:
    assert len(ChunkWriter().write(audio(0, bytes(length)))) == 12 + length + continuations


def test_a_chunk_size_takes_effect_behind_its_own_message() -> None:
    writer = ChunkWriter()
    assert writer.write(control.set_chunk_size(60000)).hex() == "0200000000000401000000000000ea60"
    assert writer.chunk_size == 60000
    assert len(writer.write(audio(0, bytes(60000)))) == 12 + 60000


def test_a_chunk_size_below_its_own_message_is_announced_in_the_old_chunks() -> None:
    writer = ChunkWriter()
    reader = ChunkReader()
    reader.feed(writer.write(control.set_chunk_size(1)))
    reader.feed(writer.write(control.set_chunk_size(200)))
    assert reader.chunk_size == writer.chunk_size == 200


@pytest.mark.parametrize("size", [0, -1, 0x1000000])
def test_a_chunk_size_out_of_range_is_our_own_fault(size: int) -> None:
    with pytest.raises(LocalProtocolError):
        ChunkWriter(size)


@pytest.mark.parametrize(
    "message",
    [
        Message(8, 1, 0, b"", 1),
        Message(8, 1, 0, b"", 64),
        Message(8, 1, -1, b"", 4),
        Message(8, 1, 1 << 32, b"", 4),
        Message(8, 1 << 32, 0, b"", 4),
        Message(256, 1, 0, b"", 4),
        Message(9, 1, 0, bytes(0x1000000), 6),
    ],
    ids=[
        "csid 1",
        "csid 64",
        "negative time",
        "time over 32 bits",
        "stream over 32 bits",
        "type over 8 bits",
        "16 MiB",
    ],
)
def test_a_message_that_no_header_can_hold_is_our_own_fault(message: Message) -> None:
    writer = ChunkWriter()
    with pytest.raises(LocalProtocolError):
        writer.write(message)
    assert writer.write(audio(5)).hex() == "040000050000010801000000aa"


def test_a_body_that_fits_one_chunk_is_the_payload_itself() -> None:
    payload = bytes(4096)
    assert chunk_body(payload, VIDEO_CSID, 4096) is payload


def test_a_body_over_one_chunk_holds_its_continuation_headers() -> None:
    assert chunk_body(bytes(10), VIDEO_CSID, 4) == bytes(4) + b"\xc6" + bytes(4) + b"\xc6" + bytes(2)


def test_header_and_body_made_apart_are_what_the_writer_writes() -> None:
    writer = ChunkWriter()
    payload = bytes(range(256)) * 2
    writer.write(Message(9, 1, 100, b"", VIDEO_CSID))
    whole = writer.write(Message(9, 1, 133, payload, VIDEO_CSID))
    assert fmt1_header(VIDEO_CSID, 33, len(payload), 9) + chunk_body(payload, VIDEO_CSID, 128) == whole


@pytest.mark.parametrize("delta_ms", [-1, 0xFFFFFF])
def test_a_delta_that_needs_an_extended_timestamp_is_refused(delta_ms: int) -> None:
    with pytest.raises(LocalProtocolError):
        fmt1_header(VIDEO_CSID, delta_ms, 1, 9)


def test_the_largest_short_delta_is_written() -> None:
    assert fmt1_header(VIDEO_CSID, 0xFFFFFE, 1, 9).hex() == "46fffffe00000109"


def test_the_writer_goes_on_where_the_caller_stopped() -> None:
    writer = ChunkWriter()
    reader = ChunkReader()
    wire = writer.write(audio(1000))
    wire += fmt1_header(AUDIO_CSID, 20, 1, 8) + b"\xbb" + fmt1_header(AUDIO_CSID, 20, 1, 8) + b"\xcc"
    writer.resume(AUDIO_CSID, 1040, 1)
    wire += writer.write(audio(1060, b"\xdd"))
    assert wire.endswith(bytes.fromhex("4400001400000108dd"))
    assert [m.timestamp for m in reader.feed(wire)] == [1000, 1020, 1040, 1060]
