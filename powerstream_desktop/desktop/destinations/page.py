"""The multistream dashboard: every destination with its light, this stream minute by minute, and the profiles."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeAlias

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.live import RunningBroadcast
from powerstream_desktop.client.sessions import Session
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.destinations.add_sheet import DestinationSheet
from powerstream_desktop.desktop.destinations.checks import Checks
from powerstream_desktop.desktop.destinations.dashboard_facts import DashboardFacts, gather
from powerstream_desktop.desktop.destinations.destination_line import RowAct
from powerstream_desktop.desktop.destinations.destination_row import row_of
from powerstream_desktop.desktop.destinations.order import moved, wishes_for_order
from powerstream_desktop.desktop.destinations.profile_sheet import ProfileSheet
from powerstream_desktop.desktop.destinations.profiles_card import ProfilesCard
from powerstream_desktop.desktop.destinations.stream_card import StreamCard
from powerstream_desktop.desktop.destinations.stream_timeline import timeline_of
from powerstream_desktop.desktop.destinations.table import DestinationsTable
from powerstream_desktop.desktop.golive.dialog import GoLiveDialog
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.language.refusals import refusal_words
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import Surroundings

ADD: Final = "add"
"""The subject that opens the sheet for another destination; other subjects are ids of endpoints that need a key."""
TIMELINE_EVERY_MS: Final = 15_000
_PROFILES_PX: Final = 380
_LEAST_PROFILES_PX: Final = 240
_STREAM_PX: Final = 260
_GAP_PX: Final = 14


Lights: TypeAlias = tuple[tuple[str | None, str], ...]
"""Who is in a broadcast, and how each light stands."""


class MultistreamDashboard(Page):
    """The page. Made as every page is."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._facts: DashboardFacts | None = None
        self._session: Session | None = None
        self._lights: Lights = ()
        self._subject = ""
        self._is_up = False
        self._checks = Checks(surroundings.desk, self)
        self._card = Card()
        self._card.show_title(self.tr("Destinations"))
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._check_all = Button(self.tr("Check all"), Role.SMALL)
        self._add = Button(self.tr("+ Add destination"), Role.PRIMARY, small=True)
        self._add.setEnabled(False)
        self._filler = Filler()
        self._scroll = Scroll()
        self._table = DestinationsTable()
        self._stream = StreamCard()
        self._profiles = ProfilesCard()
        self._timer = QTimer(self, interval=TIMELINE_EVERY_MS)
        self._lay_out()
        self._connect()

    def came_up(self) -> None:
        """See ``Page``."""
        self._is_up = True
        self._timer.start()
        self._ask()
        self._ask_for_session()

    def went_down(self) -> None:
        """See ``Page``."""
        self._is_up = False
        self._timer.stop()

    def show_subject(self, subject: str) -> None:
        """Open the sheet of an endpoint at its key; ``ADD`` for another destination."""
        self._subject = subject
        self._open_subject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See ``QWidget``: sentences that wrap make the table as high as the new width wants it."""
        super().resizeEvent(event)
        self._scroll.updateGeometry()

    # What is known.

    def _ask(self) -> None:
        self._surroundings.desk.ask(gather, self._know, otherwise=self._not_known, owner=self)

    def _know(self, facts: DashboardFacts) -> None:
        self._facts = facts
        self._add.setEnabled(True)
        self._show()
        self._open_subject()

    def _not_known(self, error: PowerStreamError) -> None:
        if self._facts is None:
            self._show_filler()
            self._filler.error(refusal_words(error), self._ask)
        else:
            self._surroundings.ways.say(refusal_words(error))

    def _ask_for_session(self) -> None:
        broadcast = self._surroundings.feed.now.broadcast
        session_id = None if broadcast is None else broadcast.session_id

        def errand(client: Client) -> Session | None:
            if session_id is not None:
                return client.sessions.get(session_id)
            newest = client.sessions.page(limit=1).sessions
            return client.sessions.get(newest[0].session_id) if newest else None

        # What cannot be had now is asked for again soon; what was shown stays.
        self._surroundings.desk.ask(
            errand, self._know_session, otherwise=self._session_not_known, owner=self._stream
        )

    def _session_not_known(self, error: PowerStreamError) -> None:
        self._stream.show_refusal(refusal_words(error), self._ask_for_session)

    def _know_session(self, session: Session | None) -> None:
        self._session = session
        if session is None:
            self._stream.show_nothing()
        else:
            timeline = timeline_of(session, datetime.now(tz=UTC))
            self._stream.show_timeline(timeline, is_running=session.ended_at is None)

    def _broadcast_changed(self) -> None:
        self._show()
        broadcast = self._surroundings.feed.now.broadcast
        before, self._lights = self._lights, _lights_of(broadcast)
        shown = None if self._session is None else self._session.session_id
        is_another = broadcast is not None and broadcast.session_id != shown
        is_over = broadcast is None and self._session is not None and self._session.ended_at is None
        if self._is_up and (is_another or is_over):
            self._ask_for_session()
            self._ask()
        elif self._is_up and before != self._lights:
            self._ask_for_session()

    def _service_changed(self, state: ServiceState) -> None:
        if state is ServiceState.THERE and self._is_up:
            self._ask()
            self._ask_for_session()

    # What is shown.

    def _show(self) -> None:
        facts = self._facts
        if facts is None:
            return
        if not facts.endpoints:
            self._show_filler()
            self._filler.empty(
                self.tr("No destination yet."),
                self.tr("Add a platform, paste its key, and every broadcast can go there."),
                self.tr("Add a destination"),
                self._open_add,
            )
        else:
            self._filler.hide()
            self._scroll.show()
            self._show_table(facts)
        self._check_all.setEnabled(any(each.is_active for each in facts.endpoints))
        broadcast = self._surroundings.feed.now.broadcast
        on_air = None if broadcast is None else broadcast.words.get("profileId")
        self._profiles.show_profiles(facts, None if on_air is None else str(on_air))

    def _show_table(self, facts: DashboardFacts) -> None:
        now, names = datetime.now().astimezone(), facts.platform_names
        broadcast = self._surroundings.feed.now.broadcast
        rows = (
            row_of(each, names.get(each.platform, each.platform), broadcast, now) for each in facts.endpoints
        )
        self._table.show_rows([self._checks.seen_in(row) for row in rows])

    def _show_filler(self) -> None:
        self._scroll.hide()
        self._filler.show()

    # What is done.

    def _open_subject(self) -> None:
        subject, facts = self._subject, self._facts
        if not subject or facts is None:
            return
        self._subject = ""
        if subject == ADD:
            self._open_add()
        else:
            self._open_sheet(subject, at_key=True)

    def _open_add(self) -> None:
        if self._facts is not None:
            self._surroundings.ways.open_sheet(
                DestinationSheet(self._surroundings, self._facts, done=self._ask)
            )

    def _open_sheet(self, endpoint_id: str, *, at_key: bool = False) -> None:
        facts = self._facts
        endpoint = None if facts is None else facts.endpoint(endpoint_id)
        if facts is not None and endpoint is not None:
            sheet = DestinationSheet(self._surroundings, facts, endpoint, at_key=at_key, done=self._ask)
            self._surroundings.ways.open_sheet(sheet)

    def _act(self, endpoint_id: str, act: RowAct) -> None:
        match act:
            case RowAct.EDIT | RowAct.PASTE_KEY:
                self._open_sheet(endpoint_id, at_key=act is RowAct.PASTE_KEY)
            case RowAct.CHECK:
                self._checks.check([endpoint_id])
            case RowAct.RETRY:
                self._do(lambda client: client.endpoints.retry(endpoint_id))
            case RowAct.UP | RowAct.DOWN:
                self._move(endpoint_id, -1 if act is RowAct.UP else 1)
            case RowAct.DELETE:
                self._do(lambda client: client.endpoints.remove(endpoint_id))

    def _move(self, endpoint_id: str, by: int) -> None:
        if self._facts is None:
            return
        wishes = wishes_for_order(moved(self._facts.endpoints, endpoint_id, by))

        def errand(client: Client) -> None:
            for each, wish in wishes:
                client.endpoints.save(each, wish)

        self._do(errand)

    def _switch(self, endpoint_id: str, is_on: bool) -> None:
        endpoint = None if self._facts is None else self._facts.endpoint(endpoint_id)
        if endpoint is not None:
            wish = dataclasses.replace(endpoint.wish, is_active=is_on)
            self._do(lambda client: client.endpoints.save(endpoint_id, wish))

    def _do(self, errand: Callable[[Client], object]) -> None:
        """Have something done, and show how things are then, whether it was done or not."""
        self._surroundings.desk.ask(errand, lambda _: self._ask(), otherwise=self._not_done, owner=self)

    def _not_done(self, error: PowerStreamError) -> None:
        self._surroundings.ways.say(refusal_words(error))
        self._ask()

    def _check_every(self) -> None:
        if self._facts is not None:
            self._checks.check([each.id for each in self._facts.endpoints if each.is_active])

    def _edit_profile(self, profile_id: str) -> None:
        facts = self._facts
        if facts is None:
            return
        profile = next((each for each in facts.profiles if each.id == profile_id), None)
        sheet = ProfileSheet(
            self._surroundings,
            profile,
            endpoints=facts.endpoints,
            stations=facts.stations,
            label_of=facts.label_of,
            done=self._ask,
        )
        self._surroundings.ways.open_sheet(sheet)

    def _go_live(self, profile_id: str) -> None:
        self._surroundings.ways.open_sheet(GoLiveDialog(self._surroundings, profile_id=profile_id))

    # How it is made.

    def _connect(self) -> None:
        self._add.clicked.connect(self._open_add)
        self._check_all.clicked.connect(self._check_every)
        self._checks.changed.connect(self._show)
        self._table.acted.connect(self._act)
        self._table.switched.connect(self._switch)
        self._profiles.edited.connect(self._edit_profile)
        self._profiles.chosen.connect(self._go_live)
        self._profiles.deleted.connect(lambda each: self._do(lambda client: client.profiles.remove(each)))
        self._timer.timeout.connect(self._ask_for_session)
        self._surroundings.feed.broadcast_changed.connect(self._broadcast_changed)
        self._surroundings.feed.service_changed.connect(self._service_changed)

    def _lay_out(self) -> None:
        self._card.add_to_header(self._check_all)
        self._card.add_to_header(self._add)
        self._scroll.body.addWidget(self._table)
        self._scroll.body.addStretch(1)
        self._card.body.addWidget(self._filler)
        self._card.body.addWidget(self._scroll)
        self._scroll.hide()
        self._profiles.setMinimumWidth(_LEAST_PROFILES_PX)
        self._profiles.setMaximumWidth(_PROFILES_PX)
        below = QHBoxLayout()
        below.setSpacing(_GAP_PX)
        below.addWidget(self._stream, stretch=2)
        below.addWidget(self._profiles, stretch=1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX)
        lines.setSpacing(_GAP_PX)
        self._stream.setMinimumHeight(_STREAM_PX)
        lines.addWidget(self._card)
        lines.addLayout(below, stretch=1)


def _lights_of(broadcast: RunningBroadcast | None) -> Lights:
    return () if broadcast is None else tuple((each.id, each.status) for each in broadcast.endpoints)
