"""Finds texts that do not fit where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

SLACK_PX: Final = 1
"""Sizes are rounded here and there."""


def clipped(root: QWidget) -> list[str]:
    """Return the texts below a widget, laid out as it is, that are cut off; what may be shortened (``elides``) is left out."""
    return [f"{_path(each, root)}: {words!r}" for each in root.findChildren(QWidget) for words in _lost(each)]


def _lost(widget: QWidget) -> Iterator[str]:
    if not widget.isVisibleTo(widget.window()) or getattr(widget, "elides", False):
        return
    if isinstance(widget, QLabel) and widget.text():
        if _label_is_cut(widget):
            yield widget.text()
    elif isinstance(widget, QAbstractButton | QComboBox):
        words = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
        if words and _is_smaller(widget):
            yield words


def _label_is_cut(label: QLabel) -> bool:
    if not label.wordWrap():
        return _is_smaller(label)
    # A word that is longer than its line is cut at the side, a line too many at the bottom.
    return (
        label.width() + SLACK_PX < label.minimumSizeHint().width()
        or label.height() + SLACK_PX < label.heightForWidth(label.width())
    )


def _is_smaller(widget: QWidget) -> bool:
    hint = widget.sizeHint()
    return widget.width() + SLACK_PX < hint.width() or widget.height() + SLACK_PX < hint.height()


def _path(widget: QWidget, root: QWidget) -> str:
    names = [type(widget).__name__]
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return ".".join(reversed(names[:4]))
