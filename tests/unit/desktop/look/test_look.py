from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.look.icons import ApplicationIcon
from powerstream_desktop.desktop.look.letters import FAMILY, letters
from powerstream_desktop.desktop.look.look import Look, look
from powerstream_desktop.desktop.look.palette import DARK, HIGH_CONTRAST, LIGHT
from powerstream_desktop.desktop.look.restyle import set_style_property
from powerstream_desktop.desktop.look.theme import ThemeName, palette_of
from tests.unit.desktop.driver import let_go, show, wait_for


@pytest.fixture
def worn() -> Iterator[Look]:
    yield look()
    look().use("dark")
    look().set_text_size(100)


def test_there_is_one_look(worn: Look) -> None:
    assert look() is worn


def test_the_letters_are_the_programs_own(worn: Look) -> None:
    assert QFontInfo(QApplication.font()).family() == FAMILY


@pytest.mark.parametrize(
    "weight", [QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold]
)
def test_figures_of_every_weight_have_one_width(worn: Look, weight: QFont.Weight) -> None:
    metrics = QFontMetricsF(letters(100, weight=weight))
    assert metrics.horizontalAdvance("1111111111") == pytest.approx(
        metrics.horizontalAdvance("0987654320"), abs=0.1
    )


def test_figures_keep_their_width_where_the_style_sheet_sets_the_size(worn: Look) -> None:
    label = QLabel("1")
    set_style_property(label, "letters", "large")
    show(label)
    metrics = QFontMetricsF(label.font())
    assert label.font().pixelSize() == 15
    assert metrics.horizontalAdvance("1111111111") == pytest.approx(
        metrics.horizontalAdvance("0987654320"), abs=0.1
    )


def test_the_fonts_licence_travels_with_them() -> None:
    assert "SIL OPEN FONT LICENSE" in (resource_path("fonts/inter") / "Inter-LICENSE.txt").read_text("utf-8")


def test_a_theme_is_put_on_at_once_and_told_once(worn: Look) -> None:
    told: list[str] = []
    worn.changed.connect(lambda: told.append(worn.palette.name))

    worn.use("light")
    worn.use("light")

    assert told == ["light"]
    assert QApplication.palette().color(QPalette.ColorRole.WindowText) == LIGHT.text
    assert LIGHT.accent.name() in QApplication.instance().styleSheet()  # type: ignore[union-attr]


def test_a_theme_that_is_not_known_is_the_systems(worn: Look) -> None:
    worn.use("neon")
    assert worn.theme is ThemeName.SYSTEM


@pytest.mark.parametrize(("wanted", "given"), [(10, 90), (90, 90), (125, 125), (150, 150), (400, 150)])
def test_the_text_size_stays_within_what_the_layouts_hold(worn: Look, wanted: int, given: int) -> None:
    worn.set_text_size(wanted)
    assert worn.text_percent == given
    assert QApplication.font().pixelSize() == round(13 * given / 100)


def test_widgets_that_stand_already_follow_the_text_size(worn: Look) -> None:
    button = show(QPushButton("Check"))
    height = button.sizeHint().height()
    worn.set_text_size(150)
    assert button.sizeHint().height() > height


def test_icons_follow_the_theme(worn: Look) -> None:
    button = show(IconButton("hold", "Hold"))
    before = button.icon().cacheKey()
    worn.use("light")
    assert button.icon().cacheKey() != before


def test_a_property_that_changed_later_is_styled(worn: Look) -> None:
    label = show(QLabel("Slow"))
    set_style_property(label, "tone", "warn")
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.warn


def test_a_picture_fits_the_screen_of_its_widget(worn: Look) -> None:
    assert worn.pixmap("eye", 20, DARK.accent, QWidget()).deviceIndependentSize().width() == 20


@pytest.mark.parametrize("kind", ApplicationIcon)
def test_the_programs_icon_has_a_large_size(worn: Look, kind: ApplicationIcon) -> None:
    assert max(size.width() for size in worn.application_icon(kind).availableSizes()) == 256


@pytest.mark.parametrize(
    ("theme", "is_light", "wants_contrast", "palette"),
    [
        (ThemeName.SYSTEM, False, False, DARK),
        (ThemeName.SYSTEM, True, False, LIGHT),
        (ThemeName.SYSTEM, True, True, HIGH_CONTRAST),
        (ThemeName.DARK, True, True, DARK),
        (ThemeName.LIGHT, False, True, LIGHT),
        (ThemeName.HIGH_CONTRAST, True, False, HIGH_CONTRAST),
    ],
)
def test_only_the_systems_theme_asks_the_system(
    theme: ThemeName, is_light: bool, wants_contrast: bool, palette: object
) -> None:
    assert palette_of(theme, system_is_light=is_light, system_wants_contrast=wants_contrast) is palette


def test_no_page_has_a_style_sheet_of_its_own() -> None:
    desktop = Path(__file__).parents[4] / "powerstream_desktop" / "desktop"
    allowed = desktop / "look" / "look.py"
    assert [
        path
        for path in desktop.rglob("*.py")
        if "setStyleSheet" in path.read_text("utf-8") and path != allowed
    ] == []


def test_what_is_typed_keeps_its_room_when_the_letters_grow(worn: Look) -> None:
    line, spin = QLineEdit("rtmp://"), QSpinBox()
    page = QWidget()
    layout = QVBoxLayout(page)
    for widget in (line, spin):
        layout.addWidget(widget)
    show(page)
    worn.set_text_size(150)
    wait_for(lambda: line.height() >= line.sizeHint().height() and spin.height() >= spin.sizeHint().height())
    assert line.sizeHint().height() > 34


def test_the_systems_theme_follows_the_system_and_a_chosen_one_does_not(
    worn: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    worn.changed.connect(lambda: told.append(worn.palette.name))
    hints = QGuiApplication.styleHints()
    is_light = False
    monkeypatch.setattr("powerstream_desktop.desktop.look.look.system_is_light", lambda: is_light)

    worn.use("system")
    is_light = True
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert (worn.palette, told) == (LIGHT, ["dark", "light"])

    worn.use("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert (worn.palette, told) == (DARK, ["dark", "light", "dark"])


def test_the_systems_wish_for_contrast_goes_first(worn: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        pytest.skip("Qt before 6.10 cannot tell")
    worn.use("system")
    monkeypatch.setattr("powerstream_desktop.desktop.look.look.system_wants_contrast", lambda: True)
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert worn.palette is HIGH_CONTRAST


def test_a_button_that_is_gone_hears_nothing_of_another_theme(worn: Look) -> None:
    button = IconButton("eye", "Look")
    button.deleteLater()
    let_go()
    worn.use("light")
    assert not Shiboken.isValid(button)


def test_icons_and_lights_grow_with_the_letters(worn: Look) -> None:
    button, light = show(IconButton("eye", "Look")), show(Light())
    before = (button.iconSize().width(), light.sizeHint().width())
    worn.set_text_size(150)
    assert (button.iconSize().width(), light.sizeHint().width()) == (27, 24) > before
    assert max(size.width() for size in button.icon().availableSizes()) == 36
