"""Whether what is given to a file is in it."""

from __future__ import annotations

import pytest

from powerstream_desktop.recording.truth_watch import (
    FIRST_GROWTH_MS,
    STANDSTILL_LOOKS,
    STANDSTILL_MS,
    FileFacts,
    Truth,
    TruthWatch,
)


def look(watch: TruthWatch, size: int, given_ms: int, *, written: int | None = None) -> Truth:
    facts = FileFacts(size_bytes=size, is_there=True)
    return watch.look(facts, written_bytes=size if written is None else written, given_ms=given_ms)


def test_a_file_that_grows_is_believed() -> None:
    watch = TruthWatch()
    assert {look(watch, 100 * second, 1000 * second) for second in range(100)} == {Truth.GROWING}


def test_a_file_that_stands_still_while_media_is_given_is_told_after_five_seconds() -> None:
    watch = TruthWatch()
    look(watch, 0, 0)
    assert look(watch, 500, 1_000) is Truth.GROWING
    for _ in range(STANDSTILL_LOOKS):
        assert look(watch, 500, 1_000 + STANDSTILL_MS - 1) is Truth.GROWING
    assert look(watch, 500, 1_000 + STANDSTILL_MS) is Truth.STANDING
    assert look(watch, 501, 7_000) is Truth.GROWING


def test_a_leap_of_the_encoders_clock_is_no_standstill() -> None:
    watch = TruthWatch()
    look(watch, 0, 0)
    assert look(watch, 500, 1_000) is Truth.GROWING
    assert [look(watch, 500, 3_600_000) for _ in range(STANDSTILL_LOOKS - 1)] == [Truth.GROWING] * (
        STANDSTILL_LOOKS - 1
    )
    assert look(watch, 900, 3_601_000) is Truth.GROWING
    assert look(watch, 900, 7_200_000) is Truth.GROWING


def test_a_file_that_stands_still_because_nothing_is_given_is_believed() -> None:
    watch = TruthWatch()
    look(watch, 0, 0)
    assert {look(watch, 500, 1_000) for _ in range(1000)} == {Truth.GROWING}


def test_the_first_fragment_may_wait_for_a_lone_frame() -> None:
    watch = TruthWatch()
    for _ in range(STANDSTILL_LOOKS):
        assert look(watch, 48, FIRST_GROWTH_MS - 1) is Truth.GROWING
    assert look(watch, 48, FIRST_GROWTH_MS) is Truth.STANDING


@pytest.mark.parametrize(
    "facts", [FileFacts(size_bytes=999, is_there=True), FileFacts(size_bytes=1_000, is_there=False)]
)
def test_a_file_that_is_cut_or_has_lost_its_name_is_lost(facts: FileFacts) -> None:
    watch = TruthWatch()
    look(watch, 1_000, 500)
    assert watch.look(facts, written_bytes=1_000, given_ms=600) is Truth.LOST
