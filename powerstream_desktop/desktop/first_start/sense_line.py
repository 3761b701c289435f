"""A line of the first page: what one device gives, with a light."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.first_start.senses import Sense
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone


class SenseLine(QWidget):
    """Shows a ``Sense``.

    Args:
        waiting: what is said before anything is known.
        parent: where it lives.
    """

    def __init__(self, waiting: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = Light()
        self._name = Label("", wrap=True)
        self._remedy = Label("", Tone.MUTED, letters=Letters.SMALL, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._remedy)
        words.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        across.addWidget(self._light, alignment=Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, stretch=1)
        self.show_sense(Sense(light=LightKind.WORKING, name=waiting))

    def show_sense(self, sense: Sense) -> None:
        """Show how it stands now."""
        self._light.show_light(sense.light, sense.name)
        self._name.show_text(sense.name)
        self._remedy.show_text(sense.remedy)
        self._remedy.setVisible(bool(sense.remedy))
