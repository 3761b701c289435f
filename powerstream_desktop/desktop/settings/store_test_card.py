"""Tries the store out, and says of each step what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from powerstream_desktop.client.cloud import StoreWish, Trial, TrialStep
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.golive.preflight_lines import PreflightLine
from powerstream_desktop.desktop.golive.preflight_panel import PreflightLines
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.link.desk import Desk

_LINK: Final = "link"
_STEPS: Final[Mapping[str, object]] = {
    "write": QT_TRANSLATE_NOOP("StoreTest", "A small file can be written."),
    "read": QT_TRANSLATE_NOOP("StoreTest", "It can be read again, and is the same."),
    "list": QT_TRANSLATE_NOOP("StoreTest", "It is listed."),
    "parts": QT_TRANSLATE_NOOP("StoreTest", "A replay can be sent in parts."),
    _LINK: QT_TRANSLATE_NOOP("StoreTest", "A link to it opens."),
    "delete": QT_TRANSLATE_NOOP("StoreTest", "All of it can be removed again."),
}
"""What is known after each step that went well."""


class StoreTestCard(Card):
    """A button, and below it how each step went.

    Args:
        desk: takes errands.
        wish: gives what was typed and is not kept yet; all else is as the settings have it.
    """

    def __init__(self, desk: Desk, wish: Callable[[], StoreWish]) -> None:
        super().__init__()
        self.show_title(self.tr("Test"))
        self._desk, self._wish = desk, wish
        self._sentence = Label("", Tone.MUTED, wrap=True)
        self.go = Button(self.tr("Test the store"), Role.PRIMARY)
        self.go.clicked.connect(self._start)
        self._lines = PreflightLines()
        self._lines.setContentsMargins(16, 0, 14, 14)
        self._lines.hide()
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 14, 12)
        head.setSpacing(14)
        head.addWidget(self._sentence, 1)
        head.addWidget(self.go)
        self.body.addLayout(head)
        self.body.addWidget(self._lines)
        self.forget()

    def forget(self) -> None:
        """Say what the test does: what came of the last one is about another store."""
        if self.go.isEnabled():
            self._sentence.show_text(
                self.tr(
                    "Writes, reads, lists and removes a small file of its own. Your replays are not touched."
                ),
                Tone.MUTED,
            )
            self._lines.hide()

    def _start(self) -> None:
        wish = self._wish()
        self.go.setEnabled(False)
        self._lines.hide()
        self._sentence.show_text(self.tr("Testing the store …"), Tone.MUTED)
        self._desk.ask(lambda client: client.cloud.test(wish), self._show, otherwise=self._refuse, owner=self)

    def _show(self, trial: Trial) -> None:
        self.go.setEnabled(True)
        if trial.is_good:
            self._sentence.show_text(self.tr("Replays can be kept there."), Tone.OK)
        else:
            self._sentence.show_text(self.tr("Replays cannot be kept there yet."), Tone.ERR)
        self._lines.show_lines(trial_lines(trial))
        self._lines.show()

    def _refuse(self, error: PowerStreamError) -> None:
        self.go.setEnabled(True)
        code = getattr(error, "code", "")
        words = (said(code, error.title), said(code, error.hint))
        self._sentence.show_text(" ".join(each for each in words if each), Tone.ERR)


def trial_lines(trial: Trial) -> tuple[PreflightLine, ...]:
    """Return what came of each step, then what could be better."""
    return (*(_line(each) for each in trial.steps), *_advice(trial))


def _line(step: TrialStep) -> PreflightLine:
    known = QCoreApplication.translate("StoreTest", str(_STEPS.get(step.name, step.name)))
    if step.is_good:
        return PreflightLine(light=LightKind.LIVE, sentence=known)
    if not step.was_tried:
        not_tried = QCoreApplication.translate("StoreTest", "Not tried: {step}").format(step=known)
        return PreflightLine(light=LightKind.OFF, sentence=not_tried)
    # Links matter to those who watch elsewhere; replays are kept without.
    light = LightKind.SLOW if step.name == _LINK else LightKind.BAD
    return PreflightLine(light=light, sentence=said("", step.sentence), remedy=said("", step.remedy))


def _advice(trial: Trial) -> Iterator[PreflightLine]:
    for each in trial.advice:
        yield PreflightLine(
            light=LightKind.SLOW, sentence=said("", each.sentence), remedy=said("", each.remedy)
        )
