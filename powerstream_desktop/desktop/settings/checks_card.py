"""A card that examines this computer when asked, and shows what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.settings.examination import Check, Examination

_LIGHTS: Final = {"ok": LightKind.LIVE, "warning": LightKind.SLOW, "problem": LightKind.BAD}


class ChecksCard(Card):
    """Off air it examines; on air it does not, for that would take time from the encoder.

    Args:
        title: its heading.
        intro: what is examined, in a sentence.
        feed: knows whether something is on air.
        of: which of the checks are shown.
        examination: None for one of the program's own.
    """

    def __init__(
        self,
        title: str,
        intro: str,
        feed: OutlookFeed,
        of: Callable[[Sequence[Check]], tuple[Check, ...]],
        examination: Examination | None = None,
    ) -> None:
        super().__init__(title)
        self._feed, self._of = feed, of
        self._intro_text = intro
        self.checks: tuple[Check, ...] = ()
        self._examination = examination or Examination(self)
        self._examination.found.connect(self._show_found)
        self._intro = Label(intro, Tone.MUTED, wrap=True)
        self._go = Button(self.tr("Check now"))
        self._go.clicked.connect(self._start)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 14, 12)
        line.setSpacing(14)
        line.addWidget(self._intro, 1)
        line.addWidget(self._go)
        self.body.addLayout(line)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(16, 0, 14, 0)
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        feed.live_changed.connect(self._follow_live)
        self._follow_live(feed.now.live)

    def _start(self) -> None:
        self._examination.start()
        self._go.setEnabled(False)
        self._intro.show_text(self.tr("Checking; this takes about ten seconds …"))

    def _follow_live(self, live: LiveStatus | None) -> None:
        is_live = live is not None and live.session_id is not None
        self._go.setEnabled(not is_live and not self._examination.runs)
        if is_live:
            self._intro.show_text(self.tr("Not during a broadcast: it would take time from the encoder."))
        elif not self._examination.runs:
            self._intro.show_text(self._intro_text)

    def _show_found(self, checks: tuple[Check, ...]) -> None:
        self.checks = checks
        self._follow_live(self._feed.now.live)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for check in self._of(checks):
            self._lines.addWidget(_line(check))
        self._lines.setContentsMargins(16, 0, 14, 14 if self._lines.count() else 0)
        if not checks:
            self._intro.show_text(
                self.tr("The check gave no answer. Try “powerstream doctor” in a terminal.")
            )


def _line(check: Check) -> QWidget:
    widget = QWidget()
    line = QHBoxLayout(widget)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    light = Light()
    light.show_light(_LIGHTS.get(check.level, LightKind.SLOW))
    line.addWidget(light)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(Label(said("", check.sentence), wrap=True))
    if check.remedy:
        words.addWidget(Label(said("", check.remedy), Tone.MUTED, letters=Letters.SMALL, wrap=True))
    line.addLayout(words, 1)
    return widget
