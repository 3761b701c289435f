from __future__ import annotations

import pytest

from powerstream_desktop.desktop.studio.scenery.box import MIN_SIDE, Box
from powerstream_desktop.desktop.studio.scenery.shown import CropShares
from powerstream_desktop.desktop.studio.sources.handles import MIN_LEFT, Handle, cropped, resized
from tests.unit.desktop.studio.studio_words import a_layer

BOX = Box(x=0.2, y=0.3, width=0.4, height=0.2)


def opposite_of(handle: Handle, box: Box) -> tuple[float | None, float | None]:
    """Return the edges that must not move when a handle is dragged."""
    across = {-1: box.right, 0: None, 1: box.x}[handle.across]
    down = {-1: box.bottom, 0: None, 1: box.y}[handle.down]
    return across, down


@pytest.mark.parametrize("handle", list(Handle))
def test_a_dragged_handle_follows_the_mouse(handle: Handle) -> None:
    after = resized(BOX, handle, 0.05, 0.02)
    x, y = handle.of(BOX)
    assert handle.of(after)[0] == pytest.approx(x + 0.05 * abs(handle.across))
    assert handle.of(after)[1] == pytest.approx(y + 0.02 * abs(handle.down))


@pytest.mark.parametrize("keeps_shape", [True, False])
@pytest.mark.parametrize("handle", list(Handle))
def test_the_side_opposite_to_a_dragged_handle_stays(handle: Handle, keeps_shape: bool) -> None:
    after = resized(BOX, handle, -0.03, 0.04, keeps_shape=keeps_shape)
    for before, now in zip(opposite_of(handle, BOX), opposite_of(handle, after), strict=True):
        assert (before is None) == (now is None)
        if before is not None and now is not None:
            assert now == pytest.approx(before)


@pytest.mark.parametrize("handle", list(Handle))
def test_a_layer_that_keeps_its_shape_has_the_same_relation_of_sides(handle: Handle) -> None:
    after = resized(BOX, handle, 0.1 * handle.across, 0.1 * handle.down, keeps_shape=True)
    assert after.width / after.height == pytest.approx(BOX.width / BOX.height)
    assert after.width > BOX.width


def test_a_side_that_keeps_the_shape_grows_to_both_of_its_ends() -> None:
    after = resized(BOX, Handle.RIGHT, 0.2, 0.0, keeps_shape=True)
    assert after.centre_y == pytest.approx(BOX.centre_y)


@pytest.mark.parametrize("keeps_shape", [True, False])
@pytest.mark.parametrize("handle", list(Handle))
def test_a_layer_is_never_turned_inside_out(handle: Handle, keeps_shape: bool) -> None:
    after = resized(BOX, handle, -5.0 * handle.across, -5.0 * handle.down, keeps_shape=keeps_shape)
    assert min(after.width, after.height) >= MIN_SIDE - 1e-9


@pytest.mark.parametrize("handle", list(Handle))
def test_a_layer_never_becomes_larger_than_the_engine_takes(handle: Handle) -> None:
    after = resized(BOX, handle, 90.0 * handle.across, 90.0 * handle.down, keeps_shape=True)
    assert max(after.width, after.height) <= 10.0 + 1e-9


def test_cropping_cuts_off_as_much_of_the_source_as_of_the_place() -> None:
    layer = cropped(a_layer(Box(x=0.0, y=0.0, width=0.5, height=0.5)), Handle.LEFT, 0.125, 0.3)
    assert layer.crop == CropShares(left=0.25)
    assert layer.place == Box(x=0.125, y=0.0, width=0.375, height=0.5)


def test_what_a_crop_leaves_does_not_grow() -> None:
    before = a_layer(Box(x=0.0, y=0.0, width=0.8, height=0.5), crop=CropShares(left=0.1, right=0.1))
    after = cropped(before, Handle.BOTTOM_RIGHT, -0.2, -0.1)
    shown_before = 1 - before.crop.left - before.crop.right
    shown_after = 1 - after.crop.left - after.crop.right
    assert after.place.width / shown_after == pytest.approx(before.place.width / shown_before)
    assert after.place.height / (1 - after.crop.bottom) == pytest.approx(before.place.height)


@pytest.mark.parametrize("handle", [Handle.LEFT, Handle.RIGHT, Handle.TOP, Handle.BOTTOM])
def test_a_crop_is_undone_up_to_the_sources_own_edge_and_no_further(handle: Handle) -> None:
    once = cropped(a_layer(), handle, -0.1 * handle.across, -0.1 * handle.down)
    back = cropped(once, handle, 3.0 * handle.across, 3.0 * handle.down)
    assert back.place.is_near(a_layer().place)
    assert max(back.crop.left, back.crop.right, back.crop.top, back.crop.bottom) == pytest.approx(0.0)


@pytest.mark.parametrize("handle", list(Handle))
def test_a_crop_leaves_something_of_the_picture(handle: Handle) -> None:
    layer = cropped(a_layer(), handle, -3.0 * handle.across, -3.0 * handle.down)
    assert 1 - layer.crop.left - layer.crop.right >= MIN_LEFT - 1e-9
    assert 1 - layer.crop.top - layer.crop.bottom >= MIN_LEFT - 1e-9
    assert min(layer.place.width, layer.place.height) > 0
