from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.engine.output.timeline import PRIMING, OutputTimeline


def test_no_time_is_negative_and_both_tracks_share_one_constant() -> None:
    timeline = OutputTimeline(fps=30, reorders=True)
    assert timeline.start_ms == 67
    assert timeline.place_picture(-2, 0) == (0, 67)
    assert timeline.place_sound(-PRIMING) == 67 - 21
    assert timeline.place_sound(0) == 67


def test_without_reordering_the_constant_is_that_of_the_sound() -> None:
    timeline = OutputTimeline(fps=60, reorders=False)
    assert timeline.start_ms == 22
    assert timeline.place_picture(0, 0) == (22, 22)
    assert timeline.place_sound(-PRIMING) == 1


@pytest.mark.parametrize("fps", [24, 25, 30, 60, 120])
def test_slots_stand_within_a_millisecond_of_their_place_for_days(fps: int) -> None:
    timeline = OutputTimeline(fps=fps, reorders=False)
    for slot in (1, 59, 1001, 86_400 * 3 * fps + 1):
        _, pts_ms = timeline.place_picture(slot, slot)
        assert abs(pts_ms - timeline.start_ms - 1000 * slot / fps) <= 0.5


def test_an_encoder_that_reorders_follows_one_that_does_not_without_a_step_back() -> None:
    timeline = OutputTimeline(fps=30, reorders=True)
    for slot in range(60):
        timeline.place_picture(slot, slot)
    times = [timeline.place_picture(dts, pts) for dts, pts in ((58, 60), (59, 62), (60, 61), (61, 63))]
    decoding = [dts_ms for dts_ms, _ in times]
    assert decoding == sorted(set(decoding))
    assert decoding[0] > timeline.start_ms + 59 * 1000 / 30 - 1
    assert [pts_ms - timeline.start_ms for _, pts_ms in times] == [2000, 2067, 2033, 2100]


@given(st.lists(st.tuples(st.integers(-3, 40), st.integers(0, 3)), min_size=1, max_size=50))
def test_whatever_encoders_say_decoding_times_grow_and_nothing_is_shown_before_it_is_decoded(
    said: list[tuple[int, int]],
) -> None:
    timeline = OutputTimeline(fps=25, reorders=True)
    placed = [timeline.place_picture(dts, dts + later) for dts, later in said]
    decoding = [dts_ms for dts_ms, _ in placed]
    assert decoding == sorted(set(decoding))
    assert all(0 <= dts_ms <= pts_ms for dts_ms, pts_ms in placed)


@given(st.lists(st.integers(-PRIMING, 1_000_000), min_size=1, max_size=50))
def test_sound_never_goes_back(positions: list[int]) -> None:
    timeline = OutputTimeline(fps=25, reorders=False)
    times = [timeline.place_sound(position) for position in positions]
    assert times == sorted(times)
