"""The page of all broadcasts: the history, and beside it the report of the one that is chosen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStackedLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import UnknownError
from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.client.sessions import Session
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.paging.paged_model import ROW_ROLE, ListState, PagedModel, RowsPage, RowWords
from powerstream_desktop.desktop.sessions.export import FileAsker, ReportExport, ReportFormat, ask_in_dialog
from powerstream_desktop.desktop.sessions.history_row import HistoryRow, spoken
from powerstream_desktop.desktop.sessions.recorded_moment import subject_at
from powerstream_desktop.desktop.sessions.report import report_of
from powerstream_desktop.desktop.sessions.report_view import ReportView
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

PAGE_ROWS: Final = 50
_HISTORY_WIDTH_PX: Final = 360
REFRESH_MS: Final = 15_000
"""The report of the broadcast that runs is asked for so often; its figures come once a minute."""


class SessionsPage(Page):
    """History and reports.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
        ask_file: asks where to save a report.
        now: gives the time of day, with its zone.
        refresh_ms: between two looks at the report of a broadcast that runs.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QWidget | None = None,
        *,
        ask_file: FileAsker = ask_in_dialog,
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
        refresh_ms: int = REFRESH_MS,
    ) -> None:
        super().__init__(surroundings, parent)
        self._now = now
        self._session: Session | None = None
        self._running_id: str | None = None
        self._wanted_id = ""
        words: RowWords[Session] = RowWords(
            key=lambda session: session.session_id, text=lambda session: spoken(session, now())
        )
        self.model: PagedModel[Session] = PagedModel(surroundings.desk, words, self)
        self.list = QListView()
        self.report = ReportView(
            lambda asset_id: surroundings.ways.go_to(PageName.REPLAYS, asset_id), self._open_moment
        )
        self.save_html = Button(self.tr("Save as HTML…"))
        self.save_json = Button(self.tr("Save as JSON…"))
        self._history_filler, self._report_filler = Filler(), Filler()
        self._history, self._right = QStackedLayout(), QStackedLayout()
        self._export = ReportExport(surroundings, ask_file, self)
        self._refresh = QTimer(self, interval=refresh_ms)
        self._arrange()
        self._listen()

    def came_up(self) -> None:
        """See ``Page``."""
        if self.model.state is not ListState.THERE:
            self._reload()
        self._watch_running()

    def went_down(self) -> None:
        """See ``Page``."""
        self._refresh.stop()

    def show_subject(self, subject: str) -> None:
        """Show the report of the session with this id."""
        self._ask_for(subject)
        self._choose(subject)

    def _arrange(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryRow(self._now, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("canvas", "true")  # the row that is chosen shows the focus
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(self.tr("Broadcasts"))
        history = Card(self.tr("Broadcasts"))
        history.setFixedWidth(_HISTORY_WIDTH_PX)
        _stack(history.body, self._history, self._history_filler, self.list)
        right = QVBoxLayout()
        right.setSpacing(12)
        self._deeds = QWidget()
        deeds = QHBoxLayout(self._deeds)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.addStretch(1)
        deeds.addWidget(self.save_html)
        deeds.addWidget(self.save_json)
        right.addWidget(self._deeds)
        _stack(right, self._right, self._report_filler, self.report)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addWidget(history)
        layout.addLayout(right, 1)
        self._deeds.hide()
        self._history_filler.loading(self.tr("Loading broadcasts…"))
        self._report_filler.empty(self.tr("No report is open."), self.tr("Choose a broadcast on the left."))

    def _listen(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._open)
        self.model.settled.connect(self._show_history)
        self.save_html.clicked.connect(lambda: self._save(ReportFormat.HTML))
        self.save_json.clicked.connect(lambda: self._save(ReportFormat.JSON))
        self._refresh.timeout.connect(lambda: self._ask_for(self._wanted_id))
        self._surroundings.feed.live_changed.connect(self._follow_live)
        self._running_id = _session_of(self._surroundings.feed.now.live)

    def _reload(self) -> None:
        self.model.show_list(_ask_page)

    def _show_history(self) -> None:
        error = self.model.error
        if error is not None and self.model.rows:
            return  # what is shown is how it was; the window's banner says what is happening
        if error is not None:
            self._history_filler.error(said(getattr(error, "code", ""), error.title), self._reload)
            self._history.setCurrentWidget(self._history_filler)
        elif not self.model.rows:
            self._history_filler.empty(self.tr("No broadcasts yet."), self.tr("Each one gets a report here."))
            self._history.setCurrentWidget(self._history_filler)
        else:
            self._history.setCurrentWidget(self.list)
            self._choose(self._wanted_id or self.model.rows[0].session_id)

    def _choose(self, session_id: str) -> None:
        index = self.model.index_of(session_id)
        if index.isValid() and index != self.list.currentIndex():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, flags)
            self.list.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        session = index.data(ROW_ROLE)
        if isinstance(session, Session) and session.session_id != self._wanted_id:
            self._ask_for(session.session_id)

    def _ask_for(self, session_id: str) -> None:
        if not session_id:
            return
        is_another = session_id != self._wanted_id
        self._wanted_id = session_id
        if is_another:
            self._deeds.hide()
            self._report_filler.loading(self.tr("Loading the report…"))
            self._right.setCurrentWidget(self._report_filler)
        self._surroundings.desk.ask(
            lambda client: client.sessions.get(session_id),
            self._show_session,
            otherwise=lambda error: self._be_refused(session_id, error),
            owner=self,
        )

    def _show_session(self, session: Session) -> None:
        if session.session_id != self._wanted_id:
            return
        self._session = session
        self.report.show_report(report_of(session, self._now()))
        self._right.setCurrentWidget(self.report)
        self._deeds.show()
        self._watch_running()

    def _be_refused(self, session_id: str, error: PowerStreamError) -> None:
        if session_id == self._wanted_id and self._right.currentWidget() is self._report_filler:
            words = said(getattr(error, "code", ""), error.title)
            self._report_filler.error(words, lambda: self._ask_for(session_id))

    def _follow_live(self, live: LiveStatus | None) -> None:
        running_id = _session_of(live)
        if running_id == self._running_id:
            return
        ended_id, self._running_id = self._running_id, running_id
        self._reload()
        if ended_id == self._wanted_id:
            self._ask_for(self._wanted_id)

    def _watch_running(self) -> None:
        """Ask again for the report that is shown, as long as its broadcast runs and somebody sees it."""
        if self._session is not None and self._session.ended_at is None and self.isVisible():
            self._refresh.start()
        else:
            self._refresh.stop()

    def _open_moment(self, begin_s: float, end_s: float) -> None:
        report = self.report.report
        if report is None:
            return
        ids = [each.asset_id for each in report.recordings]
        begin, end = (report.started_at + timedelta(seconds=each) for each in (begin_s, end_s))
        self._surroundings.desk.ask(
            lambda client: subject_at(_replays_of(client, ids), begin, end), self._go_to_moment, owner=self
        )

    def _go_to_moment(self, subject: str | None) -> None:
        if subject is None:
            self._surroundings.ways.say(self.tr("No replay shows this moment."))
        else:
            self._surroundings.ways.go_to(PageName.REPLAYS, subject)

    def _save(self, form: ReportFormat) -> None:
        report = self.report.report
        if self._session is not None and report is not None:
            self._export.save(report, self._session, form)


def _ask_page(client: Client, cursor: str | None) -> RowsPage[Session]:
    page = client.sessions.page(limit=PAGE_ROWS, cursor=cursor)
    return RowsPage(rows=page.sessions, next_cursor=page.next_cursor)


def _replays_of(client: Client, ids: Sequence[str]) -> list[Asset]:
    found = []
    for asset_id in ids:
        with contextlib.suppress(UnknownError):  # removed since
            found.append(client.library.get(asset_id))
    return found


def _session_of(live: LiveStatus | None) -> str | None:
    return None if live is None else live.session_id


def _stack(place: QVBoxLayout, layers: QStackedLayout, *widgets: QWidget) -> None:
    holder = QWidget()
    holder.setLayout(layers)
    for widget in widgets:
        layers.addWidget(widget)
    place.addWidget(holder, 1)
