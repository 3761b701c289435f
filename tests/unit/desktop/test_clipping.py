"""What finds texts that do not fit finds them, and no others."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget

from tests.unit.desktop.clipping import clipped
from tests.unit.engine.sources.qt_application import host_with_application

host_with_application()


def lost(widget: QWidget, width: int, height: int) -> list[str]:
    """Return what is clipped of a widget of this size in a window."""
    root = QWidget()
    widget.setParent(root)
    widget.setGeometry(0, 0, width, height)
    root.ensurePolished()
    found = clipped(root)
    widget.setParent(None)
    return found


def test_a_label_button_or_choice_that_is_too_narrow_is_found() -> None:
    choice = QComboBox()
    choice.addItem("A long station's name that needs room")
    for widget in (
        QLabel("A long sentence"),
        QPushButton("Go live on all"),
        QCheckBox("Record here"),
        choice,
    ):
        hint = widget.sizeHint()
        assert lost(widget, hint.width(), hint.height()) == []
        assert len(lost(widget, hint.width() - 8, hint.height())) == 1


def test_a_sentence_that_breaks_needs_all_its_lines() -> None:
    label = QLabel("A long sentence that breaks into several lines when there is little room beside it.")
    label.setWordWrap(True)
    needed = label.heightForWidth(200)
    assert lost(label, 200, needed) == []
    assert len(lost(label, 200, needed - 6)) == 1


def test_a_word_longer_than_its_line_is_found() -> None:
    label = QLabel("Donaudampfschifffahrtsgesellschaft")
    label.setWordWrap(True)
    assert len(lost(label, 60, 400)) == 1


class _Title(QLabel):
    elides = True


def test_what_may_be_shortened_or_is_hidden_is_left_out() -> None:
    assert lost(_Title("A long title that may be shortened"), 40, 20) == []
    hidden = QLabel("A long sentence")
    hidden.hide()
    assert lost(hidden, 20, 20) == []
