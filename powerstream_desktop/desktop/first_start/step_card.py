"""One step towards the first broadcast: a number, what it is about, and its button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone


class StepCard(Card):
    """A step.

    Args:
        title: with its number.
        sentence: what it is about.
        button: does it.
        parent: where it lives.

    Attributes:
        beyond: between the sentence and the button, for what the step has to show.
    """

    def __init__(self, title: str, sentence: str, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._trouble = Label("", Tone.ERR, wrap=True)
        self._trouble.hide()
        self.beyond = QVBoxLayout()
        self.beyond.setSpacing(6)
        self.body.setContentsMargins(12, 12, 12, 12)
        self.body.setSpacing(10)
        self.body.addWidget(Label(sentence, Tone.MUTED, wrap=True))
        self.body.addLayout(self.beyond)
        self.body.addWidget(self._trouble)
        self.body.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_trouble(self, sentence: str) -> None:
        """Say why it could not be done; empty for nothing."""
        self._trouble.show_text(sentence)
        self._trouble.setVisible(bool(sentence))
