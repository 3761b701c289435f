from __future__ import annotations

import pytest

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.sources.handles import Handle
from powerstream_desktop.desktop.studio.sources.snapping import (
    Reach,
    lines_of,
    snapped_move,
    snapped_resize,
)

REACH = Reach(across=0.01, down=0.02)
BOX = Box(x=0.2, y=0.2, width=0.2, height=0.2)


@pytest.mark.parametrize(
    ("dx", "way", "line"),
    [
        (-0.195, -0.2, 0.0),  # its left edge to the canvas's
        (0.205, 0.2, 0.5),  # its middle to the middle, from the other side
        (0.104, 0.1, 0.5),  # its right edge to the middle
        (0.196, 0.2, 0.5),  # its middle to the middle
        (0.607, 0.6, 1.0),  # its right edge to the canvas's
    ],
)
def test_a_moved_layer_snaps_by_its_edges_and_its_middle(dx: float, way: float, line: float) -> None:
    snap = snapped_move(BOX, dx, 0.1, lines_of(()), REACH)
    assert snap.across == line
    assert snap.dx == pytest.approx(way)


def test_what_is_not_near_is_left_where_the_mouse_has_it() -> None:
    snap = snapped_move(BOX, 0.05, 0.06, lines_of(()), REACH)
    assert (snap.dx, snap.dy, snap.across, snap.down) == (0.05, 0.06, None, None)


def test_the_nearest_of_two_lines_is_taken() -> None:
    others = [Box(x=0.262, y=0.9, width=0.05, height=0.05), Box(x=0.258, y=0.9, width=0.05, height=0.05)]
    snap = snapped_move(BOX, 0.059, 0.0, lines_of(others), REACH)
    assert snap.across == pytest.approx(0.258)


def test_a_layer_snaps_to_another_one() -> None:
    other = Box(x=0.62, y=0.33, width=0.3, height=0.1)
    snap = snapped_move(BOX, 0.222, 0.128, lines_of([other]), REACH)
    assert BOX.right + snap.dx == pytest.approx(0.62)
    assert BOX.y + snap.dy == pytest.approx(0.33)


def test_each_axis_has_a_reach_of_its_own() -> None:
    snap = snapped_move(BOX, -0.185, -0.185, lines_of(()), REACH)
    assert (snap.across, snap.down) == (None, 0.0)


@pytest.mark.parametrize("handle", list(Handle))
def test_only_the_sides_that_follow_the_mouse_snap(handle: Handle) -> None:
    x, y = handle.of(BOX)
    snap = snapped_resize(BOX, handle, 0.5 - x + 0.004, 0.5 - y + 0.004, lines_of(()), REACH)
    assert snap.across == (0.5 if handle.across else None)
    assert snap.down == (0.5 if handle.down else None)
