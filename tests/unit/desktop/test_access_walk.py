from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QSpinBox, QVBoxLayout, QWidget

from tests.unit.desktop.access_walk import keyboard_order, nameless
from tests.unit.desktop.driver import show


def page_of(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    for widget in widgets:
        layout.addWidget(widget)
    return page


def test_a_control_without_name_words_or_label_is_found() -> None:
    assert nameless(page_of(QLineEdit())) == ["QLineEdit '' in QWidget ''"]


def test_a_name_words_or_a_label_are_enough() -> None:
    named, labelled, label = QLineEdit(), QLineEdit(), QLabel("Server")
    named.setAccessibleName("Title")
    label.setBuddy(labelled)
    assert nameless(page_of(named, label, labelled, QPushButton("Check"))) == []


def test_the_parts_of_a_named_widget_need_no_names_of_their_own() -> None:
    spin, rows = QSpinBox(), QListWidget()
    spin.setAccessibleName("Bitrate")
    rows.setAccessibleName("Scenes")
    assert nameless(page_of(spin, rows)) == []


def test_a_list_without_a_name_is_found() -> None:
    assert len(nameless(page_of(QListWidget()))) == 1


def test_the_keyboards_order_is_that_of_the_page() -> None:
    first, second, hidden = QPushButton("One"), QPushButton("Two"), QPushButton("Hidden")
    page = page_of(first, hidden, second)
    hidden.setVisible(False)
    show(page)
    order = keyboard_order(page)
    assert order.index(first) < order.index(second)
    assert hidden not in order
