from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.compositor.converter import Converter, has_alpha
from powerstream_desktop.engine.scene.sources import Alignment, Colour, TextContent, TextKind
from powerstream_desktop.engine.sources.text import TextSource
from tests.unit.engine.sources.captures import FakeClock
from tests.unit.engine.sources.qt_application import host_with_application

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray

CANVAS = (640, 360)
BIG = TextContent(text="Hello", size=0.3)


def opened(content: TextContent, wall_clock: FakeClock | None = None) -> TextSource:
    source = TextSource(content, host_with_application(), CANVAS, wall_clock=wall_clock or FakeClock())
    source.open()
    return source


def pixels(frame: av.VideoFrame) -> NDArray[np.uint8]:
    return np.asarray(frame.to_ndarray(format="rgba"), np.uint8)


def painted(content: TextContent) -> NDArray[np.uint8]:
    return pixels(opened(content).picture_at(0.0).frame)


def columns(content: TextContent) -> NDArray[np.intp]:
    return np.flatnonzero(painted(content)[..., 3].any(axis=0))


def rows(content: TextContent) -> NDArray[np.intp]:
    return np.flatnonzero(painted(content)[..., 3].any(axis=1))


def test_a_text_is_painted_in_its_colour_with_straight_alpha() -> None:
    frame = opened(replace(BIG, colour=Colour(200, 100, 50))).picture_at(0.0).frame
    image = pixels(frame)
    assert has_alpha(frame)
    assert (frame.width, frame.height) == CANVAS
    assert image[0, 0, 3] == 0
    inside = image[image[..., 3] == 255]
    assert len(inside) > 500
    assert (inside[:, :3] == (200, 100, 50)).all()
    edges = image[(image[..., 3] > 100) & (image[..., 3] < 255)]
    assert np.abs(edges[:, :3].astype(int) - (200, 100, 50)).max() <= 2  # not darkened by its alpha


def test_the_compositor_takes_it() -> None:
    frame = opened(BIG).picture_at(0.0).frame
    converted = Converter().premultiplied(frame, 320, 180)
    assert (converted.width, converted.height) == (320, 180)


def test_it_stands_in_the_middle_of_its_place() -> None:
    across, down = columns(BIG), rows(BIG)
    assert abs((across[0] + across[-1]) / 2 - CANVAS[0] / 2) < 10
    assert abs((down[0] + down[-1]) / 2 - CANVAS[1] / 2) < 30


def test_alignment_moves_the_lines_whatever_the_script() -> None:
    for words in ("Hello", "שלום"):
        left = columns(replace(BIG, text=words, alignment=Alignment.LEFT))
        right = columns(replace(BIG, text=words, alignment=Alignment.RIGHT))
        assert left[0] < 20
        assert right[-1] > CANVAS[0] - 20


def test_a_line_is_as_high_as_asked() -> None:
    one = rows(replace(BIG, text="Hg", size=0.2))
    two = rows(replace(BIG, text="Hg\nHg", size=0.2))
    assert abs(len(range(two[0], two[-1])) - len(range(one[0], one[-1])) - 0.2 * CANVAS[1]) <= 2


def test_a_long_line_is_broken_to_its_place() -> None:
    source = opened(replace(BIG, text="one two three four", size=0.1))
    wide = pixels(source.picture_at(0.0).frame)
    source.show_at(120, 360)
    narrow_picture = source.picture_at(0.0)
    narrow = pixels(narrow_picture.frame)
    assert (narrow_picture.frame.width, narrow_picture.frame.height) == (120, 360)
    assert np.ptp(np.flatnonzero(narrow[..., 3].any(axis=1))) > np.ptp(
        np.flatnonzero(wide[..., 3].any(axis=1))
    )


def test_an_outline_surrounds_the_letters() -> None:
    plain = painted(BIG)
    outlined = painted(replace(BIG, outline=0.05, outline_colour=Colour(255, 0, 0)))
    red = (outlined[..., 0] > 200) & (outlined[..., 1] < 50) & (outlined[..., 3] == 255)
    white = (outlined[..., :3] == 255).all(axis=-1) & (outlined[..., 3] == 255)
    assert red.sum() > 300
    assert abs(int(white.sum()) - int((plain[..., 3] == 255).sum())) < 0.15 * int(white.sum())


def test_bold_is_heavier() -> None:
    assert painted(replace(BIG, bold=True))[..., 3].sum() > 1.1 * painted(BIG)[..., 3].sum()


def test_markup_is_written_as_it_stands() -> None:
    assert len(columns(replace(BIG, text="<b>x</b>", size=0.1))) > 2 * len(
        columns(replace(BIG, text="x", size=0.1))
    )


@pytest.mark.parametrize(
    "words", ["", "\u202eabc", "ﷺ", "👩‍👩‍👧‍👦🎉", "e\u0301\u0301\u0301", "a\0b\x1b[31m", "\ud800", "𝔘𝔫𝔦"]
)
def test_any_characters_can_be_painted(words: str) -> None:
    assert painted(replace(BIG, text=words)).shape == (360, 640, 4)


def test_letters_of_many_scripts_are_there_without_any_font_of_the_system() -> None:
    boxes = painted(replace(BIG, text="\U000fffff" * 3))
    for words in ("abc", "жук", "αβγ", "עבר"):
        assert not np.array_equal(painted(replace(BIG, text=words)), boxes)


def test_it_is_painted_again_only_when_something_changed() -> None:
    source = opened(BIG)
    first = source.picture_at(0.0)
    assert source.picture_at(1.0) is first
    source.show_at(*CANVAS)
    assert source.picture_at(2.0) is first
    source.show_at(320, 180)
    assert source.picture_at(3.0).serial == first.serial + 1


def test_a_countdown_is_painted_once_a_second_and_stays_at_its_end() -> None:
    wall = FakeClock()
    content = TextContent(text="", kind=TextKind.COUNTDOWN, countdown_to_s=wall.now + 2, size=0.3)
    source = opened(content, wall)
    serials = []
    for _ in range(40):
        serials.append(source.picture_at(0.0).serial)
        wall.now += 0.1
    assert serials[-1] == 3  # 00:02, 00:01, 00:00
    assert source.capabilities.is_static is False


def test_a_text_that_was_not_opened_has_no_picture() -> None:
    with pytest.raises(BugError):
        TextSource(BIG, host_with_application(), CANVAS).picture_at(0.0)
