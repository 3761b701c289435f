from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtSvg import QSvgRenderer

import powerstream_desktop.desktop
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.look.icons import ICON_NAMES, ApplicationIcon, Icons, application_icon
from powerstream_desktop.desktop.look.palette import DARK, LIGHT
from tests.unit.desktop.pictures import opaque_colours_in

DESKTOP = Path(powerstream_desktop.desktop.__file__).parent
FILES = {path.stem for path in resource_path("icons").iterdir()}
NAMED = re.compile(r"(?:IconButton|\.show_icon|\.icon|\.pixmap)\(\s*\"(\w+)\"")


def test_every_icon_is_a_file_and_every_file_an_icon() -> None:
    assert ICON_NAMES | {kind.value for kind in ApplicationIcon} == FILES


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_can_be_drawn(name: str) -> None:
    assert QSvgRenderer(str(resource_path(f"icons/{name}.svg"))).isValid()


def test_every_icon_that_the_window_names_exists() -> None:
    named = {name for path in DESKTOP.rglob("*.py") for name in NAMED.findall(path.read_text("utf-8"))}
    assert named
    assert named <= ICON_NAMES


def test_every_icon_is_shown_somewhere() -> None:
    texts = [path.read_text("utf-8") for path in DESKTOP.rglob("*.py") if path.name != "icons.py"]
    assert {name for name in ICON_NAMES if not any(f'"{name}"' in text for text in texts)} == set()


@pytest.mark.parametrize("name", sorted(ICON_NAMES))
def test_an_icon_has_the_one_colour_that_was_asked_for_and_room_around_it(name: str) -> None:
    image = Icons(DARK, 1.0).pixmap(name, 20, QColor("#4cb8ff"), 2.0).toImage()

    assert opaque_colours_in(image) == {"#4cb8ff"}
    assert all(image.pixelColor(x, y).alpha() < 250 for x in range(40) for y in (0, 39))


def test_a_picture_for_a_fine_screen_has_more_pixels_and_the_same_size() -> None:
    pixmap = Icons(DARK, 1.5).pixmap("eye", 20, QColor("white"), 1.5)
    assert (pixmap.width(), pixmap.deviceIndependentSize().width()) == (30, 20)


def test_an_icon_is_muted_lights_up_under_the_pointer_and_fades_when_disabled() -> None:
    icon = Icons(DARK, 1.0).icon("hold")
    colours = [_ink(icon, mode) for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Disabled)]
    assert colours == [DARK.muted.name(), DARK.text.name(), DARK.idle.name()]


def test_another_theme_gives_an_icon_other_colours() -> None:
    assert _ink(Icons(LIGHT, 1.0).icon("hold"), QIcon.Mode.Normal) == LIGHT.muted.name()


def test_an_icon_is_drawn_once() -> None:
    icons = Icons(DARK, 1.0)
    assert icons.icon("more") is icons.icon("more")


def test_an_icon_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(BugError, match="unicorn"):
        Icons(DARK, 1.0).icon("unicorn")


def test_the_programs_icon_tells_its_states_apart_even_when_small() -> None:
    images = [_small(application_icon(kind)) for kind in ApplicationIcon]
    assert len({bytes(image.constBits()) for image in images}) == len(images)


def _ink(icon: QIcon, mode: QIcon.Mode) -> str:
    return str(icon.pixmap(QSize(20, 20), 1.0, mode).toImage().pixelColor(10, 10).name())


def _small(icon: QIcon) -> QImage:
    return icon.pixmap(QSize(16, 16), 1.0).toImage()
