"""Hands and eyes for tests of the window: shows widgets, presses and types as a person does, and waits for what is to come."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar, overload

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

PATIENCE_S: Final = 10.0
_STEP_MS: Final = 5
_kept: list[QWidget] = []

WidgetT = TypeVar("WidgetT", bound=QWidget)


def show(widget: WidgetT, width_px: int = 0, height_px: int = 0) -> WidgetT:
    """Show a widget as a window of its own, and return it once it can be used; it lives until the test's end."""
    _kept.append(widget)
    if width_px:
        widget.resize(QSize(width_px, height_px or widget.sizeHint().height()))
    widget.show()
    widget.activateWindow()
    wait_for(widget.isVisible)
    return widget


def wait_for(condition: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    """Let Qt go on until a condition holds; fails after the time given."""
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, f"{condition} did not come true within {within_s} s"
        QTest.qWait(_STEP_MS)
        let_go()


def close_windows() -> None:
    """Close and delete all windows that there are."""
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()
    _kept.clear()
    QCoreApplication.processEvents()
    let_go()


def let_go() -> None:
    """Have what is to be deleted deleted."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def click(
    widget: QWidget,
    place: QPoint | None = None,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Click on a widget that can be clicked on; its middle unless told."""
    assert widget.isVisible(), f"{describe(widget)} is not to be seen"
    assert widget.isEnabled(), f"{describe(widget)} is disabled"
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, modifiers, place if place is not None else widget.rect().center()
    )


def type_text(widget: QWidget, text: str) -> None:
    """Type into a widget that is enabled."""
    assert widget.isEnabled(), f"{describe(widget)} is disabled"
    widget.setFocus()
    QTest.keyClicks(widget, text)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press and release a key on a widget."""
    assert widget.isEnabled(), f"{describe(widget)} is disabled"
    QTest.keyClick(widget, key, modifiers)


@overload
def control(root: QWidget, name: str) -> QWidget: ...
@overload
def control(root: QWidget, name: str, kind: type[WidgetT]) -> WidgetT: ...
def control(root: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    """Return the one widget of a kind below ``root`` with this accessible name or these words; what is not shown comes last."""
    found = [
        widget for widget in root.findChildren(kind) if name in {widget.accessibleName(), words_of(widget)}
    ]
    shown = [widget for widget in found if widget.isVisible()] or found
    assert shown, f"there is no {kind.__name__} named {name!r}; there are {sorted(names(root))}"
    assert len(shown) == 1, (
        f"{len(shown)} widgets are named {name!r}: {[describe(widget) for widget in shown]}"
    )
    return shown[0]


def names(root: QWidget) -> set[str]:
    """Return the names of all that can be found below ``root``."""
    return {
        name
        for widget in root.findChildren(QWidget)
        for name in (widget.accessibleName(), words_of(widget))
        if name
    }


def texts(root: QWidget) -> list[str]:
    """Return all words that can be read below ``root`` now."""
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible() and label.text()]


def words_of(widget: QWidget) -> str:
    """Return what is written on a widget."""
    if isinstance(widget, QAbstractButton):
        return str(widget.text()).replace("&", "")
    return str(widget.text()) if isinstance(widget, QLabel) else ""


def describe(widget: QWidget) -> str:
    """Return a widget in words, for a failing test."""
    return f"{type(widget).__name__} {widget.accessibleName() or words_of(widget)!r}"
