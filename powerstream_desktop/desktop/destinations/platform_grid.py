"""The platforms that can be added, each as a button with its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from powerstream_desktop.desktop.destinations.platform_facts import PlatformFacts
from powerstream_desktop.desktop.kit.buttons import Button

_COLUMNS: Final = 4
_TILE_PX: Final = 56


class PlatformGrid(QWidget):
    """Shows them in the catalogue's order.

    Args:
        parent: where it lives.
    """

    chosen = Signal(object)
    """A ``PlatformFacts``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)

    def show_platforms(self, platforms: Sequence[PlatformFacts]) -> None:
        """Show these; called once."""
        for number, facts in enumerate(platforms):
            tile = Button(facts.name.replace("&", "&&"))
            tile.setMinimumHeight(_TILE_PX)
            tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            tile.clicked.connect(lambda _=False, facts=facts: self.chosen.emit(facts))
            self._grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
