from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from powerstream_desktop.desktop.look.palette import DARK, HIGH_CONTRAST, PALETTES, Palette

GROUNDS = ("bg", "surface", "raised")
LETTERS = ("text", "muted", "faint", "accent", "live_text", "ok", "warn", "err")
INKS = (("accent_ink", "accent"), ("go_ink", "go"), ("bg", "warn"))
LEAST_FOR_LETTERS = 4.5
LEAST_FOR_SHAPES = 3.0

in_each_theme = pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)


@in_each_theme
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("letters", LETTERS)
def test_all_letters_stand_out_from_every_ground(palette: Palette, letters: str, ground: str) -> None:
    assert contrast(getattr(palette, letters), getattr(palette, ground)) >= LEAST_FOR_LETTERS


@in_each_theme
@pytest.mark.parametrize(("ink", "ground"), INKS)
def test_words_on_a_coloured_button_stand_out(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= LEAST_FOR_LETTERS


@in_each_theme
@pytest.mark.parametrize("letters", ["text", "muted", "accent", "ok", "warn", "err"])
def test_what_the_pointer_is_over_can_still_be_read(palette: Palette, letters: str) -> None:
    assert contrast(getattr(palette, letters), palette.hover) >= LEAST_FOR_LETTERS


@in_each_theme
@pytest.mark.parametrize("shape", ["ok", "warn", "err", "idle", "live", "accent"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_shapes_of_lights_and_rings_stand_out(palette: Palette, shape: str, ground: str) -> None:
    assert contrast(getattr(palette, shape), getattr(palette, ground)) >= LEAST_FOR_SHAPES


@in_each_theme
def test_the_lines_of_a_chart_stand_out_and_differ(palette: Palette) -> None:
    assert all(contrast(colour, palette.surface) >= LEAST_FOR_SHAPES for colour in palette.series)
    assert len({colour.name() for colour in palette.series}) == len(palette.series)


def test_high_contrast_is_higher_than_the_dark_theme_and_has_lines_one_can_see() -> None:
    for letters in ("text", "muted", "faint"):
        assert contrast(getattr(HIGH_CONTRAST, letters), HIGH_CONTRAST.surface) >= 7
    assert contrast(HIGH_CONTRAST.line, HIGH_CONTRAST.surface) >= LEAST_FOR_SHAPES
    assert contrast(HIGH_CONTRAST.text, HIGH_CONTRAST.bg) > contrast(DARK.text, DARK.bg)


def test_the_measure_of_contrast_is_the_guidelines_own() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


def contrast(one: QColor, other: QColor) -> float:
    """Return the ratio of contrast by WCAG 2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
