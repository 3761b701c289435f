from __future__ import annotations

from powerstream_desktop.engine.ink import Planes
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.sources.letters import _GLYPHS, draw_text, plain, text_width

DOT = 2


def drawn(text: str) -> Planes:
    """Draw white on black, two pixels from the left edge."""
    planes = planes_of(blank_frame(32, 16))
    for plane, level in zip(planes, (16, 128, 128), strict=True):
        plane[:] = level
    draw_text(planes, text, 2, 0, DOT, (235, 128, 128))
    return planes


def test_each_sign_has_a_look_of_its_own_and_stays_within_its_grid() -> None:
    looks = set()
    for sign in _GLYPHS:
        luma = drawn(sign)[0]
        looks.add(luma.tobytes())
        outside = (luma[:, :2], luma[:, 2 + 5 * DOT :], luma[7 * DOT :])
        assert [int(part.max()) for part in outside] == [16, 16, 16], sign
    assert len(looks) == len(_GLYPHS)


def test_small_letters_and_accents_are_drawn_as_plain_capitals() -> None:
    assert drawn("é")[0].tobytes() == drawn("E")[0].tobytes()


def test_signs_that_are_not_there_are_drawn_as_boxes() -> None:
    assert drawn("日")[0].tobytes() == drawn("中")[0].tobytes()
    assert drawn("日")[0].tobytes() != drawn(" ")[0].tobytes()


def test_the_width_of_a_text_is_told_beforehand() -> None:
    assert (plain("é!"), text_width("é!", 4), text_width("", 4)) == ("E!", 44, 0)
    lit = drawn("HI")[0].max(axis=0) > 16
    assert lit[2]
    assert not lit[2 + text_width("HI", DOT) :].any()
