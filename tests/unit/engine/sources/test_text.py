from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.compositor.compositor import Compositor, PlacedPicture
from powerstream_desktop.engine.compositor.converter import Converter, has_alpha
from powerstream_desktop.engine.compositor.geometry import PixelRect
from powerstream_desktop.engine.compositor.insets import completed
from powerstream_desktop.engine.picture import Picture, planes_of
from powerstream_desktop.engine.scene.sources import Alignment, Colour, TextContent, TextKind
from powerstream_desktop.engine.sources import text_paint
from powerstream_desktop.engine.sources.text import TextSource
from powerstream_desktop.engine.sources.text_ahead import Paint, PaintedWish, TextWish
from tests.unit.engine.sources.captures import FakeClock
from tests.unit.engine.sources.qt_application import host_with_application

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray

CANVAS = (640, 360)
BIG = TextContent(text="Hello", size=0.3)


class FakeAhead:
    """Paints what it was asked for when the test says so.

    Attributes:
        asked: in order; what was painted is not among them any more.
        is_prompt: paint at once.
    """

    def __init__(self, paint: Paint, *, is_prompt: bool = True) -> None:
        self.asked: list[TextWish] = []
        self.is_prompt = is_prompt
        self.is_closed = False
        self.newest: PaintedWish | None = None
        self._paint = paint

    def ask(self, wish: TextWish) -> None:
        if wish not in self.asked:
            self.asked.append(wish)
        if self.is_prompt:
            self.paint()

    def paint(self) -> None:
        wish = self.asked.pop(0)
        self.newest = PaintedWish(wish, self._paint(wish))

    def close(self) -> None:
        self.is_closed = True


def opened(content: TextContent, wall_clock: FakeClock | None = None) -> TextSource:
    source, _ = opened_with_ahead(content, wall_clock or FakeClock())
    return source


def opened_with_ahead(
    content: TextContent, wall_clock: FakeClock, *, is_prompt: bool = True
) -> tuple[TextSource, list[FakeAhead]]:
    """Return a source and what paints ahead for it, if anything does."""
    made: list[FakeAhead] = []

    def make(paint: Paint) -> FakeAhead:
        made.append(FakeAhead(paint, is_prompt=is_prompt))
        return made[-1]

    source = TextSource(content, host_with_application(), CANVAS, wall_clock=wall_clock, paint_ahead=make)
    source.open()
    return source, made


def pixels(frame: av.VideoFrame) -> NDArray[np.uint8]:
    return np.asarray(frame.to_ndarray(format="rgba"), np.uint8)


def whole(picture: Picture) -> NDArray[np.uint8]:
    """Return all of a picture of which only a part is there."""
    assert picture.inset is not None
    return pixels(completed(picture.frame, picture.inset))


def painted(content: TextContent) -> NDArray[np.uint8]:
    return whole(opened(content).picture_at(0.0))


def columns(content: TextContent) -> NDArray[np.intp]:
    return np.flatnonzero(painted(content)[..., 3].any(axis=0))


def rows(content: TextContent) -> NDArray[np.intp]:
    return np.flatnonzero(painted(content)[..., 3].any(axis=1))


def test_a_text_is_painted_in_its_colour_with_straight_alpha() -> None:
    picture = opened(replace(BIG, colour=Colour(200, 100, 50))).picture_at(0.0)
    image = whole(picture)
    assert has_alpha(picture.frame)
    assert picture.size == CANVAS
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
    wide = whole(source.picture_at(0.0))
    source.show_at(120, 360)
    narrow_picture = source.picture_at(0.0)
    narrow = whole(narrow_picture)
    assert narrow_picture.size == (120, 360)
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


@pytest.mark.parametrize("alpha", [255, 100])
def test_an_outline_is_not_cut_off_where_the_line_ends(alpha: int) -> None:
    plain = replace(BIG, text="ÁgO")
    outlined = replace(plain, outline=0.1, outline_colour=Colour(255, 0, 0, alpha))
    width = 0.1 * BIG.size * CANVAS[1]
    for extent in (columns, rows):
        inner, outer = extent(plain), extent(outlined)
        assert inner[0] - outer[0] == pytest.approx(width, abs=2)
        assert outer[-1] - inner[-1] == pytest.approx(width, abs=2)


def test_an_outline_that_lets_something_through_is_as_strong_where_letters_overlap() -> None:
    image = painted(replace(BIG, text="VAVA", outline=0.15, outline_colour=Colour(255, 0, 0, 100)))
    edges = image[(image[..., 0] > 200) & (image[..., 1] < 50)]
    assert len(edges) > 500
    assert edges[:, 3].max() <= 125, "twice would be 161; the smooth rim of the letters adds a little"


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


