from __future__ import annotations

import pytest

from powerstream_desktop.engine.compositor.compositor import Compositor, PlacedPicture
from powerstream_desktop.engine.compositor.geometry import PixelRect
from powerstream_desktop.engine.ink import bt709
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.scene.sources import Colour, ColourContent
from powerstream_desktop.engine.sources.colour import ColourSource


@pytest.mark.parametrize(("alpha", "share"), [(255, 1.0), (128, 128 / 255)])
def test_a_colour_fills_its_place_as_far_as_it_is_opaque(alpha: int, share: float) -> None:
    source = ColourSource(ColourContent(colour=Colour(200, 40, 90, alpha)))
    layer = PlacedPicture(layer="a", picture=source.picture_at(0.0), rect=PixelRect(16, 8, 32, 24))
    y, u, v = planes_of(Compositor(64, 48).compose([layer]))
    wanted = bt709(round(200 * share), round(40 * share), round(90 * share))
    for plane, level, step in ((y, wanted[0], 1), (u, wanted[1], 2), (v, wanted[2], 2)):
        inside = plane[10 // step : 30 // step, 18 // step : 46 // step].astype(int)
        assert abs(inside - level).max() <= 2
    assert y[0, 0] == 16
    assert source.label == "colour #c8285a"
