"""Which frames are copied and which are encoded anew."""

from __future__ import annotations

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.library.clips.plan import (
    Bounds,
    CodedFrame,
    Piece,
    PieceKind,
    end_of,
    plan_exact,
    plan_fast,
    plan_whole,
    whole_part,
)

MS = 10
"""Ticks; a frame lasts 40 ms."""
FRAME = 40 * MS


def frames(order: str, first: int = 0) -> list[CodedFrame]:
    """Return frames in the order of decoding: ``I2 P1`` are a clean entry shown third and a frame shown second, from ``first`` on.

    ``R`` is an entry that is not clean.
    """
    return [
        CodedFrame(
            pts=(first + int(each[1:])) * FRAME,
            dts=(first + place - 2) * FRAME,
            duration=FRAME,
            is_entry=each[0] in "IR",
            is_clean=each[0] == "I",
        )
        for place, each in enumerate(order.split())
    ]


def bounds(start: float, end: float) -> Bounds:
    """Return bounds in frames."""
    return Bounds(start=round(start * FRAME), end=round(end * FRAME), slack=MS)


def shown(piece: Piece) -> tuple[PieceKind, int, int]:
    return piece.kind, piece.first // FRAME, piece.last // FRAME


PLAIN = "I0 P1 P2 P3 P4 I5 P6 P7 P8 P9 I10 P11"
WITH_B_FRAMES = "I0 P3 B1 B2 P6 B4 B5 I7 P10 B8 B9 P13 B11 B12 I14"


def test_an_edge_in_front_is_encoded_up_to_the_next_entry_and_the_rest_is_copied() -> None:
    plan = plan_exact(frames(PLAIN)[:6], frames(PLAIN)[5:], bounds(2, 9))
    assert [shown(piece) for piece in plan.pieces] == [(PieceKind.ENCODE, 2, 4), (PieceKind.COPY, 5, 8)]
    assert plan.pieces[0].entry == 0
    assert (plan.start, plan.end) == (2 * FRAME, 9 * FRAME)


def test_from_an_entry_to_an_end_without_b_frames_all_is_copied() -> None:
    plan = plan_exact(frames(PLAIN)[5:11], frames(PLAIN)[5:], bounds(5, 8))
    assert [shown(piece) for piece in plan.pieces] == [(PieceKind.COPY, 5, 7)]


def test_at_the_end_only_what_hangs_on_a_frame_that_is_not_wanted_is_encoded() -> None:
    # 11 and 12 need 13, which is not wanted.
    tail = frames(WITH_B_FRAMES)[7:]
    plan = plan_exact(tail, tail, bounds(7, 13))
    assert [shown(piece) for piece in plan.pieces] == [(PieceKind.COPY, 7, 10), (PieceKind.ENCODE, 11, 12)]
    assert plan.pieces[1].entry == 7 * FRAME


@pytest.mark.parametrize("end", range(8, 15))
@pytest.mark.parametrize("start", range(7))
def test_the_pieces_hold_every_wanted_frame_once_and_in_order(start: int, end: int) -> None:
    order = frames(WITH_B_FRAMES)
    plan = plan_exact(order[:8], order[7:] if end > 7 else order, bounds(start, end))
    held = [number for piece in plan.pieces for number in range(15) if piece.holds(number * FRAME)]
    assert held == list(range(start, end))


def test_a_clip_without_an_entry_inside_is_encoded_as_a_whole() -> None:
    order = frames(PLAIN)
    plan = plan_exact(order[:6], order[:6], bounds(1, 4))
    assert [shown(piece) for piece in plan.pieces] == [(PieceKind.ENCODE, 1, 3)]
    assert plan.copied is None


def test_the_frame_on_screen_at_the_start_belongs_to_the_clip_and_is_shown_from_there_on() -> None:
    order = frames(PLAIN)
    plan = plan_exact(order[:6], order[5:], bounds(2.5, 9))
    assert plan.pieces[0].first == 2 * FRAME
    assert plan.start == round(2.5 * FRAME)


