"""The sheet for going live: it is filled in as it was last time, looks at everything before, and says what it will do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import ConflictError
from powerstream_desktop.client.live import RunningBroadcast, Started
from powerstream_desktop.client.preflight import PreflightReport
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts
from powerstream_desktop.desktop.destinations.dashboard_facts import gather as gather_dashboard
from powerstream_desktop.desktop.golive.broadcast_choice import BroadcastChoice, Going, Prospect, prospect
from powerstream_desktop.desktop.golive.facts import GoLiveFacts, gather
from powerstream_desktop.desktop.golive.form import GoLiveForm
from powerstream_desktop.desktop.golive.preflight_lines import (
    PreflightLine,
    disk_line,
    encoder_line,
    limits_sentence,
    looking_line,
    report_lines,
    studio_lines,
)
from powerstream_desktop.desktop.golive.preflight_panel import PreflightPanel
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.label import Label
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.rule import Rule
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

WIDTH_PX: Final = 960
LOOK_AFTER_MS: Final = 300
"""After the last change of the choice, the servers are asked."""


class GoLiveDialog(Sheet):
    """Begins broadcasts. Opened by ``Ways.open_sheet``.

    Args:
        surroundings: what the window lends.
        station_id: the station to begin with; None for that of the last broadcast.
        profile_id: likewise the profile.
        parent: where it lives.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        station_id: str | None = None,
        profile_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Go live"), WIDTH_PX, parent)
        self._surroundings = surroundings
        self._first = (station_id, profile_id)
        self._facts: GoLiveFacts | None = None
        self._report: PreflightReport | None = None
        self._failure: PreflightLine | None = None
        self._look: QObject | None = None
        self._is_starting = False
        self._trouble = ""
        self._is_conflict = False
        self._form = GoLiveForm(surroundings)
        self._panel = PreflightPanel()
        self._notice = Label("", Tone.WARN, wrap=True)
        self._running = Button(self.tr("Show the broadcast"), Role.SMALL)
        self._rehearse = Button(self.tr("Rehearse"))
        self._cancel = Button(self.tr("Cancel"))
        self._go = Button(self.tr("Go live"), Role.GO)
        self._timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._lay_out()
        self._connect()
        self._ask_for_facts()

    # What is known.

    def _ask_for_facts(self) -> None:
        self._show()
        self._surroundings.desk.ask(gather, self._know, otherwise=self._refused, owner=self)

    def _know(self, facts: GoLiveFacts) -> None:
        self._facts = facts
        self._form.show_facts(facts, *self._first)
        self._look_now()
        self._form.title.setFocus()  # it could not take the keyboard before
        self._form.title.selectAll()

    def _look_again(self) -> None:
        if self._facts is None:
            self._forget_trouble()
            self._ask_for_facts()
        else:
            self._look_now()

    def _look_soon(self) -> None:
        self._report = self._failure = None
        self._forget_trouble()
        self._timer.start()
        self._show()

    def _look_now(self) -> None:
        """Have the servers of the choice asked; what is still being asked for another choice is heard no more."""
        self._timer.stop()
        self._report = self._failure = None
        if self._look is not None:
            self._look.deleteLater()
        self._look = look = QObject(self)
        choice = self._form.choice()
        chosen, station_id, source = choice.chosen_ids, choice.station_id, choice.source
        self._show()
        if not chosen or self._facts is None:
            return
        self._surroundings.desk.ask(
            lambda client: client.preflight.look(
                station_id=station_id, selected_endpoints=chosen, source=source
            ),
            lambda report: self._found(look, report),
            otherwise=lambda error: self._not_found(look, error),
            owner=look,
        )

    def _found(self, look: QObject, report: PreflightReport) -> None:
        if look is self._look:
            self._report = report
            self._show()

    def _not_found(self, look: QObject, error: PowerStreamError) -> None:
        if look is self._look:
            self._failure = PreflightLine(light=LightKind.SLOW, sentence=refusal_words(error))
            self._show()

    # What is done.

    def _go_live(self) -> None:
        self._start(is_rehearsal=False)

    def _start(self, *, is_rehearsal: bool) -> None:
        wish = self._form.choice().start_wish(is_rehearsal=is_rehearsal)
        self._is_starting = True
        self._forget_trouble()
        self._show()
        self._surroundings.desk.ask(
            lambda client: client.live.start(wish), self._started, otherwise=self._refused, owner=self
        )

    def _started(self, started: Started) -> None:
        ways = self._surroundings.ways
        if self._form.choice().is_external:
            address = started.ingest_url.rpartition("/")[0]
            ways.tell(
                self.tr("The broadcast waits for your encoder at {address}.").format(address=address),
                self.tr("Start streaming there, with the stream key of this computer."),
            )
        self._show_broadcast()

    def _refused(self, error: PowerStreamError) -> None:
        self._is_starting = False
        self._trouble = refusal_words(error)
        self._is_conflict = isinstance(error, ConflictError)
        self._show()

    def _forget_trouble(self) -> None:
        self._trouble, self._is_conflict = "", False

    def _show_broadcast(self) -> None:
        self._surroundings.ways.close_sheet()
        self._surroundings.ways.go_to(PageName.STUDIO)

    def _mend(self, endpoint_id: str) -> None:
        """Open the sheet of an endpoint above this one, and look again when something was saved there."""

        def open_sheet(facts: DashboardFacts) -> None:
            endpoint = facts.endpoint(endpoint_id)
            if endpoint is not None:
                sheet = DestinationSheet(self._surroundings, facts, endpoint, at_key=True, done=self._mended)
                self._surroundings.ways.open_sheet(sheet)

        self._surroundings.desk.ask(gather_dashboard, open_sheet, otherwise=self._refused, owner=self)

    def _lower_bitrate(self, kbps: int) -> None:
        """Let the picture need no more than this, and look again."""

        def errand(client: Client) -> GoLiveFacts:
            client.settings.change({"video.bitrate_kbps": kbps})
            return gather(client)

        self._surroundings.desk.ask(errand, self._know_anew, otherwise=self._refused, owner=self)

    def _mended(self) -> None:
        self._surroundings.desk.ask(gather, self._know_anew, otherwise=self._refused, owner=self)

    def _know_anew(self, facts: GoLiveFacts) -> None:
        self._facts = facts
        self._form.keep_facts(facts)
        self._look_now()

    # What is shown.

    def _show(self) -> None:
        name = self._form.station_name
        self.show_title(self.tr("Go live on {station}").format(station=name) if name else self.tr("Go live"))
        choice = self._form.choice()
        ahead = prospect(choice, self._report)
        running = self._running_broadcast()
        is_free = self._facts is not None and not self._is_starting and running is None
        self._form.setEnabled(self._facts is not None and not self._is_starting)
        self._rehearse.setEnabled(is_free)
        self._go.setEnabled(is_free and ahead.going is not Going.NOWHERE)
        self._go.setText(self._button_text(ahead))
        self._show_lines(ahead)
        self._show_notice(ahead, running)

    def _show_notice(self, ahead: Prospect, running: RunningBroadcast | None) -> None:
        """Say what keeps it from beginning; if nothing does, who would be left out."""
        sentence = self._trouble
        if self._is_starting:
            sentence = ""
        elif running is not None:
            text = self.tr("A broadcast runs already: {title}.")
            sentence = text.format(title=running.title or self.tr("without a title"))
        elif not sentence and self._report is not None:
            sentence = self._left_out_words(ahead)
        self._notice.show_text(sentence)
        self._notice.setVisible(bool(sentence))
        self._running.setVisible((running is not None or self._is_conflict) and not self._is_starting)

    def _show_lines(self, ahead: Prospect) -> None:
        choice = self._form.choice()
        lines = (
            [encoder_line()] if choice.is_external else [*studio_lines(self._surroundings.feed.now.engine)]
        )
        is_looking = bool(ahead.wanted) and self._report is None and self._failure is None
        summary = ""
        if self._report is not None:
            lines += report_lines(self._report, self._labelled(choice))
            summary = self._summary(self._report, choice)
        elif self._failure is not None:
            lines.append(self._failure)
        elif is_looking and self._facts is not None:
            lines.append(looking_line(ahead.wanted))
        if choice.is_recorded and self._facts is not None and self._facts.room is not None:
            lines.append(disk_line(self._facts.room))
        self._panel.show_lines(lines, summary, is_looking=is_looking)

    def _labelled(self, choice: BroadcastChoice) -> list[tuple[str, str]]:
        facts = self._facts
        return [
            (each.id, each.name if facts is None else facts.label_of(each))
            for each in choice.chosen_endpoints
        ]

    def _summary(self, report: PreflightReport, choice: BroadcastChoice) -> str:
        video = None if self._facts is None else self._facts.video
        if video is None or choice.is_external:
            return ""
        return limits_sentence(report, video.size, video.fps, video.bitrate_kbps)

    def _button_text(self, ahead: Prospect) -> str:
        if self._is_starting:
            return self.tr("Starting…")
        match ahead.going:
            case Going.RECORD_ONLY:
                return self.tr("Record only")
            case Going.LIVE if ahead.ready == ahead.wanted == 1:
                return self.tr("Go live")
            case _ if ahead.wanted:
                return self.tr("Go live on {ready} of {wanted}").format(
                    ready=ahead.ready, wanted=ahead.wanted
                )
        return self.tr("Go live")

    def _left_out_words(self, ahead: Prospect) -> str:
        if not ahead.left_out:
            return ""
        who = " ".join(said(each.code, each.why) or each.label for each in ahead.left_out)
        return self.tr("Left out at first: {who} What is mended joins by itself.").format(who=who)

    def _running_broadcast(self) -> RunningBroadcast | None:
        broadcast = self._surroundings.feed.now.broadcast
        return broadcast if broadcast is not None and broadcast.is_active else None

    # How it is made.

    def _connect(self) -> None:
        self._timer.timeout.connect(self._look_now)
        self._form.aim_changed.connect(self._look_soon)
        self._form.changed.connect(self._show)
        self._panel.look_again.connect(self._look_again)
        self._panel.mend.connect(self._mend)
        self._panel.bitrate_wanted.connect(self._lower_bitrate)
        self._rehearse.clicked.connect(lambda: self._start(is_rehearsal=True))
        self._cancel.clicked.connect(self._surroundings.ways.close_sheet)
        self._running.clicked.connect(self._show_broadcast)
        self._go.clicked.connect(self._go_live)
        self._surroundings.feed.broadcast_changed.connect(self._show)
        self._surroundings.feed.engine_changed.connect(self._show)

    def _lay_out(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(22)
        halves.addWidget(self._form, stretch=52)
        halves.addWidget(Rule(Qt.Orientation.Vertical))
        halves.addWidget(self._panel, stretch=40)
        self.body.addLayout(halves)
        notice = QHBoxLayout()
        notice.addWidget(self._notice, stretch=1)
        notice.addWidget(self._running)
        self.body.addLayout(notice)
        hint = Label(self.tr("Sends to a test receiver on this computer; nothing goes out."), Tone.MUTED)
        self.footer.addWidget(self._rehearse)
        self.footer.addWidget(hint)
        self.footer.addStretch(1)
        self.footer.addWidget(self._cancel)
        self.footer.addWidget(self._go)
