"""Walks a tree of widgets as a screen reader does, and tells what it could not name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QScrollBar, QWidget

from tests.unit.desktop.driver import describe, words_of

_QTS_OWN = "qt_"
"""Qt's own parts within its widgets are named so; they speak for the widget that they are part of."""


def nameless(root: QWidget) -> list[str]:
    """Return all widgets from ``root`` down that the keyboard reaches and that have no name, no words and no label."""
    labelled = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    return [
        _with_place(widget)
        for widget in [root, *root.findChildren(QWidget)]
        if _is_reached(widget) and not _has_name(widget) and widget not in labelled
    ]


def keyboard_order(root: QWidget) -> list[QWidget]:
    """Return what Tab reaches below a window that is shown, in its order, from the first."""
    reached: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        if root.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and _takes_tab(widget):
            reached.append(widget)
        widget = widget.nextInFocusChain()
    return reached


def focus_of(window: QWidget) -> QWidget | None:
    """Return which widget of a window has the keyboard, or would have it if the window were in front."""
    return QApplication.focusWidget() or window.focusWidget()


def _with_place(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{describe(widget)} in {describe(parent)}" if parent is not None else describe(widget)


def _is_reached(widget: QWidget) -> bool:
    if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
        return False
    # A button that has nothing to do yet gets its words with it; the list that a box drops down is read by the box.
    if widget.isHidden() or widget.window().windowType() is Qt.WindowType.Popup:
        return False
    if widget.focusProxy() is not None or widget.objectName().startswith(_QTS_OWN):
        return False
    return not _is_part_of_a_widget(widget)


def _is_part_of_a_widget(widget: QWidget) -> bool:
    """A viewport, or the line within a spin box: Qt hands the focus to the whole."""
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return True
    return parent is not None and parent.focusProxy() is widget


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _has_name(widget: QWidget) -> bool:
    return bool(widget.accessibleName() or words_of(widget))
