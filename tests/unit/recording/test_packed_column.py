"""Numbers in little memory."""

from __future__ import annotations

import pytest

from powerstream_desktop.recording.packed_column import PackedColumn


@pytest.mark.parametrize("count", [0, 1, 4095, 4096, 4097, 20_000])
def test_numbers_come_out_as_they_were_added(count: int) -> None:
    column = PackedColumn()
    numbers = [number * 7919 % 2**32 for number in range(count)]
    for start in range(0, count, 15):
        column.extend(numbers[start : start + 15])
    assert list(column) == numbers
    assert len(column) == count


def test_numbers_can_be_added_after_they_were_read() -> None:
    column = PackedColumn()
    column.extend(range(5000))
    assert len(list(column)) == 5000
    column.extend([2**32 - 1])
    assert list(column)[-2:] == [4999, 2**32 - 1]


def test_numbers_that_repeat_take_next_to_nothing() -> None:
    column = PackedColumn()
    for _ in range(10_000):
        column.extend([528, 528, 544])
    assert column.held_bytes < 4096 * 4
    assert len(column) == 30_000
