"""What hinders the store that was chosen, below the setting that chooses it; nothing while it works."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from powerstream_desktop.client.cloud import CloudStanding
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.replays.cloud_words import cloud_line


class StoreStateRow(QFrame):
    """A light, a sentence and what to do."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("box", "row")
        self.is_bad = False
        self._light = Light()
        self._sentence = Label(wrap=True)
        self._remedy = Label(tone=Tone.MUTED, letters=Letters.SMALL, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._remedy)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 11, 14, 11)
        line.setSpacing(10)
        line.addWidget(self._light)
        line.addLayout(words, 1)
        self.hide()

    def show_standing(self, standing: CloudStanding) -> None:
        """Say how it stands; whoever owns the row shows it if ``is_bad``."""
        line = cloud_line(standing)
        self.is_bad = line.light in {LightKind.BAD, LightKind.SLOW}
        self._light.show_light(line.light, line.sentence)
        self._sentence.show_text(line.sentence)
        self._remedy.show_text(line.remedy)
        self._remedy.setVisible(bool(line.remedy))
        self.setAccessibleDescription(line.sentence)
