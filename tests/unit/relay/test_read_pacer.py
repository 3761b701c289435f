"""When reading is worth waking up for (ADR 0004)."""

from __future__ import annotations

from powerstream_desktop.relay.ingest.read_pacer import LARGEST_BYTES, LONGEST_HOLD_S, ReadPacer

TICK_S = 0.25


def ticked(pacer: ReadPacer, ticks: int, bytes_per_read: int, reads: int, start_s: float = 0.0) -> list[int]:
    """Tick with a steady stream; return the marks that were to be set."""
    marks = []
    for tick in range(ticks):
        for read in range(1, reads + 1):
            pacer.read(bytes_per_read, start_s + (tick - 1 + read / reads) * TICK_S)
        mark = pacer.low_water_bytes(start_s + tick * TICK_S)
        if mark is not None:
            marks.append(mark)
    return marks


def test_a_steady_stream_is_read_in_pieces_larger_than_sound_and_set_once() -> None:
    marks = ticked(ReadPacer(), 12, bytes_per_read=25_000, reads=8)
    assert len(marks) == 1
    assert 500 < marks[0] <= LARGEST_BYTES


def test_a_stream_that_has_just_begun_is_read_at_once() -> None:
    assert ticked(ReadPacer(), 1, bytes_per_read=25_000, reads=8) == []


def test_a_pause_makes_every_byte_count_again() -> None:
    pacer = ReadPacer()
    ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    assert pacer.low_water_bytes(8 * TICK_S) == 1


def test_a_stream_that_goes_on_after_a_pause_proves_itself_again() -> None:
    pacer = ReadPacer()
    first = ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    pacer.low_water_bytes(8 * TICK_S)
    assert ticked(pacer, 8, bytes_per_read=25_000, reads=8, start_s=9 * TICK_S) == first


def test_a_much_thinner_stream_lowers_the_mark() -> None:
    pacer = ReadPacer()
    high = ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    low = ticked(pacer, 8, bytes_per_read=1_000, reads=8, start_s=8 * TICK_S)
    assert 1 <= low[-1] < high[-1] / 5


def test_the_mark_never_exceeds_what_a_receive_buffer_surely_holds() -> None:
    assert max(ticked(ReadPacer(), 8, bytes_per_read=4_000_000, reads=50)) <= LARGEST_BYTES


def test_a_clock_that_stands_still_changes_nothing() -> None:
    pacer = ReadPacer()
    pacer.low_water_bytes(5.0)
    pacer.read(10_000, 5.0)
    assert pacer.low_water_bytes(5.0) is None


def test_a_bitrate_that_falls_suddenly_keeps_pictures_waiting_only_once() -> None:
    pacer = ReadPacer()
    ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    last_s = 7 * TICK_S
    assert pacer.read(9_000, last_s + LONGEST_HOLD_S) is None
    assert pacer.read(9_000, last_s + 2.1 * LONGEST_HOLD_S) == 1
    assert not pacer.is_pacing
    assert pacer.read(500, last_s + 4 * LONGEST_HOLD_S) is None


def test_the_first_read_of_a_connection_is_not_late() -> None:
    pacer = ReadPacer()
    assert pacer.read(25_000, 1_000_000.0) is None
    assert not pacer.is_pacing
