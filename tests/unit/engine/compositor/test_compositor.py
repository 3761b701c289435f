"""The compositor's pictures beside a float reference, and what it does not do again."""

from __future__ import annotations

from dataclasses import replace

import av
import numpy as np
import pytest

from powerstream_desktop.engine.compositor.compositor import Compositor, PlacedPicture
from powerstream_desktop.engine.compositor.converter import Converter
from powerstream_desktop.engine.compositor.fade import faded
from powerstream_desktop.engine.compositor.geometry import WHOLE, Crop, PixelRect
from powerstream_desktop.engine.compositor.overlay import Overlay
from powerstream_desktop.engine.picture import Inset, Picture, blank_frame, planes_of
from tests.unit.engine.compositor.reference import FloatPicture, disc, over, psnr_db, waves, yuv420

WIDTH, HEIGHT = 320, 180
GOOD_DB = 45.0
WHOLE_CANVAS = PixelRect(0, 0, WIDTH, HEIGHT)


def picture_of(pixels: FloatPicture, serial: int = 1) -> Picture:
    bytes_ = np.round(pixels * 255).astype(np.uint8)
    return Picture(
        av.VideoFrame.from_ndarray(bytes_, format="rgba" if pixels.shape[2] == 4 else "rgb24"), serial
    )


def layer(
    name: str,
    pixels: FloatPicture,
    rect: PixelRect = WHOLE_CANVAS,
    *,
    opacity: float = 1.0,
    crop: Crop = WHOLE,
) -> PlacedPicture:
    return PlacedPicture(layer=name, picture=picture_of(pixels), rect=rect, opacity=opacity, crop=crop)


def quality_db(frame: av.VideoFrame, reference: FloatPicture) -> float:
    return min(
        psnr_db(plane, wanted) for plane, wanted in zip(planes_of(frame), yuv420(reference), strict=True)
    )


@pytest.mark.parametrize(
    "corner", [(100, 60), (-40, -20), (260, 140)], ids=["inside", "upper left", "lower right"]
)
@pytest.mark.parametrize("opacity", [1.0, 0.6, 0.05])
@pytest.mark.parametrize("softness", [1.0, 30.0])
def test_a_layer_with_alpha_is_laid_over_the_picture_below(
    corner: tuple[int, int], opacity: float, softness: float
) -> None:
    base, logo = waves(HEIGHT, WIDTH), disc(96, softness)
    layers = [layer("base", base), layer("logo", logo, PixelRect(*corner, 96, 96), opacity=opacity)]

    frame = Compositor(WIDTH, HEIGHT).compose(layers)

    reference = base.copy()
    over(reference, logo, *corner, opacity)
    assert quality_db(frame, reference) > GOOD_DB


@pytest.mark.parametrize("corner", [(40, 20), (-60, 100), (280, -10)])
def test_an_opaque_layer_hides_what_lies_below(corner: tuple[int, int]) -> None:
    base, camera = waves(HEIGHT, WIDTH), waves(90, 160, 1.0)

    frame = Compositor(WIDTH, HEIGHT).compose(
        [layer("base", base), layer("camera", camera, PixelRect(*corner, 160, 90))]
    )

    planes = planes_of(frame)
    reference = base.copy()
    over(reference, camera, *corner)
    luma, _, _ = yuv420(reference)
    assert psnr_db(planes[0], luma) > GOOD_DB
    assert quality_db(frame, reference) > 40, "only the samples on the edge may mix both pictures' chroma"


def test_a_picture_is_scaled_without_moving() -> None:
    large = waves(HEIGHT * 2, WIDTH * 2) * 0 + waves(HEIGHT, WIDTH).repeat(2, axis=0).repeat(2, axis=1)

    frame = Compositor(WIDTH, HEIGHT).compose([layer("base", large)])

    assert quality_db(frame, waves(HEIGHT, WIDTH)) > 38


def test_a_crop_leaves_out_the_sides() -> None:
    base = waves(HEIGHT + 30, WIDTH + 50)

    frame = Compositor(WIDTH, HEIGHT).compose(
        [layer("base", base, crop=Crop(left=20, top=10, right=30, bottom=20))]
    )

    assert quality_db(frame, base[10:-20, 20:-30]) > GOOD_DB


def test_the_canvas_is_black_where_no_layer_is() -> None:
    frame = Compositor(WIDTH, HEIGHT).compose([])

    assert [set(np.unique(plane)) for plane in planes_of(frame)] == [{16}, {128}, {128}]


def test_a_transparent_layer_changes_nothing() -> None:
    base, nothing = layer("base", waves(HEIGHT, WIDTH)), np.zeros((HEIGHT, WIDTH, 4))
    alone = Compositor(WIDTH, HEIGHT).compose([base])

    both = Compositor(WIDTH, HEIGHT).compose([base, layer("nothing", nothing)])

    for plane, wanted in zip(planes_of(both), planes_of(alone), strict=True):
        assert np.array_equal(plane, wanted)


