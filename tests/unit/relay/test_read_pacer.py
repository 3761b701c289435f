"""When reading is worth waking up for (ADR 0004)."""

from __future__ import annotations

from powerstream_desktop.relay.ingest.read_pacer import LARGEST_BYTES, ReadPacer

TICK_S = 0.25


def ticked(pacer: ReadPacer, ticks: int, bytes_per_read: int, reads: int, start_s: float = 0.0) -> list[int]:
    """Tick with a steady stream; return the marks that were to be set."""
    marks = []
    for tick in range(ticks):
        for _ in range(reads):
            pacer.read(bytes_per_read)
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


def test_a_first_mark_that_was_measured_too_low_is_mended() -> None:
    pacer = ReadPacer()
    [low] = ticked(pacer, 3, bytes_per_read=8_000, reads=8)
    [right] = ticked(pacer, 4, bytes_per_read=12_000, reads=8, start_s=3 * TICK_S)
    assert right == low * 12_000 // 8_000


def test_a_stream_that_varies_a_little_keeps_its_mark() -> None:
    pacer = ReadPacer()
    assert len(ticked(pacer, 4, bytes_per_read=10_000, reads=8)) == 1
    assert ticked(pacer, 4, bytes_per_read=12_000, reads=8, start_s=4 * TICK_S) == []


def test_the_mark_never_exceeds_what_a_receive_buffer_surely_holds() -> None:
    assert max(ticked(ReadPacer(), 8, bytes_per_read=4_000_000, reads=50)) <= LARGEST_BYTES


def test_a_clock_that_stands_still_changes_nothing() -> None:
    pacer = ReadPacer()
    pacer.low_water_bytes(5.0)
    pacer.read(10_000)
    assert pacer.low_water_bytes(5.0) is None


def test_what_has_waited_long_enough_is_read_whatever_it_is_and_then_pacing_goes_on() -> None:
    pacer = ReadPacer()
    [mark] = ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    assert pacer.hurry() == 1
    assert pacer.hurry() is None
    assert pacer.is_pacing
    assert pacer.read(500) == mark
    assert pacer.read(25_000) is None


def test_there_is_no_hurry_where_every_byte_counts_anyway() -> None:
    pacer = ReadPacer()
    assert pacer.hurry() is None
    ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    pacer.low_water_bytes(8 * TICK_S)
    assert pacer.hurry() is None
    assert pacer.read(25_000) is None


def test_a_mark_that_changes_while_in_hurry_holds() -> None:
    pacer = ReadPacer()
    ticked(pacer, 8, bytes_per_read=25_000, reads=8)
    pacer.hurry()
    [low] = ticked(pacer, 2, bytes_per_read=1_000, reads=8, start_s=8 * TICK_S)[-1:]
    assert pacer.hurry() == 1
    assert pacer.read(1_000) == low