@pytest.mark.parametrize("error_ms", [-0.9, 0, 0.9])
def test_bounds_that_were_rounded_to_milliseconds_mean_the_frame_they_stand_at(error_ms: float) -> None:
    order = frames(PLAIN)
    moved = Bounds(start=2 * FRAME + round(error_ms * MS), end=9 * FRAME + round(error_ms * MS), slack=MS)
    plan = plan_exact(order[:6], order[5:], moved)
    assert [shown(piece) for piece in plan.pieces] == [(PieceKind.ENCODE, 2, 4), (PieceKind.COPY, 5, 8)]


def test_a_fast_clip_begins_with_the_entry_before_and_ends_where_the_chain_can_be_broken() -> None:
    order = frames(WITH_B_FRAMES)
    plan = plan_fast(order[:8], order[7:], bounds(2, 12))
    assert [shown(piece) for piece in plan.pieces] == [(PieceKind.COPY, 0, 13)]
    assert (plan.start, plan.end) == (0, 14 * FRAME)


def test_a_fast_clip_without_b_frames_ends_where_it_should() -> None:
    order = frames(PLAIN)
    plan = plan_fast(order[:6], order[5:], bounds(2, 8))
    assert (plan.start, plan.end) == (0, 8 * FRAME)


def test_the_end_of_the_film_is_where_its_last_frame_ends() -> None:
    order = frames(PLAIN)
    plan = plan_fast(order[:6], order[10:], bounds(2, 50))
    assert plan.end == 12 * FRAME


def test_before_the_first_entry_nothing_can_be_shown() -> None:
    order = frames(PLAIN, first=3)
    plan = plan_whole(order[:6], order[5:], bounds(0, 10))
    assert plan.start == 3 * FRAME


def test_an_entry_that_is_not_clean_begins_a_fast_clip_and_none_that_is_joined() -> None:
    order = frames("R0 P3 B1 B2 R6 B4 B5 I7 P8")
    fast = plan_fast(order[4:], order[4:], bounds(6, 8))
    assert [shown(piece) for piece in fast.pieces] == [(PieceKind.COPY, 6, 7)]
    exact = plan_exact(order[4:8], order[7:], bounds(6, 9))
    assert [shown(piece) for piece in exact.pieces] == [(PieceKind.ENCODE, 6, 6), (PieceKind.COPY, 7, 8)]


def test_frames_that_reach_back_over_an_entry_are_not_copied() -> None:
    # 5 is decoded behind 7 and shown before it, and needs 9, which is not wanted.
    order = frames("I0 P3 B1 B2 I7 P9 B5 B8")
    assert plan_exact(order, order[4:], bounds(2, 8)).copied is None


def test_of_a_film_that_breaks_off_only_what_has_no_hole_is_there() -> None:
    # 6 is there, 4 and 5 are not yet; behind 5 decoding has come to the time of 3.
    assert whole_part(frames("I0 P3 B1 B2 P6 B4")) == frames("I0 P3 B1 B2")
    assert whole_part(frames("I0 P3 B1 B2 P6 B4 B5 P9 B7")) == frames("I0 P3 B1 B2 P6 B4 B5")
    assert end_of(frames("I0 P3 B1 B2")) == 4 * FRAME


@pytest.mark.parametrize("order", ["", "I0", "I0 P3"])
def test_of_a_film_that_has_hardly_begun_there_is_nothing(order: str) -> None:
    assert list(whole_part(frames(order))) == []


@pytest.mark.parametrize(("start", "end"), [(20, 22), (-3, -1)])
def test_where_there_is_no_picture_there_is_no_clip(start: int, end: int) -> None:
    order = frames(PLAIN, first=3)
    lead = [] if start > 0 else order
    with pytest.raises(UserError):
        plan_exact(lead, order, bounds(start, end))
