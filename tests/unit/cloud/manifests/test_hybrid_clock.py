"""Stamps lie behind all that their author had seen, and no clock wins for ever."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.cloud.manifests.hybrid_clock import (
    NOTHING_SEEN,
    ManifestError,
    Seen,
    SeenDevice,
    Stamp,
    next_stamp,
)
from tests.unit.cloud.manifests.replays import NOW_MS, YEAR_MS

stamps = st.builds(
    Stamp, st.integers(0, 3), st.integers(0, 3), st.sampled_from(["device00", "device11", "device22"])
)
seen = st.lists(stamps, max_size=6).map(NOTHING_SEEN.with_stamps)


@given(seen, st.integers(-YEAR_MS, 5), st.sampled_from(["device00", "device11"]))
def test_a_new_stamp_lies_behind_all_that_was_seen_whatever_the_clock_says(
    before: Seen, now_ms: int, device: str
) -> None:
    stamp = next_stamp(device, now_ms, before)
    assert not before.covers(stamp)
    assert all(stamp > each.up_to for each in before.devices)
    assert stamp.wall_ms >= now_ms


@given(seen, seen, seen)
def test_what_states_have_seen_comes_together_in_any_order(one: Seen, two: Seen, three: Seen) -> None:
    together = one.joined(two).joined(three)
    assert all(
        first.joined(second).joined(third) == together
        for first, second, third in itertools.permutations([one, two, three])
    )
    assert together.joined(two) == together


@given(seen, stamps)
def test_a_stamp_is_seen_with_all_before_it_of_the_same_computer(before: Seen, stamp: Stamp) -> None:
    after = before.with_stamps([stamp])
    assert after.covers(stamp)
    assert after.covers(Stamp(0, 0, stamp.device))
    assert not after.covers(Stamp(9, 0, stamp.device))
    assert not after.covers(Stamp(0, 0, "device99"))


def test_a_clock_that_goes_wrong_far_behind_still_counts_on() -> None:
    before = NOTHING_SEEN.with_stamps([Stamp(NOW_MS, 7, "laptop00")])
    assert next_stamp("studio00", NOW_MS - 10 * YEAR_MS, before) == Stamp(NOW_MS, 8, "studio00")


def test_a_counter_at_its_end_gives_nobody_the_last_word() -> None:
    before = NOTHING_SEEN.with_stamps([Stamp(NOW_MS, 2**40, "laptop00")])
    assert next_stamp("studio00", NOW_MS, before) == Stamp(NOW_MS + 1, 0, "studio00")


def test_a_computers_name_is_the_one_it_had_last() -> None:
    before = NOTHING_SEEN.with_stamps([Stamp(1, 0, "studio00")], "PC").with_stamps(
        [Stamp(2, 0, "studio00")], "Studio-PC"
    )
    assert before.name_of("studio00") == "Studio-PC"
    assert before.with_stamps([Stamp(3, 0, "studio00")]).name_of("studio00") == "Studio-PC"
    assert before.name_of("laptop00") == ""


@pytest.mark.parametrize(
    ("wall_ms", "counter", "device"),
    [
        *((-1, 0, "studio00"), (9 * 10**12, 0, "studio00"), (1, -1, "studio00"), (1, 2**41, "studio00")),
        *((1, 0, "short"), (1, 0, "x" * 65), (1, 0, "../studio"), (1, 0, "studio\n00")),
    ],
)
def test_a_stamp_that_cannot_be_is_refused(wall_ms: int, counter: int, device: str) -> None:
    with pytest.raises(ManifestError):
        Stamp(wall_ms, counter, device)


def test_what_was_seen_is_refused_with_too_many_computers_or_in_disorder() -> None:
    rows = tuple(SeenDevice(Stamp(1, 0, f"device{number:04}")) for number in range(257))
    assert len(Seen(rows[:256]).devices) == 256
    with pytest.raises(ManifestError):
        Seen(rows)
    with pytest.raises(ManifestError):
        Seen((rows[1], rows[0]))
    with pytest.raises(ManifestError):
        SeenDevice(Stamp(1, 0, "studio00"), "two\nlines")