def test_a_picture_that_fits_already_is_passed_through_without_a_copy() -> None:
    ready = Compositor(WIDTH, HEIGHT).compose([layer("base", waves(HEIGHT, WIDTH))])

    frame = Compositor(WIDTH, HEIGHT).compose(
        [PlacedPicture(layer="program", picture=Picture(ready, 1), rect=WHOLE_CANVAS)]
    )

    assert frame is ready


def test_what_did_not_change_is_not_made_again() -> None:
    compositor = Compositor(WIDTH, HEIGHT)
    layers = [layer("base", waves(HEIGHT, WIDTH)), layer("logo", disc(64, 3), PixelRect(2, 4, 64, 64))]

    assert compositor.compose(layers) is compositor.compose(layers)


def test_a_layer_that_moves_is_drawn_at_its_new_place() -> None:
    compositor, logo = Compositor(WIDTH, HEIGHT), disc(64, 3)
    base, moving = layer("base", waves(HEIGHT, WIDTH)), layer("logo", logo, PixelRect(0, 0, 64, 64))
    compositor.compose([base, moving])

    frame = compositor.compose(
        [
            base,
            PlacedPicture(layer="logo", picture=moving.picture, rect=PixelRect(200, 100, 64, 64)),
        ]
    )

    reference = waves(HEIGHT, WIDTH)
    over(reference, logo, 200, 100)
    assert quality_db(frame, reference) > GOOD_DB


def test_a_layer_behind_one_that_covers_the_canvas_costs_nothing() -> None:
    hidden, front = layer("hidden", waves(HEIGHT, WIDTH)), layer("front", waves(HEIGHT, WIDTH, 1.0))

    frame = Compositor(WIDTH, HEIGHT).compose([hidden, front])

    assert frame is Compositor(WIDTH, HEIGHT).compose(
        [PlacedPicture(layer="only", picture=Picture(frame, 1), rect=WHOLE_CANVAS)]
    )
    assert quality_db(frame, waves(HEIGHT, WIDTH, 1.0)) > GOOD_DB


def test_a_fade_mixes_both_scenes() -> None:
    one, other = waves(HEIGHT, WIDTH), waves(HEIGHT, WIDTH, 2.0)
    before = Compositor(WIDTH, HEIGHT).compose([layer("one", one)])
    behind = Compositor(WIDTH, HEIGHT).compose([layer("other", other)])

    assert faded(before, behind, 0.0) is before
    assert faded(before, behind, 1.0) is behind
    assert quality_db(faded(before, behind, 0.25), one * 0.75 + other * 0.25) > GOOD_DB


def test_a_rectangle_off_the_chroma_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="chroma grid"):
        PixelRect(1, 0, 64, 64)


def inset_layer(
    whole: FloatPicture, box: tuple[int, int, int, int], rect: PixelRect, crop: Crop = WHOLE
) -> PlacedPicture:
    """Return a layer whose picture is there only in a box of left, top, right and bottom."""
    left, top, right, bottom = box
    part = picture_of(np.ascontiguousarray(whole[top:bottom, left:right]))
    inset = Inset(x=left, y=top, width=whole.shape[1], height=whole.shape[0])
    return PlacedPicture(layer="part", picture=replace(part, inset=inset), rect=rect, crop=crop)


def in_a_wide_place(logo: FloatPicture, x: int, y: int) -> FloatPicture:
    place = np.zeros((HEIGHT, WIDTH, 4))
    place[y : y + logo.shape[0], x : x + logo.shape[1]] = logo
    return place


@pytest.mark.parametrize(
    ("rect", "crop"),
    [
        (WHOLE_CANVAS, WHOLE),
        (PixelRect(-30, 20, WIDTH, HEIGHT), WHOLE),
        (PixelRect(10, 20, WIDTH - 100, HEIGHT - 80), Crop(60, 50, 40, 30)),
        (PixelRect(0, 0, WIDTH - 260, HEIGHT - 100), Crop(40, 30, 220, 70)),
    ],
    ids=["whole", "moved", "cropped around it", "cropped through it"],
)
def test_a_picture_of_which_only_a_part_is_there_looks_like_the_whole_one(
    rect: PixelRect, crop: Crop
) -> None:
    base, place = layer("base", waves(HEIGHT, WIDTH)), in_a_wide_place(disc(96, 8.0), 70, 56)

    part = Compositor(WIDTH, HEIGHT).compose([base, inset_layer(place, (64, 52, 170, 156), rect, crop)])
    whole = Compositor(WIDTH, HEIGHT).compose([base, layer("whole", place, rect, crop=crop)])

    for one, other in zip(planes_of(part), planes_of(whole), strict=True):
        assert np.array_equal(one, other)


def test_a_part_that_is_scaled_is_completed_first() -> None:
    base, place = layer("base", waves(HEIGHT, WIDTH)), in_a_wide_place(disc(96, 8.0), 70, 56)
    rect = PixelRect(100, 60, 160, 90)

    part = Compositor(WIDTH, HEIGHT).compose([base, inset_layer(place, (64, 52, 170, 156), rect)])
    whole = Compositor(WIDTH, HEIGHT).compose([base, layer("whole", place, rect)])

    for one, other in zip(planes_of(part), planes_of(whole), strict=True):
        assert np.array_equal(one, other)


