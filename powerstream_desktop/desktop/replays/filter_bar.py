"""What is looked for among the replays: words, station, date, state, and the order of what is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.replays.query import Period, ReplayQuery, Sort
from powerstream_desktop.desktop.replays.search_box import SearchBox

_STATION_WIDTH_PX = 220


class FilterBar(QWidget):
    """Says what to look for, each time that it is something else.

    Args:
        parent: its place.
    """

    changed = Signal(object)  # ReplayQuery
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchBox()
        self.station, self.sort = QComboBox(), QComboBox()
        self.period, self.status = QComboBox(), QComboBox()
        self.first_day, self.last_day = QDateEdit(), QDateEdit()
        self.clear = IconButton("close", self.tr("Clear search and filters"))
        self.count = Label("", Tone.MUTED, elide=True, letters=Letters.SMALL)
        self.bring_in = Button(self.tr("Import…"), Role.SMALL)
        self._told = ReplayQuery()
        self._fill()
        self._arrange()
        self._listen()
        self.show_stations(())

    @property
    def query(self) -> ReplayQuery:
        """What is looked for."""
        period = self.period.currentData()
        is_range = period is Period.RANGE
        return ReplayQuery(
            words=" ".join(self.search.text().split()),
            station_id=self.station.currentData(),
            status=self.status.currentData(),
            period=period,
            first_day=_day_of(self.first_day) if is_range else None,
            last_day=_day_of(self.last_day) if is_range else None,
            sort=self.sort.currentData(),
        )

    def show_stations(self, stations: Sequence[Station]) -> None:
        """Offer these stations; the one that was chosen stays so while it is there."""
        chosen = self.station.currentData()
        self.station.clear()
        self.station.addItem(self.tr("All stations"), None)
        for station in stations:
            self.station.addItem(station.name, station.id)
        self.station.setCurrentIndex(max(0, self.station.findData(chosen)))
        self.station.setVisible(len(stations) > 1)
        self._look()

    def show_count(self, words: str) -> None:
        """Say how many there are."""
        self.count.show_text(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape in an empty search shows everything again."""
        if event.key() == Qt.Key.Key_Escape and self.query.is_narrowed:
            self._clear()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        for words, sort in (
            (self.tr("Newest"), Sort.NEWEST),
            (self.tr("Oldest"), Sort.OLDEST),
            (self.tr("By title"), Sort.TITLE),
            (self.tr("Longest"), Sort.LONGEST),
            (self.tr("Largest"), Sort.LARGEST),
        ):
            self.sort.addItem(words, sort)
        for words, period in (
            (self.tr("Any date"), Period.ANY),
            (self.tr("Today"), Period.TODAY),
            (self.tr("7 days"), Period.WEEK),
            (self.tr("30 days"), Period.MONTH),
            (self.tr("From … to …"), Period.RANGE),
        ):
            self.period.addItem(words, period)
        for words, status in (
            (self.tr("Any state"), None),
            (self.tr("Whole"), "ready"),
            (self.tr("Recovered"), "recovered"),
            (self.tr("Being finished"), "processing"),
            (self.tr("File missing"), "missing"),
            (self.tr("Failed"), "failed"),
        ):
            self.status.addItem(words, status)

    def _arrange(self) -> None:
        top, below, self._range = QHBoxLayout(), QHBoxLayout(), QWidget()
        top.setSpacing(10)
        top.addWidget(self.search, 1)
        top.addWidget(self.station)
        top.addWidget(self.sort)
        below.setSpacing(10)
        below.addWidget(self.period)
        below.addWidget(self.status)
        below.addWidget(self.clear)
        below.addWidget(self.count, 1)
        below.addWidget(self.bring_in)
        days = QHBoxLayout(self._range)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(10)
        for words, each in ((self.tr("From"), self.first_day), (self.tr("to"), self.last_day)):
            label = Label(words, Tone.MUTED)
            label.setBuddy(each)
            days.addWidget(label)
            days.addWidget(each)
        days.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self._range)
        self._dress()

    def _dress(self) -> None:
        self.station.setMaximumWidth(_STATION_WIDTH_PX)
        self.station.setAccessibleName(self.tr("Station"))
        self.sort.setAccessibleName(self.tr("Order"))
        self.period.setAccessibleName(self.tr("Date"))
        self.status.setAccessibleName(self.tr("State"))
        self.first_day.setAccessibleName(self.tr("From this day on"))
        self.last_day.setAccessibleName(self.tr("Until this day"))
        today = QDate.currentDate()
        self.first_day.setDate(today.addDays(-30))
        self.last_day.setDate(today)
        for each in (self.first_day, self.last_day):
            each.setCalendarPopup(True)
        self._range.hide()
        self.search.setAcceptDrops(False)  # films are dropped on the whole page

    def _listen(self) -> None:
        self.search.settled.connect(self._look)
        for box in (self.station, self.sort, self.period, self.status):
            box.activated.connect(self._look)
        for day in (self.first_day, self.last_day):
            day.dateChanged.connect(self._look)
        self.bring_in.clicked.connect(self.import_wanted)
        self.clear.clicked.connect(self._clear)

    def _clear(self) -> None:
        self.search.setFocus()  # the button goes away
        self.period.setCurrentIndex(0)
        self.status.setCurrentIndex(0)
        self.search.clear_at_once()
        self._look()

    def _look(self) -> None:
        query = self.query
        self._range.setVisible(query.period is Period.RANGE)
        self.clear.setVisible(query.is_narrowed)
        if query != self._told:
            self._told = query
            self.changed.emit(query)


def _day_of(box: QDateEdit) -> date:
    day = box.date()
    return date(day.year(), day.month(), day.day())
