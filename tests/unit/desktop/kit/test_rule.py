"""A rule is a line of one pixel, as long as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.rule import Rule
from powerstream_desktop.desktop.look.look import look
from tests.unit.desktop.driver import show


def test_it_lies_across_and_stands_upright_one_pixel_thick() -> None:
    root = QWidget()
    across, upright = Rule(), Rule(Qt.Orientation.Vertical)
    lines = QVBoxLayout(root)
    lines.addWidget(across)
    below = QHBoxLayout()
    below.addWidget(upright)
    lines.addLayout(below, 1)
    show(root, 300, 200)
    root.grab()
    assert (across.height(), upright.width()) == (1, 1)
    assert across.width() > 250
    assert upright.height() > 100


def test_it_has_the_colour_of_lines() -> None:
    rule = Rule()
    rule.resize(40, 1)
    assert rule.grab().toImage().pixelColor(20, 0) == look().palette.line
