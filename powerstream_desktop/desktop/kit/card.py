"""A card: a box with a heading, in which a page shows one thing."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone

_HEADER_HEIGHT_PX: Final = 42


class CardHeader(QFrame):
    """The heading's line; a class of its own for the style sheet."""


class Card(QFrame):
    """A card.

    Args:
        title: heading; a card without one has no header until something is added to it.
        parent: where it is shown.

    Attributes:
        body: what is below the heading; without margins, so that rows reach from edge to edge.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(title, Tone.MUTED, bold=True, letters=Letters.SMALL)
        self._header = CardHeader(self)
        self._header.setMinimumHeight(_HEADER_HEIGHT_PX)
        self._line = QHBoxLayout(self._header)
        self._line.setContentsMargins(12, 0, 12, 0)
        self._line.setSpacing(8)
        self._line.addWidget(self._title)
        self._line.addStretch(1)
        self._beside_title = 1
        self._header.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def show_title(self, title: str) -> None:
        """Give it another heading."""
        self._title.show_text(title)
        self._header.setVisible(True)
        self.setAccessibleName(title)

    def add_beside_title(self, widget: QWidget) -> None:
        """Show a widget right after the heading: what it says, such as chips."""
        self._line.insertWidget(self._beside_title, widget)
        self._beside_title += 1
        self._header.setVisible(True)

    def add_to_header(self, widget: QWidget) -> None:
        """Show a widget at the heading's end: what can be done, such as buttons."""
        self._line.addWidget(widget)
        self._header.setVisible(True)
