"""The stream's timeline: continuous, whatever the publisher's clocks do (rtmp.md 3.3)."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.stream.timeline import FIRST_MS, FRAME_INTERVAL_MS, Timeline
from powerstream_desktop.rtmp.packet import MediaKind

A, V = MediaKind.AUDIO, MediaKind.VIDEO
WRAP = 1 << 32
HOUR_MS = 3_600_000


def place(timeline: Timeline, *steps: tuple[MediaKind, int], now: float = 0.0) -> list[int]:
    """Place packets that arrive all at once."""
    return [timeline.place(kind, timestamp % WRAP, now) for kind, timestamp in steps]


def test_the_first_frame_stands_at_the_beginning_whatever_its_timestamp() -> None:
    assert place(Timeline(), (V, 123_456), (V, 123_489)) == [FIRST_MS, FIRST_MS + 33]


def test_sound_that_starts_before_the_picture_keeps_its_distance_and_is_not_below_zero() -> None:
    picture, sound, last = place(Timeline(), (V, 900), (A, 0), (V, 933))
    assert sound - picture == -900
    assert last - picture == 33
    assert sound >= 0


def test_timestamps_wrap_at_32_bits_without_a_trace() -> None:
    timeline = Timeline()
    placed = place(timeline, *((V, WRAP - 100 + 40 * n) for n in range(6)))
    assert [later - earlier for earlier, later in itertools.pairwise(placed)] == [40] * 5
    assert timeline.folds == 0


def test_a_track_that_starts_behind_the_wrap_meets_the_one_that_started_before_it() -> None:
    sound, picture = place(Timeline(), (A, WRAP - 100), (V, 5))
    assert picture - sound == 105


def test_a_small_step_back_is_flattened_and_forgotten() -> None:
    timeline = Timeline()
    placed = place(timeline, (V, 0), (V, 2000), (V, 1500), (V, 1533), (V, 2040))
    assert [ms - FIRST_MS for ms in placed] == [0, 2000, 2001, 2002, 2040]
    assert timeline.folds == 0


def test_an_hour_back_on_both_tracks_goes_on_behind_the_end_with_the_distance_kept() -> None:
    timeline = Timeline()
    before = place(timeline, (V, HOUR_MS), (A, HOUR_MS + 7), (V, HOUR_MS + 33), (A, HOUR_MS + 28))
    picture, sound, later = place(timeline, (V, 0), (A, 7), (V, 33))
    assert picture == max(before) + FRAME_INTERVAL_MS
    assert sound - picture == 7
    assert later - picture == 33
    assert timeline.folds == 1


def test_a_jump_ahead_of_both_tracks_is_folded_once() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), (A, 10))
    sound, picture = place(timeline, (A, HOUR_MS + 31), (V, HOUR_MS + 33))
    assert picture - sound == 2
    assert timeline.folds == 1


def test_a_track_that_jumps_alone_does_not_drag_the_other_along() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), (A, 10))
    place(timeline, (A, HOUR_MS))
    assert place(timeline, (V, 33), (V, 66)) == [FIRST_MS + 33, FIRST_MS + 66]


def test_a_track_that_comes_back_from_a_jump_is_together_with_the_other_again() -> None:
    timeline = Timeline()
    picture, sound = place(timeline, (V, 0), (A, 10))
    place(timeline, (A, HOUR_MS))
    place(timeline, (V, 2 * HOUR_MS))
    late_sound, late_picture = place(timeline, (A, 2 * HOUR_MS + 43), (V, 2 * HOUR_MS + 33))
    assert late_sound - late_picture == sound - picture


def test_a_publisher_that_comes_back_continues_behind_the_end_after_the_time_it_was_away() -> None:
    timeline = Timeline()
    place(timeline, (V, 50_000), (A, 50_020), now=10.0)
    timeline.start_session()
    sound, picture = place(timeline, (A, 0), (V, 5), now=14.0)
    assert sound == FIRST_MS + 20 + 4000
    assert picture - sound == 5
    assert timeline.folds == 1


def test_a_publisher_that_comes_back_at_once_leaves_one_frame_of_distance() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), now=10.0)
    timeline.start_session()
    assert place(timeline, (V, 77), now=10.0) == [FIRST_MS + FRAME_INTERVAL_MS]


def test_a_publisher_that_comes_back_with_its_old_clock_is_not_taken_at_its_word() -> None:
    timeline = Timeline()
    place(timeline, (V, 1000), now=10.0)
    timeline.start_session()
    assert place(timeline, (V, 1001), now=11.0) == [FIRST_MS + 1000]


def test_silence_of_an_hour_on_one_track_is_an_hour_and_no_jump() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), (A, 0), now=0.0)
    for second in range(1, 3601):
        timeline.place(V, second * 1000, float(second))
    assert timeline.place(A, HOUR_MS, 3600.0) == FIRST_MS + HOUR_MS
    assert timeline.folds == 0


def test_a_header_stands_at_its_tracks_last_frame_and_drives_nothing() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), (V, 33))
    assert timeline.last_ms(V) == FIRST_MS + 33
    assert timeline.last_ms(V) == FIRST_MS + 33


def test_a_header_of_a_new_track_never_stands_behind_that_tracks_first_frame() -> None:
    timeline = Timeline()
    assert timeline.last_ms(A) == 0
    place(timeline, (V, 5000))
    place(timeline, (V, 8000))
    header_ms = timeline.last_ms(A)
    assert header_ms <= place(timeline, (A, 7001))[0]


steps = st.lists(
    st.tuples(
        st.sampled_from([A, V]),
        st.one_of(
            st.integers(0, WRAP - 1), st.integers(0, 5000), st.integers(WRAP - 3000, WRAP - 1), st.just(-1)
        ),
        st.floats(0, 40),
    ),
    max_size=60,
)


@given(steps)
def test_no_track_ever_goes_back_or_below_zero(steps: list[tuple[MediaKind, int, float]]) -> None:
    timeline = Timeline()
    last = {A: 0, V: 0}
    now = 0.0
    for kind, timestamp, pause_s in steps:
        now += pause_s
        if timestamp < 0:
            timeline.start_session()
            continue
        placed = timeline.place(kind, timestamp, now)
        assert placed >= last[kind]
        last[kind] = placed


@given(
    start=st.integers(0, WRAP - 1),
    distance_ms=st.integers(-900, 900),
    jump_ms=st.integers(1 << 15, WRAP - (1 << 15)),
    order=st.permutations([A, V]),
)
def test_the_distance_of_sound_and_picture_survives_any_jump_of_both(
    start: int, distance_ms: int, jump_ms: int, order: list[MediaKind]
) -> None:
    timeline = Timeline()
    clock = {V: start, A: start + distance_ms}
    distances = set()
    for leap in (0, 1000, jump_ms, jump_ms + 1000, jump_ms + 2000):
        placed = {kind: place(timeline, (kind, clock[kind] + leap))[0] for kind in order}
        distances.add(placed[A] - placed[V])
    # Right behind a jump the earlier track may have to wait until it is where it was before.
    assert distance_ms in distances
    placed = {kind: place(timeline, (kind, clock[kind] + jump_ms + 4000))[0] for kind in order}
    assert placed[A] - placed[V] == distance_ms


def test_a_session_may_be_told_where_its_first_frame_is_to_stand() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), (A, 10), now=0.0)
    timeline.start_session(9_000)
    picture, sound, later = place(timeline, (V, 500), (A, 520), (V, 540), now=3.0)
    assert (picture, sound, later) == (9_000, 9_020, 9_040)


def test_what_is_told_of_one_session_does_not_count_for_the_next_jump() -> None:
    timeline = Timeline()
    place(timeline, (V, 0))
    timeline.start_session(9_000)
    place(timeline, (V, 0))
    assert place(timeline, (V, HOUR_MS)) == [9_000 + FRAME_INTERVAL_MS]


def test_frames_that_have_their_place_already_move_the_end() -> None:
    timeline = Timeline()
    place(timeline, (V, 0), now=1.0)
    timeline.advance(A, 7_000, 8.0)
    assert timeline.last_ms(A) == 7_000
    timeline.start_session()
    assert place(timeline, (V, 0), now=8.5) == [7_500]


def test_a_publishers_own_clock_can_be_asked_without_consequences() -> None:
    timeline = Timeline()
    assert timeline.time_by_clock(V, 0) is None
    place(timeline, (V, WRAP - 100))
    timeline.advance(V, FIRST_MS + 5_000, 5.0)
    assert timeline.time_by_clock(V, 300) == FIRST_MS + 400
    assert timeline.time_by_clock(A, 300) == FIRST_MS + 400
    assert timeline.last_ms(V) == FIRST_MS + 5_000


def test_the_arrival_of_a_tracks_newest_frame_is_known() -> None:
    timeline = Timeline()
    assert timeline.last_arrival_s(A) is None
    place(timeline, (V, 0), now=4.0)
    timeline.advance(A, 2_000, 5.0)
    assert (timeline.last_arrival_s(V), timeline.last_arrival_s(A)) == (4.0, 5.0)
