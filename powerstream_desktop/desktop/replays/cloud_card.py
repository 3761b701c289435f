"""What is going on with the cloud, below the replays: one line, what can be done, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.cloud import CloudQuestion, CloudServer, CloudStanding
from powerstream_desktop.client.settings import Value
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.replays.cloud_wishes import has_store
from powerstream_desktop.desktop.replays.cloud_words import cloud_line
from powerstream_desktop.desktop.replays.server_words import server_line
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings


class CloudCard(Card):
    """Shown while a store was chosen.

    Args:
        surroundings: what the window lends.
        parent: its place.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._surroundings = surroundings
        self._light = Light()
        self._sentence = Label("", elide=True)
        self._remedy = Label("", Tone.MUTED, letters=Letters.SMALL, wrap=True)
        self._server = ServerRow()
        self._question = Label("", Tone.WARN, wrap=True)
        self.pause = Button(self.tr("Pause"), Role.SMALL)
        self.resume = Button(self.tr("Go on now"), Role.SMALL)
        self.settings = Button(self.tr("Settings"), Role.SMALL)
        self.agree = AskOnceButton(self.tr("Do it"), self.tr("Really do it?"), small=True)
        self._arrange()
        self.setAccessibleName(self.tr("Cloud"))
        self.pause.clicked.connect(self._pause)
        self.resume.clicked.connect(self._resume)
        self.settings.clicked.connect(self._open_settings)
        self.agree.confirmed.connect(self._agree)
        surroundings.feed.cloud_changed.connect(self._show_told)
        surroundings.feed.settings_changed.connect(self._follow_settings)
        self.hide()

    def watch(self) -> None:
        """Ask how it stands."""
        if has_store(self._surroundings.feed.now.settings):
            self._ask(lambda client: client.cloud.standing(), otherwise=lambda _: None)

    def _follow_settings(self, settings: Mapping[str, Value] | None) -> None:
        if not has_store(settings):
            self.hide()
        elif self.isHidden():  # the page was there before anything was known
            self.watch()

    def _show_told(self, standing: CloudStanding | None) -> None:
        if standing is not None:
            self._show(standing)

    def _show(self, standing: CloudStanding) -> None:
        self.setVisible(standing.state != "off")
        line = cloud_line(standing)
        self._light.show_light(line.light, line.sentence)
        self._sentence.show_text(line.sentence)
        self._remedy.show_text(line.remedy)
        self._remedy.setVisible(bool(line.remedy))
        self.pause.setVisible(line.can_pause)
        self.resume.setVisible(line.is_paused)
        needs_settings = line.needs_settings
        if standing.server is not None:
            needs_settings |= self._server.show_server(standing.server)
        self._server.setVisible(standing.server is not None and self._server.is_bad)
        self.settings.setVisible(needs_settings)
        questions = " ".join(_asked(each) for each in standing.questions)
        if questions != self._question.text():
            self.agree.calm_down()  # a yes was meant for another question
        self._question.show_text(questions)
        self._question.setVisible(bool(questions))
        self.agree.setVisible(any(each.count for each in standing.questions))
        self.setAccessibleDescription(line.sentence)

    def _pause(self) -> None:
        self._ask(lambda client: client.cloud.pause())

    def _resume(self) -> None:
        self._ask(lambda client: client.cloud.resume())

    def _agree(self) -> None:
        self._ask(lambda client: client.cloud.sync(confirm=True))

    def _open_settings(self) -> None:
        self._surroundings.ways.go_to(PageName.SETTINGS, "cloud")

    def _ask(
        self,
        errand: Callable[[Client], CloudStanding],
        otherwise: Callable[[PowerStreamError], None] | None = None,
    ) -> None:
        self._surroundings.desk.ask(errand, self._show, otherwise=otherwise, owner=self)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._light)
        row.addWidget(Label(self.tr("Cloud"), bold=True))
        row.addWidget(self._sentence, 1)
        for button in (self.settings, self.resume, self.pause):
            row.addWidget(button)
        asked = QHBoxLayout()
        asked.setSpacing(10)
        asked.addWidget(self._question, 1)
        asked.addWidget(self.agree)
        column = QVBoxLayout()
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._remedy)
        column.addWidget(self._server)
        column.addLayout(asked)
        self.body.addLayout(column)


class ServerRow(QWidget):
    """What hinders the PowerStream server."""

    def __init__(self) -> None:
        super().__init__()
        self.is_bad = False
        self._light = Light()
        self._sentence = Label("", elide=True)
        self._remedy = Label("", Tone.MUTED, letters=Letters.SMALL, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._light)
        row.addWidget(Label(self.tr("PowerStream server"), bold=True))
        row.addWidget(self._sentence, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._remedy)
        self.hide()

    def show_server(self, server: CloudServer) -> bool:
        """Say how it stands; return whether something must be done in the settings."""
        line = server_line(server)
        self.is_bad = line.is_bad
        self._light.show_light(line.light, line.sentence)
        self._sentence.show_text(line.sentence)
        self._remedy.show_text(line.remedy)
        self._remedy.setVisible(bool(line.remedy))
        self.setAccessibleDescription(line.sentence)
        return line.is_bad and line.needs_settings


def _asked(question: CloudQuestion) -> str:
    """Return a question with the number of replays that it is about; one about none is told only."""
    sentence = said(question.code, question.sentence)
    return f"{sentence} ({figures.count(question.count)})" if question.count else sentence
