"""The first page of all: what is seen and heard, the first platform, a rehearsal, and going live. Each step may be skipped."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.live import StartWish
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts, gather
from powerstream_desktop.desktop.first_start.seen_card import SeenCard
from powerstream_desktop.desktop.first_start.sense_line import SenseLine
from powerstream_desktop.desktop.first_start.senses import Sense
from powerstream_desktop.desktop.first_start.step_card import StepCard
from powerstream_desktop.desktop.golive.dialog import GoLiveDialog
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

_STEPS_PX: Final = 400
_GAP_PX: Final = 14


class FirstStartPage(Page):
    """The page. Made as every page is; it leads to the studio, and is not seen again then."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._facts: DashboardFacts | None = None
        self._wants_sheet = False  # as soon as the facts are there
        self._rows: list[SenseLine] = []
        self._seen = SeenCard(surroundings)
        self._add = Button(self.tr("Add a platform"), Role.PRIMARY)
        self._rehearse = Button(self.tr("Rehearse"))
        self._go = Button(self.tr("Go live"), Role.GO)
        self._skip = Button(self.tr("Skip: show me the studio"), Role.LINK)
        self._platform_step = StepCard(
            self.tr("1. Add your first platform"),
            self.tr(
                "Pick it from the list, paste its key, and have it checked. You can add more at any time."
            ),
            self._add,
        )
        self._rehearsal_step = StepCard(
            self.tr("2. Rehearse"),
            self.tr("Sends to a test receiver on this computer: nothing goes out, and every part is tried."),
            self._rehearse,
        )
        self._live_step = StepCard(
            self.tr("3. Go live"),
            self.tr("You are asked for a title, and everything is looked at before anything goes out."),
            self._go,
        )
        self._lay_out()
        self._add.clicked.connect(self._open_add)
        self._rehearse.clicked.connect(self._begin_rehearsal)
        self._go.clicked.connect(lambda: surroundings.ways.open_sheet(GoLiveDialog(surroundings)))
        self._skip.clicked.connect(self._leave)

    def came_up(self) -> None:
        """See ``Page``."""
        self._seen.look()
        self._ask()
        self._add.setFocus()

    # What is known.

    def _ask(self) -> None:
        self._surroundings.desk.ask(gather, self._know, otherwise=self._not_known, owner=self._platform_step)

    def _know(self, facts: DashboardFacts) -> None:
        self._facts = facts
        self._platform_step.show_trouble("")
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(facts, number) for number in range(len(facts.endpoints))]
        for row in self._rows:
            self._platform_step.beyond.addWidget(row)
        self._add.setText(self.tr("Add another platform") if facts.endpoints else self.tr("Add a platform"))
        if self._wants_sheet:
            self._wants_sheet = False
            self._open_add()

    def _row(self, facts: DashboardFacts, number: int) -> SenseLine:
        endpoint = facts.endpoints[number]
        row = SenseLine("")
        has_key = self.tr("{name}: the key is kept") if endpoint.has_key else self.tr("{name}: needs a key")
        light = LightKind.OFF if endpoint.has_key else LightKind.SLOW
        row.show_sense(Sense(light=light, name=has_key.format(name=facts.label_of(endpoint))))
        return row

    def _not_known(self, error: PowerStreamError) -> None:
        self._wants_sheet = False
        self._platform_step.show_trouble(refusal_words(error))

    # What is done.

    def _open_add(self) -> None:
        if self._facts is None:
            self._wants_sheet = True
            self._ask()
            return
        sheet = DestinationSheet(self._surroundings, self._facts, done=self._ask)
        self._surroundings.ways.open_sheet(sheet)

    def _begin_rehearsal(self) -> None:
        self._rehearse.setEnabled(False)
        self._rehearse.setText(self.tr("Starting…"))
        self._rehearsal_step.show_trouble("")
        wish = StartWish(is_rehearsal=True, recording_enabled=False)
        self._surroundings.desk.ask(
            lambda client: client.live.start(wish),
            lambda _: self._leave(),
            otherwise=self._rehearsal_refused,
            owner=self,
        )

    def _rehearsal_refused(self, error: PowerStreamError) -> None:
        self._rehearse.setEnabled(True)
        self._rehearse.setText(self.tr("Rehearse"))
        self._rehearsal_step.show_trouble(refusal_words(error))

    def _leave(self) -> None:
        self._surroundings.ways.go_to(PageName.STUDIO)

    # How it is made.

    def _lay_out(self) -> None:
        steps = Scroll()
        steps.setFixedWidth(_STEPS_PX)
        steps.body.setSpacing(_GAP_PX)
        for card in (self._platform_step, self._rehearsal_step, self._live_step):
            steps.body.addWidget(card)
        steps.body.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(_GAP_PX)
        halves.addWidget(self._seen, stretch=1)
        halves.addWidget(steps)
        head = QHBoxLayout()
        head.addWidget(
            Label(self.tr("Welcome. Two minutes to your first broadcast."), bold=True, letters=Letters.TITLE)
        )
        head.addStretch(1)
        head.addWidget(self._skip)
        hint = Label(
            self.tr("Everything is set up so that it works; all of it can be changed later."), Tone.MUTED
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        lines.setSpacing(_GAP_PX)
        lines.addLayout(head)
        lines.addWidget(hint)
        lines.addLayout(halves, stretch=1)
        self.setTabOrder(self._go, self._skip)
