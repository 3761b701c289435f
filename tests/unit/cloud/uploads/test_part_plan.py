"""Parts by numbers (V09)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.cloud.uploads.part_plan import (
    LEAST_PART_BYTES,
    MAX_FILE_BYTES,
    MAX_PARTS,
    MIB,
    Part,
    PartPlan,
    plan_parts,
)
from powerstream_desktop.common.errors import BugError


@pytest.mark.parametrize(
    ("size_bytes", "part_bytes", "count"),
    [
        (5 * 1024, 8 * MIB, 1),
        (5 * MIB - 1, 8 * MIB, 1),
        (5 * MIB, 8 * MIB, 1),
        (5 * MIB + 1, 8 * MIB, 1),
        (8 * MIB, 8 * MIB, 1),
        (8 * MIB + 1, 8 * MIB, 2),
        (100 * MIB, 8 * MIB, 13),
        (60_000_000_000, 8 * MIB, 7153),
        (9_000 * 8 * MIB, 8 * MIB, 9_000),
        (9_000 * 8 * MIB + 1, 9 * MIB, 8_001),
        (MAX_FILE_BYTES, 583 * MIB, 8_993),
    ],
)
def test_a_file_is_cut_as_planned(size_bytes: int, part_bytes: int, count: int) -> None:
    plan = plan_parts(size_bytes)
    assert (plan.part_bytes, len(plan)) == (part_bytes, count)


@given(st.integers(1, MAX_FILE_BYTES))
def test_every_file_goes_into_as_many_parts_as_a_store_takes(size_bytes: int) -> None:
    plan = plan_parts(size_bytes)
    assert 1 <= len(plan) <= MAX_PARTS
    assert plan.part_bytes >= LEAST_PART_BYTES
    assert plan.part_bytes % MIB == 0
    last = plan.part(len(plan))
    assert last.first + last.size_bytes == size_bytes
    assert 1 <= last.size_bytes <= plan.part_bytes


@pytest.mark.parametrize("count", [9_999, 10_000, 10_001])
def test_parts_follow_each_other_without_a_gap(count: int) -> None:
    plan = PartPlan(size_bytes=count * 10 - 3, part_bytes=10)
    at = 0
    for number, part in enumerate(plan, start=1):
        assert part == Part(number=number, first=at, size_bytes=min(10, plan.size_bytes - at))
        at += part.size_bytes
    assert at == plan.size_bytes
    assert len(plan) == count


@pytest.mark.parametrize("number", [0, 3])
def test_a_part_that_is_not_there_is_not_given(number: int) -> None:
    with pytest.raises(BugError):
        PartPlan(size_bytes=20, part_bytes=10).part(number)


def test_what_was_not_read_has_no_parts() -> None:
    assert list(PartPlan(size_bytes=0, part_bytes=0)) == []
