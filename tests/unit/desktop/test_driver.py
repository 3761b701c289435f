from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.unit.desktop.driver import click, control, show, texts, type_text, wait_for


def page_of(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    for widget in widgets:
        layout.addWidget(widget)
    return show(page)


def test_waiting_ends_with_the_condition() -> None:
    done: list[bool] = []
    QTimer.singleShot(1, lambda: done.append(True))
    wait_for(lambda: bool(done))


def test_waiting_for_what_never_comes_fails() -> None:
    with pytest.raises(AssertionError, match="did not come true"):
        wait_for(lambda: False, within_s=0.01)


def test_a_control_is_found_by_what_is_written_on_it() -> None:
    page = page_of(QPushButton("&Check"), QPushButton("Save"))
    assert control(page, "Check", QPushButton).text() == "&Check"


def test_a_control_that_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(AssertionError, match="Save"):
        control(page_of(QPushButton("Save")), "Check")


def test_two_controls_of_one_name_are_no_answer() -> None:
    with pytest.raises(AssertionError, match="2 widgets"):
        control(page_of(QPushButton("Save"), QPushButton("Save")), "Save")


def test_hands_cannot_press_what_is_disabled_or_hidden() -> None:
    off, hidden = QPushButton("Off"), QPushButton("Hidden")
    page_of(off, hidden)
    off.setEnabled(False)
    hidden.setVisible(False)
    for button in (off, hidden):
        with pytest.raises(AssertionError):
            click(button)


def test_typing_reaches_the_field() -> None:
    line = QLineEdit()
    page_of(line)
    type_text(line, "Episode 12")
    assert line.text() == "Episode 12"


def test_only_words_that_can_be_seen_are_read() -> None:
    hidden = QLabel("hidden")
    page = page_of(QLabel("seen"), hidden)
    hidden.setVisible(False)
    assert texts(page) == ["seen"]


def test_what_qt_warns_of_is_noted(qt_complains: list[str]) -> None:
    qWarning("a warning of Qt's")
    assert "a warning of Qt's" in qt_complains[0]
    qt_complains.clear()


def test_what_is_raised_in_a_slot_is_noted(qt_complains: list[str]) -> None:
    button = QPushButton("Check")
    button.clicked.connect(lambda: 1 // 0)
    page_of(button)
    click(button)
    assert "ZeroDivisionError" in qt_complains[0]
    qt_complains.clear()
