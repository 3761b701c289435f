"""Video: how the program is encoded, and what this computer can encode."""

from __future__ import annotations

from powerstream_desktop.desktop.settings.checks_card import ChecksCard
from powerstream_desktop.desktop.settings.examination import Examination, of_encoders
from powerstream_desktop.desktop.settings.part import Part
from powerstream_desktop.desktop.settings.sections import Section
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class VideoPart(Part):
    """The video settings, and a test of the encoders.

    Args:
        surroundings: know whether something is on air.
        examination: None for one of the program's own.
    """

    def __init__(self, surroundings: Surroundings, examination: Examination | None = None) -> None:
        super().__init__(Section.VIDEO)
        title = self.tr("Encoders of this computer")
        intro = self.tr(
            "Tries each encoder on one picture, and measures how much the software encoder holds."
        )
        card = ChecksCard(title, intro, surroundings.feed, of_encoders, examination)
        self.add_card(card, title, intro)
