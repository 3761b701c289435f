"""One health figure of the top bar: its name, and below it what it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.figures import NOTHING

WIDTH_PX: Final = 66


class FigureView(QWidget):
    """Shows a figure; what it means, and what to do, is in its tooltip.

    Args:
        name: what it is called.
        parent: the top bar.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._title = Label(name, Tone.FAINT, letters=Letters.TINY)
        self._value = Label(NOTHING, bold=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addWidget(self._value)
        layout.addStretch(1)
        self.setMinimumWidth(WIDTH_PX)

    @property
    def value(self) -> str:
        """What is shown."""
        return self._value.text()

    def show_value(self, value: str, tone: Tone, explanation: str) -> None:
        """Show a value.

        Args:
            value: with its unit; empty for none.
            tone: whether it is as it should be.
            explanation: what it means, and what to do.
        """
        self._value.show_text(value or NOTHING, tone)
        self.setToolTip(plain_tip(explanation))
        self.setAccessibleName(f"{self._name}: {value or NOTHING}")
        self.setAccessibleDescription(explanation)
