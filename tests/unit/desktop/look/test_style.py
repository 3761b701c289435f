from __future__ import annotations

import re

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.look.palette import DARK, LIGHT, PALETTES, Palette
from powerstream_desktop.desktop.look.style import style_sheet

THEMES = resource_path("themes")
SOURCE = (THEMES / "window.qss").read_text("utf-8")
TAKES_FOCUS = (
    "QPushButton",
    "QToolButton",
    "QLineEdit",
    "QPlainTextEdit",
    "QTextEdit",
    "QAbstractSpinBox",
    "QComboBox",
)
TAKES_FOCUS_TOO = (
    "QCheckBox",
    "QRadioButton",
    "QSlider",
    "QAbstractItemView::item",
    "ToggleChip",
    "QTabBar::tab",
)


def test_a_colour_is_that_of_the_theme() -> None:
    assert style_sheet("QLabel { color: @muted; }", DARK, 100, "/t") == "QLabel { color: #9aa6b6; }"
    assert style_sheet("@muted", LIGHT, 100, "/t") == LIGHT.muted.name()


def test_a_faded_colour_says_how_opaque_it_is() -> None:
    assert style_sheet("@fade(ok, 40)", DARK, 100, "/t") == "rgba(49, 208, 127, 102)"


def test_a_colour_that_is_translucent_itself_stays_so() -> None:
    assert style_sheet("@shade", DARK, 100, "/t") == "rgba(4, 6, 9, 176)"


@pytest.mark.parametrize(("percent", "size"), [(90, "12px"), (100, "13px"), (150, "20px")])
def test_letters_follow_the_text_size(percent: int, size: str) -> None:
    assert style_sheet("font-size: @px(13);", DARK, percent, "/t") == f"font-size: {size};"


def test_a_picture_comes_from_the_themes_own_folder() -> None:
    assert (
        style_sheet("@picture(down)", LIGHT, 100, "C:/with blanks/themes")
        == 'url("C:/with blanks/themes/light/down.svg")'
    )


@pytest.mark.parametrize("word", ["@nonsense", "@name", "@series", "@fade(nonsense, 3)"])
def test_a_word_without_meaning_is_refused_by_name(word: str) -> None:
    with pytest.raises(BugError):
        style_sheet(word, DARK, 100, "/t")


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_windows_style_sheet_is_whole_in_every_theme(palette: Palette) -> None:
    sheet = style_sheet(SOURCE, palette, 100, THEMES.as_posix())

    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    assert sheet.count("{") == sheet.count("}")
    for url in re.findall(r'url\("([^"]+)"\)', sheet):
        assert (THEMES / palette.name / url.rsplit("/", 1)[1]).is_file()


def test_every_picture_of_a_theme_is_used() -> None:
    used = set(re.findall(r"@picture\((\w+)\)", SOURCE))
    for palette in PALETTES:
        assert {path.stem for path in (THEMES / palette.name).iterdir()} == used


@pytest.mark.parametrize("selector", TAKES_FOCUS + TAKES_FOCUS_TOO)
def test_whatever_takes_the_focus_shows_it_by_its_border(selector: str) -> None:
    rules = re.findall(r"([^{}]+)\{([^}]*)\}", re.sub(r"/\*.*?\*/", "", SOURCE, flags=re.DOTALL))
    bodies = [
        body
        for selectors, body in rules
        if f"{selector}:focus" in [part.strip() for part in selectors.split(",")]
    ]

    assert any("border" in body and "@accent" in body for body in bodies)


@pytest.mark.parametrize("role", ["primary", "go", "danger", "link"])
def test_every_kind_of_button_has_a_ring_of_its_own(role: str) -> None:
    assert re.search(rf'Button\[role="{role}"\]:focus \{{ border: 2px', SOURCE)
