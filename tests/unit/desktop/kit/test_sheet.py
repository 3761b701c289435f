from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.kit.sheet import Sheet, SheetFooter
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, texts


def closing(sheet: Sheet) -> list[str]:
    told: list[str] = []
    sheet.closed.connect(lambda: told.append("closed"))
    return told


def test_a_sheet_has_its_title_and_its_width() -> None:
    sheet = show(Sheet("Add destination", 420))
    assert texts(sheet) == ["Add destination"]
    assert (sheet.width(), sheet.width_px) == (420, 420)
    sheet.show_title("Edit Twitch")
    assert (texts(sheet), sheet.accessibleName()) == (["Edit Twitch"], "Edit Twitch")


def test_its_cross_asks_to_be_taken_away() -> None:
    sheet = show(Sheet("Add destination", 420))
    told = closing(sheet)
    click(control(sheet, "Close"))
    assert told == ["closed"]


def test_escape_asks_to_be_taken_away_from_wherever_the_keyboard_is() -> None:
    sheet = Sheet("Add destination", 420)
    button = Button("Check")
    sheet.body.addWidget(button)
    told = closing(show(sheet))
    press(button, Qt.Key.Key_Escape)
    assert told == ["closed"]


def test_a_sheet_without_buttons_has_no_footer() -> None:
    empty, full = Sheet("Log", 420), Sheet("Edit", 420)
    full.footer.addWidget(Button("Save"))
    assert not show(empty).findChildren(SheetFooter)[0].isVisible()
    assert show(full).findChildren(SheetFooter)[0].isVisible()


def test_a_sheet_is_as_high_as_what_it_shows_and_scrolls_when_it_must() -> None:
    sheet, tall = Sheet("Log", 420), QWidget()
    tall.setMinimumHeight(900)
    sheet.body.addWidget(tall)
    assert sheet.sizeHint().height() > 900
    show(sheet, 420, 400)
    bar = sheet.findChildren(Scroll)[0].verticalScrollBar()
    assert sheet.height() == 400
    assert bar.maximum() > 0


def test_words_that_wrap_count_with_all_their_lines() -> None:
    sheet, words = Sheet("Log", 300), QLabel("many words " * 60)
    words.setWordWrap(True)
    sheet.body.addWidget(words)
    show(sheet)
    sheet.resize(300, sheet.sizeHint().height())
    assert sheet.findChildren(Scroll)[0].verticalScrollBar().maximum() == 0


def test_all_of_it_has_names_for_a_screen_reader() -> None:
    sheet = Sheet("Add destination", 420)
    sheet.footer.addWidget(Button("Save"))
    assert nameless(sheet) == []


def test_what_is_too_wide_can_be_scrolled_to() -> None:
    scroll, wide = Scroll(), QWidget()
    wide.setMinimumWidth(600)
    scroll.body.addWidget(wide)
    scroll.setFixedWidth(300)
    assert show(scroll).horizontalScrollBar().maximum() > 0