@pytest.mark.parametrize(
    "words", ["Hello", "Ǻ\u0301\u0301\u0301 g̣̣̣", "שלום, עולם", "ﷺ", "ffi\nj", "👩‍👩‍👧‍👦🎉", "A" * 200, "", " "]
)
@pytest.mark.parametrize("alignment", list(Alignment))
def test_nothing_of_a_text_lies_outside_the_part_that_is_painted(words: str, alignment: Alignment) -> None:
    content = replace(
        BIG,
        text=words,
        size=0.2,
        alignment=alignment,
        outline=0.1,
        outline_colour=Colour(255, 0, 0),
        bold=True,
    )
    source = opened(content)
    part = source.picture_at(0.0)
    with pytest.MonkeyPatch.context() as patch:
        # With a grid as large as the place, the whole place is painted.
        patch.setattr(text_paint, "_GRID_PX", max(CANVAS))
        everything = opened(content).picture_at(0.0)
    assert part.inset is not None
    assert everything.frame.width == CANVAS[0] or not words.strip()
    painted_part, all_of_it = whole(part)[..., 3].astype(int), whole(everything)[..., 3].astype(int)
    inside = np.zeros(all_of_it.shape, bool)
    x, y = part.inset.x, part.inset.y
    inside[y : y + part.frame.height, x : x + part.frame.width] = True
    assert all_of_it[~inside].max(initial=0) <= 16
    # Qt smooths the edge of an outline a little differently on another ground.
    assert np.abs(painted_part - all_of_it).max() <= 48


def test_a_clock_in_a_large_place_is_painted_where_it_stands_only() -> None:
    wall = FakeClock()
    source = opened(TextContent(text="%H:%M:%S", kind=TextKind.CLOCK, size=0.1), wall)
    first = source.picture_at(0.0)
    wall.now += 1
    assert source.picture_at(0.0) is first  # it is being painted
    second = source.picture_at(0.0)
    assert first.frame.width * first.frame.height < 0.25 * CANVAS[0] * CANVAS[1]
    assert second is not first
    assert second.inset == first.inset  # nothing downstream is set up anew


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


def test_a_clock_is_painted_half_a_second_ahead_and_never_by_who_asks_for_its_picture() -> None:
    wall = FakeClock()
    content = TextContent(text="%S", kind=TextKind.CLOCK)
    source, [ahead] = opened_with_ahead(content, wall, is_prompt=False)
    before = source.picture_at(0.0)
    wall.now += 0.4
    assert source.picture_at(0.0) is before
    assert ahead.asked == []
    wall.now += 0.2
    assert source.picture_at(0.0) is before
    assert [wish.words for wish in ahead.asked] == ["41"]
    wall.now += 0.4
    assert source.picture_at(0.0) is before, "it is not painted yet"
    ahead.paint()
    after = source.picture_at(0.0)
    assert after.serial == before.serial + 1
    assert not np.array_equal(whole(after), whole(before))
    assert ahead.asked == []


def test_a_clock_that_is_moved_is_painted_for_its_new_place_by_who_moves_it() -> None:
    source, [ahead] = opened_with_ahead(TextContent(text="%S", kind=TextKind.CLOCK), FakeClock())
    source.picture_at(0.0)
    source.show_at(320, 180)
    assert source.picture_at(0.0).size == (320, 180)
    assert ahead.newest is None


def test_only_what_changes_by_itself_is_painted_ahead_until_it_is_closed() -> None:
    assert opened_with_ahead(BIG, FakeClock())[1] == []
    source, [ahead] = opened_with_ahead(TextContent(text="", kind=TextKind.COUNTDOWN), FakeClock())
    source.close()
    source.close()
    assert ahead.is_closed


def test_a_text_comes_ready_to_be_drawn() -> None:
    """What the compositor makes of it on the program's thread is the same to the last bit."""
    picture = opened(BIG).picture_at(0.0)
    assert picture.ready is not None
    rect = PixelRect(0, 0, *CANVAS)
    drawn, prepared = (
        planes_of(Compositor(*CANVAS).compose([PlacedPicture(layer="text", picture=each, rect=rect)]))
        for each in (picture, replace(picture, ready=None))
    )
    for one, other in zip(drawn, prepared, strict=True):
        assert np.array_equal(one, other)
    assert drawn[0].max() > 200


def test_a_clock_that_is_set_shows_the_right_time_though_another_was_painted_ahead() -> None:
    wall = FakeClock()
    source = opened(TextContent(text="%H:%M", kind=TextKind.CLOCK), wall)
    wall.now += 19.6
    before = source.picture_at(0.0)
    assert source.picture_at(0.0) is before
    wall.now += 7200
    reference = opened(TextContent(text="%H:%M", kind=TextKind.CLOCK), wall)
    assert source.picture_at(0.0) is before
    assert np.array_equal(whole(source.picture_at(0.0)), whole(reference.picture_at(0.0)))


def test_a_text_that_was_not_opened_has_no_picture() -> None:
    with pytest.raises(BugError):
        TextSource(BIG, host_with_application(), CANVAS).picture_at(0.0)
