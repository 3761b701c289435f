from __future__ import annotations

import pytest

from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.sources.dragging import Drag, Keys
from powerstream_desktop.desktop.studio.sources.handles import Handle
from powerstream_desktop.desktop.studio.sources.snapping import Reach, lines_of
from tests.unit.desktop.studio.studio_words import a_layer

REACH = Reach(across=0.01, down=0.01)
FREE = Keys(is_free=True)
NO_KEYS = Keys()


def a_drag(handle: Handle | None = None) -> Drag:
    box = Box(x=0.1, y=0.1, width=0.3, height=0.3)
    return Drag(layer=a_layer(box), handle=handle, x=0.2, y=0.2, lines=lines_of(()))


def test_a_layer_goes_where_the_mouse_goes() -> None:
    place = a_drag().to(0.33, 0.27, FREE, REACH).layer.place
    assert place.is_near(Box(x=0.23, y=0.17, width=0.3, height=0.3))


def test_a_drag_is_reckoned_from_where_it_began() -> None:
    drag = a_drag()
    drag.to(0.9, 0.9, FREE, REACH)
    assert drag.to(0.2, 0.2, FREE, REACH).layer == drag.layer


def test_snapping_says_the_lines_it_found() -> None:
    step = a_drag().to(
        0.203, 0.105, NO_KEYS, REACH
    )  # its lower edge comes near nothing, its upper one near 0
    assert (step.across, step.down) == (None, 0.0)
    assert step.layer.place.y == pytest.approx(0.0)


def test_nothing_snaps_while_control_is_held() -> None:
    step = a_drag().to(0.2, 0.105, FREE, REACH)
    assert step.down is None
    assert step.layer.place.y == pytest.approx(0.005)


@pytest.mark.parametrize(
    ("x", "y", "place"),
    [
        (0.33, 0.22, Box(x=0.23, y=0.1, width=0.3, height=0.3)),
        (0.22, 0.33, Box(x=0.1, y=0.23, width=0.3, height=0.3)),
    ],
)
def test_shift_moves_along_one_axis_only(x: float, y: float, place: Box) -> None:
    step = a_drag().to(x, y, Keys(constrains=True, is_free=True), REACH)
    assert step.layer.place.is_near(place)


def test_shift_does_not_let_a_line_move_the_other_axis() -> None:
    drag = Drag(
        layer=a_layer(Box(x=0.1, y=0.005, width=0.3, height=0.3)),
        handle=None,
        x=0.2,
        y=0.2,
        lines=lines_of(()),
    )
    step = drag.to(0.23, 0.2, Keys(constrains=True), REACH)
    assert (step.layer.place.y, step.down) == (0.005, None)


def test_shift_keeps_the_shape_of_a_layer_that_is_resized() -> None:
    place = a_drag(Handle.BOTTOM_RIGHT).to(0.35, 0.22, Keys(constrains=True), REACH).layer.place
    assert place.width == pytest.approx(0.45)
    assert place.height == pytest.approx(0.45)


def test_a_handle_resizes() -> None:
    place = a_drag(Handle.LEFT).to(0.15, 0.9, FREE, REACH).layer.place
    assert place.is_near(Box(x=0.05, y=0.1, width=0.35, height=0.3))


def test_alt_crops_with_the_same_handle() -> None:
    layer = a_drag(Handle.LEFT).to(0.275, 0.2, Keys(crops=True), REACH).layer
    assert layer.crop.left == pytest.approx(0.25)
    assert layer.place.is_near(Box(x=0.175, y=0.1, width=0.225, height=0.3))


def test_alt_without_a_handle_moves() -> None:
    assert a_drag().to(0.25, 0.2, Keys(crops=True, is_free=True), REACH).layer.place.x == pytest.approx(0.15)