def test_a_part_that_is_cropped_away_costs_nothing_and_shows_nothing() -> None:
    base, place = layer("base", waves(HEIGHT, WIDTH)), in_a_wide_place(disc(96, 8.0), 70, 56)
    compositor = Compositor(WIDTH, HEIGHT)
    alone = compositor.compose([base])
    crop = Crop(200, 0, 0, 0)
    both = compositor.compose(
        [base, inset_layer(place, (64, 52, 170, 156), PixelRect(0, 0, WIDTH - 200, HEIGHT), crop)]
    )
    assert both is alone


def test_a_place_that_the_chroma_grid_made_a_little_larger_does_not_scale_what_was_painted_for_it() -> None:
    base, place = layer("base", waves(HEIGHT, WIDTH)), in_a_wide_place(disc(96, 8.0), 70, 56)
    exact = Compositor(WIDTH, HEIGHT).compose([base, inset_layer(place, (64, 52, 170, 156), WHOLE_CANVAS)])
    larger = PixelRect(0, 0, WIDTH + 2, HEIGHT + 2)
    nearly = Compositor(WIDTH, HEIGHT).compose([base, inset_layer(place, (64, 52, 170, 156), larger)])
    for one, other in zip(planes_of(exact), planes_of(nearly), strict=True):
        assert np.array_equal(one, other)


def test_sparse_letters_and_solid_bars_look_right_however_they_are_cut_into_patches() -> None:
    base, marks = waves(HEIGHT, WIDTH), np.zeros((HEIGHT, WIDTH, 4))
    marks[..., :3] = waves(HEIGHT, WIDTH, 1.0)
    marks[20:30, 10:300, 3] = 1.0
    marks[40:56, 100:110, 3] = 0.5
    marks[56:120, 104:260, 3] = 1.0
    marks[176:180, 0:2, 3] = 0.7
    frame = Compositor(WIDTH, HEIGHT).compose([layer("base", base), layer("marks", marks)])
    reference = base.copy()
    over(reference, marks, 0, 0)
    assert quality_db(frame, reference) > 38  # hard edges: 4:2:0 cannot hold them


def test_a_layer_that_cannot_be_converted_takes_no_other_off_the_picture(
    caplog: pytest.LogCaptureFixture,
) -> None:
    base, broken = layer("base", waves(HEIGHT, WIDTH)), layer("broken", waves(HEIGHT, WIDTH))
    compositor = Compositor(WIDTH, HEIGHT)
    for _ in range(2):
        frame = compositor.compose([base, replace(broken, crop=Crop(left=10 * WIDTH))])
        assert quality_db(frame, waves(HEIGHT, WIDTH)) > GOOD_DB
    assert caplog.text.count("cannot be shown") == 1
    assert compositor.compose([base, broken]) is not None


def test_a_picture_that_is_ready_is_drawn_as_it_is_where_it_is_whole_and_in_its_own_size() -> None:
    black = layer("base", np.zeros((HEIGHT, WIDTH, 3)))
    white, grey = (np.concatenate([np.full((64, 64, 3), each), np.ones((64, 64, 1))], 2) for each in (1, 0.5))
    prepared = Overlay(Converter().premultiplied(picture_of(white).frame, 64, 64), 1.0)
    square = replace(picture_of(grey), ready=prepared)

    def luma(rect: PixelRect, crop: Crop = WHOLE, opacity: float = 1.0) -> int:
        placed = PlacedPicture(layer="square", picture=square, rect=rect, crop=crop, opacity=opacity)
        frame = Compositor(WIDTH, HEIGHT).compose([black, placed])
        return int(planes_of(frame)[0][rect.y + 16, rect.x + 16])

    assert luma(PixelRect(20, 10, 64, 64)) >= 234
    half = round(16 + 219 * 128 / 255)
    assert abs(luma(PixelRect(20, 10, 32, 32)) - half) <= 1, "scaled"
    assert abs(luma(PixelRect(20, 10, 32, 64), Crop(0, 0, 32, 0)) - half) <= 1, "cropped"
    assert abs(luma(PixelRect(20, 10, 64, 64), opacity=0.5) - (half + 16) / 2) <= 1, "faded"


@pytest.mark.parametrize("zoom", [1.0, 2.0, 8 / 3])
def test_planes_of_a_camera_are_scaled_without_a_change_of_colour_or_siting(zoom: float) -> None:
    width, height = round(zoom * WIDTH), round(zoom * HEIGHT)
    frame = blank_frame(width, height)
    for plane, level in zip(planes_of(frame), yuv420(waves(height, width, zoom=zoom)), strict=True):
        plane[:] = np.round(level)

    placed = PlacedPicture(layer="camera", picture=Picture(frame, 1), rect=WHOLE_CANVAS)

    assert quality_db(Compositor(WIDTH, HEIGHT).compose([placed]), waves(HEIGHT, WIDTH)) > GOOD_DB
