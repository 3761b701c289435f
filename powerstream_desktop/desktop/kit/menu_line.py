"""A line between the entries of a menu that somebody keeps hold of, to hide it with what stands below it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def add_line(menu: QMenu) -> QAction:
    """Add a line below the entries that a menu has, and return it.

    Made here and not by the menu: a Python object that stands for one of Qt's making ends when one does that stands for a parent of
    Qt's making, such as a scroll area's viewport that somebody asked for.
    """
    line = QAction(menu)
    line.setSeparator(True)
    menu.addAction(line)
    return line
