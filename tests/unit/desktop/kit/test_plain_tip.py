from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from tests.unit.desktop.driver import show

HOSTILE = "<b>Bold</b><img src='http://example.invalid/x.png'> & <i>more</i>"


def shown(tip: str) -> str:
    """Return what Qt makes of a tooltip's text."""
    document = QTextDocument()
    if "<qt>" in tip:
        document.setHtml(tip)
    else:
        document.setPlainText(tip)
    return document.toPlainText()


@pytest.mark.parametrize("text", ["Screen", "a < b", "Q & A", "<not a tag", HOSTILE, "<br>", ""])
def test_a_tooltip_shows_a_name_letter_by_letter(text: str) -> None:
    assert shown(plain_tip(text)) == text


def test_a_name_without_markup_is_left_as_it_is() -> None:
    assert plain_tip("Q & A") == "Q & A"


def test_the_kit_shows_names_in_tooltips_as_they_are() -> None:
    light = Light()
    light.show_light(LightKind.BAD, HOSTILE)
    label = show(Label(HOSTILE, elide=True), 40, 20)
    label.grab()
    for widget in (light, label, IconButton("eye", HOSTILE)):
        assert shown(widget.toolTip()) == HOSTILE
