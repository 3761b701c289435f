"""Audio: what is heard is chosen in the studio's mixer, where it is heard; this part leads there."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section, title_of
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings


class AudioPart(Part):
    """Says where devices, filters and levels are.

    Args:
        surroundings: leads to the studio.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(Section.AUDIO, has_options=False)
        text = self.tr(
            "Microphones, the sound of this computer, filters, monitoring, offset and push to talk belong to each channel of "
            "the mixer, beside its meter. The program is sent in stereo with 48 kHz."
        )
        card = Card(title_of(Section.AUDIO))
        line = QHBoxLayout()
        line.setContentsMargins(16, 14, 14, 14)
        line.setSpacing(14)
        line.addWidget(Label(text, Tone.MUTED, wrap=True), 1)
        go = Button(self.tr("Open the mixer"))
        go.clicked.connect(lambda: surroundings.ways.go_to(PageName.STUDIO))
        line.addWidget(go)
        card.body.addLayout(line)
        self.add_card(card, text)
