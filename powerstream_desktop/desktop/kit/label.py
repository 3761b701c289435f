"""Words. Always plain text: what looks like markup in a name is part of the name."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.breakable import breakable
from powerstream_desktop.desktop.kit.plain_tip import plain_tip
from powerstream_desktop.desktop.kit.tone import Tone, set_tone


class Letters(Enum):
    """Sizes of letters; the value is what the style sheet calls it."""

    TINY = "tiny"
    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    TITLE = "title"


class Label(QLabel):
    """Words of one tone.

    Args:
        text: plain text.
        tone: how they are meant.
        bold: they are a name or a heading.
        elide: they end in "…" where there is no room for all; the tooltip then has them whole. Otherwise they demand their room.
        letters: their size.
        wrap: they go on in a second line; a word that is longer than a line, too.
        parent: where they are shown.
    """

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.PLAIN,
        bold: bool = False,
        elide: bool = False,
        *,
        letters: Letters = Letters.NORMAL,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("letters", letters.value)
        self.setProperty("bold", "true" if bold else "false")
        self.setProperty("tone", tone.value)
        self.setWordWrap(wrap)
        self._elides = elide
        self._words = ""
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    @property
    def elides(self) -> bool:
        """Whether it may be too narrow for its words."""
        return self._elides

    def text(self) -> str:
        """See ``QLabel``: the words as they were given."""
        return self._words

    def setText(self, text: str) -> None:
        """See ``QLabel``."""
        shown = breakable(text) if self.wordWrap() else text
        if shown != text or self.accessibleName() == self._words:
            self.setAccessibleName(text if shown != text else "")  # a screen reader reads no breaks
        self._words = text
        super().setText(shown)

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        """Say something else.

        Args:
            text: plain text.
            tone: None for the one it has.
        """
        if text != self.text():
            self.setText(text)
        if tone is not None:
            set_tone(self, tone)

    def minimumSizeHint(self) -> QSize:
        """See ``QWidget``."""
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("…"), hint.height()) if self._elides else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """See ``QWidget``."""
        if not self._elides:
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            place = self.contentsRect()
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
            self._tell_whole_text(shown)
            flags = int(self.alignment()) | int(Qt.TextFlag.TextSingleLine)
            self.style().drawItemText(
                painter, place, flags, self.palette(), self.isEnabled(), shown, self.foregroundRole()
            )

    def _tell_whole_text(self, shown: str) -> None:
        wanted = "" if shown == self.text() else plain_tip(self.text())
        if self.toolTip() != wanted:
            self.setToolTip(wanted)
