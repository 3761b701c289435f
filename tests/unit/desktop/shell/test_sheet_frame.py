"""Sheets lie over the page; the keyboard stays on them, and comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.shell.sheet_frame import SheetFrame
from tests.unit.desktop.driver import let_go, press, show, wait_for


class Stage:
    """A page with a field, and a frame over it."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.page = QWidget(self.window)
        self.field = QLineEdit(self.page)
        QVBoxLayout(self.page).addWidget(self.field)
        QVBoxLayout(self.window).addWidget(self.page)
        self.frame = SheetFrame(self.page)
        show(self.window, 800, 600)
        self.field.setFocus()
        wait_for(lambda: QApplication.focusWidget() is self.field)


class Form(Sheet):
    def __init__(self) -> None:
        super().__init__("A form", 400)
        self.first, self.second = QLineEdit(), QLineEdit()
        self.body.addWidget(self.first)
        self.body.addWidget(self.second)
        self.done = Button("Done")
        self.footer.addWidget(self.done)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_a_sheet_covers_the_page_and_takes_the_keyboard(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    assert stage.frame.geometry() == stage.page.geometry()
    assert form.isVisible()
    assert focused() is form.first


def test_a_sheet_says_where_the_keyboard_shall_be(stage: Stage) -> None:
    form = Form()
    form.second.setFocus()
    stage.frame.open(form)
    assert focused() is form.second


def test_tab_goes_round_within_the_sheet(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    reached = []
    for _ in range(5):
        now = focused()
        assert now is not None
        press(now, Qt.Key.Key_Tab)
        reached.append(focused())
    assert stage.field not in reached
    assert reached[3] is form.first
    assert {form.second, form.done} <= set(reached)
    form.first.setFocus()
    press(form.first, Qt.Key.Key_Backtab)
    assert focused() not in {stage.field, form.first}


def test_escape_closes_it_and_the_keyboard_is_where_it_was(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    press(form.first, Qt.Key.Key_Escape)
    assert stage.frame.sheet is None
    assert not stage.frame.isVisible()
    assert focused() is stage.field


def test_a_sheet_over_a_sheet_leads_back_to_it(stage: Stage) -> None:
    below, above = Form(), Form()
    stage.frame.open(below)
    below.second.setFocus()
    stage.frame.open(above)
    assert not below.isVisible()
    stage.frame.close_topmost()
    assert below.isVisible()
    assert focused() is below.second
    stage.frame.close_all()
    assert stage.frame.sheet is None
    assert focused() is stage.field


def test_a_sheet_below_can_close_without_the_one_above(stage: Stage) -> None:
    below, above = Form(), Form()
    stage.frame.open(below)
    stage.frame.open(above)
    below.dismiss()
    assert stage.frame.sheet is above
    stage.frame.close_topmost()
    assert focused() is stage.field


def test_a_sheet_is_deleted_when_it_is_closed_and_closing_twice_is_harmless(stage: Stage) -> None:
    form = Form()
    gone: list[bool] = []
    form.destroyed.connect(lambda: gone.append(True))
    stage.frame.open(form, "form")
    assert stage.frame.holds("form")
    form.dismiss()
    form.dismiss()
    assert not stage.frame.holds("form")
    let_go()
    assert gone == [True]
    stage.frame.close_topmost()


def test_the_keyboard_does_not_come_back_to_what_is_gone(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    stage.field.deleteLater()
    let_go()
    form.dismiss()
    assert stage.frame.sheet is None


def test_the_keyboard_rests_on_the_window_where_its_place_is_switched_off_meanwhile(stage: Stage) -> None:
    """Not on any other control: the next key would press it."""
    other = QLineEdit(stage.page)
    other.show()
    stage.window.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    form = Form()
    stage.frame.open(form)
    stage.field.setEnabled(False)
    form.dismiss()
    wait_for(lambda: focused() is stage.window)


def test_the_frame_stays_as_large_as_the_page(stage: Stage) -> None:
    stage.frame.open(Form())
    stage.window.resize(1000, 700)
    wait_for(lambda: stage.page.width() > 900)
    assert stage.frame.geometry() == stage.page.geometry()


def test_a_button_that_is_switched_off_while_it_works_has_the_keyboard_back_afterwards(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    form.done.setFocus()
    form.done.setEnabled(False)
    assert focused() is form, "and not its cross, where the next press would close it"
    form.done.setEnabled(True)
    assert focused() is form.done


def test_whoever_goes_elsewhere_while_a_button_works_stays_there(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    form.done.setFocus()
    form.done.setEnabled(False)
    form.first.setFocus()
    form.done.setEnabled(True)
    assert focused() is form.first


def test_escape_closes_a_sheet_whose_button_works(stage: Stage) -> None:
    form = Form()
    stage.frame.open(form)
    form.done.setFocus()
    form.done.setEnabled(False)
    press(form, Qt.Key.Key_Escape)
    assert stage.frame.sheet is None
    assert focused() is stage.field
