"""A word in a pill: how something stands, beside what it belongs to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from powerstream_desktop.desktop.kit.tone import Tone, set_tone


class Chip(QLabel):
    """A chip.

    Args:
        text: plain text, short.
        tone: how it is meant.
        parent: where it is shown.
    """

    def __init__(self, text: str = "", tone: Tone = Tone.MUTED, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("tone", tone.value)
        self.setText(text)

    def show_text(self, text: str, tone: Tone) -> None:
        """Say something else."""
        if text != self.text():
            self.setText(text)
        set_tone(self, tone)
