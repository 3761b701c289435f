"""How a review moves, pair by pair and key by key."""

from __future__ import annotations

import itertools

import pytest

from powerstream_desktop.desktop.review.transport import (
    RATES,
    Motion,
    MotionEvent,
    Transport,
    next_motion,
)

LENGTH_US = 60_000_000
LED_TO = {
    MotionEvent.PLAY: Motion.PLAYING,
    MotionEvent.HOLD: Motion.STILL,
    MotionEvent.REWIND: Motion.REWINDING,
    MotionEvent.END: Motion.STILL,
}


def film(**fields: object) -> Transport:
    return Transport(length_us=LENGTH_US, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("motion", "event"), list(itertools.product(Motion, MotionEvent)))
def test_every_event_leads_where_the_prose_says(motion: Motion, event: MotionEvent) -> None:
    assert next_motion(motion, event) is LED_TO[event]


def test_play_plays_at_the_chosen_rate_and_holds_again() -> None:
    playing = film().with_rate(1.5).toggled()
    assert (playing.motion, playing.speed) == (Motion.PLAYING, 1.5)
    assert playing.toggled().motion is Motion.STILL


def test_play_begins_again_after_the_end() -> None:
    assert film(position_us=LENGTH_US).toggled().position_us == 0
    assert film(position_us=LENGTH_US - 1).toggled().position_us == LENGTH_US - 1


def test_each_l_plays_twice_as_fast_up_to_four_times() -> None:
    transport, speeds = film(), []
    for _ in range(4):
        transport = transport.forward()
        speeds.append((transport.motion, transport.speed))
    assert speeds == [(Motion.PLAYING, speed) for speed in (1.0, 2.0, 4.0, 4.0)]


def test_each_j_rewinds_twice_as_fast_up_to_sixteen_times() -> None:
    transport, speeds = film(position_us=LENGTH_US), []
    for _ in range(6):
        transport = transport.backward()
        speeds.append((transport.motion, transport.speed))
    assert speeds == [(Motion.REWINDING, speed) for speed in (1.0, 2.0, 4.0, 8.0, 16.0, 16.0)]


def test_j_and_l_turn_into_each_other_at_normal_speed() -> None:
    turned = film().forward().forward().backward()
    assert (turned.motion, turned.speed) == (Motion.REWINDING, 1.0)
    turned = turned.backward().forward()
    assert (turned.motion, turned.speed) == (Motion.PLAYING, 1.0)


def test_k_holds_whatever_moves() -> None:
    assert film().forward().held().motion is Motion.STILL
    assert film().backward().held().motion is Motion.STILL


def test_l_after_slow_motion_plays_faster_and_never_slower_than_normal() -> None:
    assert film().with_rate(0.25).toggled().forward().speed == 1.0


def test_rewinding_goes_back_with_time_and_stops_at_the_beginning() -> None:
    rewinding = film(position_us=10_000_000).backward().backward()
    assert rewinding.rewound(1.5).position_us == 7_000_000
    at_beginning = rewinding.rewound(60)
    assert (at_beginning.position_us, at_beginning.motion) == (0, Motion.STILL)


def test_a_film_that_ends_stands_still_at_its_end() -> None:
    ended = film().forward().ended()
    assert (ended.motion, ended.position_us) == (Motion.STILL, LENGTH_US)


def test_a_position_stays_within_the_film() -> None:
    assert film().at(-5).position_us == 0
    assert film().at(LENGTH_US + 5).position_us == LENGTH_US
    assert film(position_us=LENGTH_US).with_length(9).position_us == 9


def test_a_rate_that_is_chosen_while_it_plays_is_obeyed_at_once() -> None:
    assert film().toggled().with_rate(2.0).speed == 2.0
    assert film().backward().with_rate(2.0).speed == 1.0
    assert set(RATES) == {0.25, 0.5, 1.0, 1.5, 2.0, 4.0}


def test_a_side_that_nobody_chose_is_the_films_own() -> None:
    assert film().selection is None
    assert film().with_in(5).selection == (5, LENGTH_US)
    assert film().with_out(5).selection == (0, 5)
    assert film().with_in(5).with_out(9).unselected().selection is None


def test_sides_that_would_cross_give_way_to_the_newer() -> None:
    chosen = film().with_in(10).with_out(20)
    assert chosen.with_in(20).selection == (20, LENGTH_US)
    assert chosen.with_out(10).selection == (0, 10)
    assert chosen.with_in(15).selection == (15, 20)
