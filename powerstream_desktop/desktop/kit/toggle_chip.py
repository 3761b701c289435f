"""A chip that can be chosen: chosen ones have a tick."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.return_key import pressed_by_return

_MOST_LETTERS: Final = 48
"""A longer name would make the sheet wider than the window; the tooltip has it whole."""


class ToggleChip(QPushButton):
    """One of several things to choose. Space and Return choose it.

    Args:
        text: plain text; ends in "…" where it is long.
        parent: where it is shown.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show_tick)
        self._show_tick(self.isChecked())

    @property
    def words(self) -> str:
        """What it says, without its tick."""
        return self._words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See ``QWidget``."""
        if not pressed_by_return(self, event):
            super().keyPressEvent(event)

    def _show_tick(self, is_chosen: bool) -> None:
        is_short = len(self._words) <= _MOST_LETTERS
        self.setToolTip("" if is_short else plain_tip(self._words))
        shown = self._words if is_short else f"{self._words[: _MOST_LETTERS - 1]}…"
        plain = shown.replace("&", "&&")  # an ampersand in a name is no mnemonic
        self.setText(f"✓ {plain}" if is_chosen else plain)
