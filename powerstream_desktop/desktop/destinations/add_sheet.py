"""The sheet of a destination: pick the platform, paste the key, check it, keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.endpoints import Endpoint, EndpointWish
from powerstream_desktop.client.preflight import PreflightReport
from powerstream_desktop.client.writing import new_id
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts
from powerstream_desktop.desktop.destinations.endpoint_form import EndpointForm
from powerstream_desktop.desktop.destinations.platform_facts import PlatformFacts, choosable, facts_of
from powerstream_desktop.desktop.destinations.platform_grid import PlatformGrid
from powerstream_desktop.desktop.destinations.platform_help import PlatformHelp
from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.rule import Rule
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.shell.surroundings import Surroundings

WIDTH_PX: Final = 820


class DestinationSheet(Sheet):
    """Adds a destination, or changes one. Opened by ``Ways.open_sheet``.

    Args:
        surroundings: what the window lends.
        facts: platforms and stations.
        endpoint: None for a new one.
        at_key: begin with the key: another one is to be pasted.
        done: called whenever something was saved or deleted.
        parent: where it lives.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        facts: DashboardFacts,
        endpoint: Endpoint | None = None,
        *,
        at_key: bool = False,
        done: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", WIDTH_PX, parent)
        self._surroundings = surroundings
        self._done = done
        self._is_new = endpoint is None
        self._id = new_id() if endpoint is None else endpoint.id
        self._grid = PlatformGrid()
        self._grid.show_platforms(choosable(facts.platforms))  # the keyboard reaches what was made first
        self._hint = Label(self.tr("Where shall the stream go?"), Tone.MUTED)
        self._form = EndpointForm(facts.stations)
        self._help = PlatformHelp()
        self._halves = QWidget()
        self._other = Button(self.tr("Another platform"))
        self._delete = AskOnceButton(self.tr("Delete"), self.tr("Delete it and its key?"))
        self._cancel = Button(self.tr("Cancel"))
        self._check = Button(self.tr("Save and check"))
        self._save = Button(self.tr("Save"), Role.PRIMARY)
        self._lay_out()
        self._connect()
        if endpoint is None:
            self._show_platforms()
        else:
            self._show_endpoint(facts, endpoint, at_key=at_key)

    # What is shown.

    def _show_platforms(self) -> None:
        self.show_title(self.tr("Add a destination"))
        self._hint.show()
        self._grid.show()
        for widget in (self._halves, self._other, self._delete, self._check, self._save):
            widget.hide()

    def _show_form(self, platform: PlatformFacts) -> None:
        self._hint.hide()
        self._grid.hide()
        for widget in (self._halves, self._check, self._save):
            widget.show()
        self._other.setVisible(self._is_new)
        self._delete.setVisible(not self._is_new)
        self._help.show_platform(platform)
        self._show_buttons()

    def _platform_chosen(self, platform: PlatformFacts) -> None:
        self.show_title(self.tr("Add {platform}").format(platform=platform.name))
        self._form.show_new(platform)
        self._show_form(platform)
        first = self._form.name if platform.is_custom else self._form.key
        first.setFocus()

    def _show_endpoint(self, facts: DashboardFacts, endpoint: Endpoint, *, at_key: bool) -> None:
        known = {each.id: facts_of(each) for each in facts.platforms}
        platform = known.get(endpoint.platform, PlatformFacts(id=endpoint.platform, name=endpoint.platform))
        self.show_title(
            self.tr("New key for {name}").format(name=endpoint.name)
            if at_key
            else self.tr("Edit {name}").format(name=endpoint.name)
        )
        self._form.show_endpoint(platform, endpoint)
        self._show_form(platform)
        first = self._form.key if at_key else self._form.name
        first.setFocus()

    def _show_buttons(self) -> None:
        for button in (self._check, self._save):
            button.setEnabled(self._form.is_complete)

    # What is done.

    def _keep(self) -> None:
        wish = self._begin()
        self._surroundings.desk.ask(
            lambda client: client.endpoints.save(self._id, wish),
            lambda _: self._finish(),
            otherwise=self._refused,
            owner=self,
        )

    def _keep_and_check(self) -> None:
        wish = self._begin()
        self._help.show_looking()

        def errand(client: Client) -> tuple[Endpoint, PreflightReport]:
            return client.endpoints.save(self._id, wish), client.endpoints.check(self._id)

        self._surroundings.desk.ask(errand, self._checked, otherwise=self._refused, owner=self)

    def _begin(self) -> EndpointWish:
        for button in (self._check, self._save):
            button.setEnabled(False)
        self._help.show_trouble("")
        return self._form.wish()

    def _checked(self, answer: tuple[Endpoint, PreflightReport]) -> None:
        endpoint, report = answer
        self._other.hide()  # it is kept: another platform would take its place
        self._done()
        self._help.show_report(report, endpoint)
        self._show_buttons()

    def _refused(self, error: PowerStreamError) -> None:
        self._help.show_trouble(refusal_words(error))
        self._show_buttons()

    def _remove(self) -> None:
        self._surroundings.desk.ask(
            lambda client: client.endpoints.remove(self._id),
            lambda _: self._finish(),
            otherwise=self._refused,
            owner=self,
        )

    def _finish(self) -> None:
        self._done()
        self._surroundings.ways.close_sheet()

    # How it is made.

    def _connect(self) -> None:
        self._grid.chosen.connect(self._platform_chosen)
        self._form.changed.connect(self._show_buttons)
        self._other.clicked.connect(self._show_platforms)
        self._delete.confirmed.connect(self._remove)
        self._cancel.clicked.connect(self._surroundings.ways.close_sheet)
        self._check.clicked.connect(self._keep_and_check)
        self._save.clicked.connect(self._keep)
        for line in (self._form.name.returnPressed, self._form.key.entered):
            line.connect(self._save.click)  # does nothing while it is off

    def _lay_out(self) -> None:
        halves = QHBoxLayout(self._halves)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(22)
        halves.addWidget(self._form, stretch=5)
        halves.addWidget(Rule(Qt.Orientation.Vertical))
        halves.addWidget(self._help, stretch=4)
        stages = QVBoxLayout()
        stages.setSpacing(14)
        for widget in (self._hint, self._grid, self._halves):
            stages.addWidget(widget)
        stages.addStretch(1)
        self.body.addLayout(stages)
        self.footer.addWidget(self._other)
        self.footer.addWidget(self._delete)
        self.footer.addStretch(1)
        for button in (self._cancel, self._check, self._save):
            self.footer.addWidget(button)
