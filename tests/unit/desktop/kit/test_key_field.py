from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.key_field import KeyField
from tests.unit.desktop.access_walk import nameless
from tests.unit.desktop.driver import click, control, press, show, type_text

KEY = "abcd-efgh-ijkl"


@pytest.fixture
def page() -> Iterator[QWidget]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(KeyField("Stream key"))
    layout.addWidget(QLineEdit())
    yield show(page, 400, 120)
    QGuiApplication.clipboard().clear()


@pytest.fixture
def field(page: QWidget) -> KeyField:
    found = page.findChild(KeyField)
    assert isinstance(found, KeyField)
    found.set_key(KEY)
    return found


def line_of(field: KeyField) -> QLineEdit:
    return control(field, "Stream key", QLineEdit)


def test_a_key_is_masked_and_the_focus_does_not_change_that(field: KeyField) -> None:
    line_of(field).setFocus()
    press(line_of(field), Qt.Key.Key_End)
    assert not field.is_revealed
    assert KEY not in line_of(field).displayText()


def test_it_is_shown_only_while_the_button_is_held(field: KeyField) -> None:
    eye = control(field, "Hold to show the key")
    QTest.mousePress(eye, Qt.MouseButton.LeftButton)
    assert field.is_revealed
    assert line_of(field).displayText() == KEY
    QTest.mouseRelease(eye, Qt.MouseButton.LeftButton)
    assert not field.is_revealed


def test_it_is_shown_only_while_the_space_bar_is_held(field: KeyField) -> None:
    eye = control(field, "Hold to show the key")
    QTest.keyPress(eye, Qt.Key.Key_Space)
    assert field.is_revealed
    QTest.keyRelease(eye, Qt.Key.Key_Space)
    assert not field.is_revealed


def test_a_click_that_is_over_leaves_it_masked(field: KeyField) -> None:
    click(control(field, "Hold to show the key"))
    assert not field.is_revealed


def test_it_is_masked_when_the_page_goes_while_the_button_is_held(page: QWidget, field: KeyField) -> None:
    QTest.mousePress(control(field, "Hold to show the key"), Qt.MouseButton.LeftButton)
    page.hide()
    assert not field.is_revealed


def test_it_is_copied_without_being_shown_and_marked_as_a_secret(field: KeyField) -> None:
    click(control(field, "Copy the key"))
    content = QGuiApplication.clipboard().mimeData()
    assert content.text() == KEY
    assert content.data("x-kde-passwordManagerHint").data() == b"secret"
    assert not field.is_revealed
    assert control(field, "Copied").isEnabled()


def test_what_is_pasted_loses_its_blanks_and_is_told(field: KeyField) -> None:
    told: list[str] = []
    field.edited.connect(told.append)
    line_of(field).clear()
    type_text(line_of(field), " xy ")
    assert field.key() == "xy"
    assert told[-1] == "xy"


def test_a_key_that_is_put_in_is_not_told_as_typed(field: KeyField) -> None:
    told: list[str] = []
    field.edited.connect(told.append)
    field.set_key("another")
    assert (told, field.key()) == ([], "another")


def test_without_a_key_there_is_nothing_to_show_or_copy(field: KeyField) -> None:
    field.set_key("")
    field.set_placeholder("A key is kept")
    assert not control(field, "Hold to show the key").isEnabled()
    assert not control(field, "Copy the key").isEnabled()
    assert line_of(field).placeholderText() == "A key is kept"


def test_one_that_is_only_to_be_copied_takes_no_typing(field: KeyField) -> None:
    field.set_read_only(True)
    type_text(line_of(field), "x")
    assert field.key() == KEY


def test_all_of_it_has_names_for_a_screen_reader(field: KeyField) -> None:
    assert nameless(field) == []
