"""The studio's card of destinations: one row each, what troubles them, and how many of them are well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.live import RunningBroadcast
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings
from powerstream_desktop.desktop.studio.destinations.rates import RateHistory
from powerstream_desktop.desktop.studio.destinations.row import DestinationRow
from powerstream_desktop.desktop.studio.destinations.standing import Plight, Standing, count_of, standings

TICK_MS: Final = 1000
MADE_AT_ONCE: Final = 10
"""Rows; each takes some milliseconds to be made, and nothing may hold up the window."""
_ON_THEIR_WAY: Final = frozenset({Plight.CONNECTING, Plight.PUBLISHING, Plight.RETRYING})
_MARKS: Final = {Tone.OK: "●", Tone.WARN: "◐", Tone.ERR: "✖"}
_CHIP_EDGE_PX: Final = 18
_GAP_PX: Final = 8
_MARGINS_PX: Final = 26
_NEEDS_NO_TICK: Final = frozenset({Plight.READY, Plight.WITHOUT_KEY, Plight.LEFT_OUT, Plight.UNHEARD})


class DestinationsCard(Card):
    """The card. Rows are made once and changed in place; clocks and countdowns go on between two snapshots.

    Args:
        surroundings: what the window lends.
        parent: where it is shown.
        clock: monotonic seconds.
    """

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, *, clock: Clock = monotonic
    ) -> None:
        super().__init__("", parent)
        self._surroundings = surroundings
        self._clock = clock
        self._broadcast: RunningBroadcast | None = None
        self._heard_at_s = clock()
        self._endpoints: tuple[Endpoint, ...] | None = None
        self._rates = RateHistory()
        self._rows: dict[str, DestinationRow] = {}
        self._chips = {tone: Chip("", tone) for tone in (Tone.OK, Tone.WARN, Tone.ERR)}
        self._edit = Button("", Role.SMALL)
        self._filler = Filler()
        self._list = QVBoxLayout()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self._follow()
        self._retranslate()

    @property
    def rows(self) -> tuple[DestinationRow, ...]:
        """The rows, from above."""
        return tuple(self._rows.values())

    def showEvent(self, event: QShowEvent) -> None:
        """See ``QWidget``: somebody may have changed endpoints on another page."""
        super().showEvent(event)
        self._ask()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """See ``QWidget``: no clock is seen any more."""
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        """See ``QWidget``."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.StyleChange and self.isVisible():
            self._show()

    def _lay_out(self) -> None:
        for chip in self._chips.values():
            self.add_beside_title(chip)
        self.add_to_header(self._edit)
        canvas = QWidget()
        canvas.setProperty("canvas", "true")
        column = QVBoxLayout(canvas)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addWidget(self._filler)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(canvas)
        self.body.addWidget(area, 1)
        self._area = area

    def _follow(self) -> None:
        feed, ways = self._surroundings.feed, self._surroundings.ways
        feed.broadcast_changed.connect(self._broadcast_changed)
        feed.service_changed.connect(self._service_changed)
        self._edit.clicked.connect(lambda: ways.go_to(PageName.DESTINATIONS))
        self._broadcast_changed(feed.now.broadcast)

    def _service_changed(self, state: ServiceState) -> None:
        if state is ServiceState.THERE and self.isVisible():
            self._ask()

    def _broadcast_changed(self, broadcast: RunningBroadcast | None) -> None:
        before, self._broadcast = self._broadcast, broadcast
        self._heard_at_s = now = self._clock()
        for each in broadcast.endpoints if broadcast is not None else ():
            self._rates.took(each.id or f"receiver {each.name}", each.bitrate_kbps, now)
        if (before and before.session_id) != (broadcast and broadcast.session_id) and self.isVisible():
            self._ask()
        self._show()

    def _ask(self) -> None:
        """Ask which endpoints there are: a broadcast tells only of those that are in it."""
        self._surroundings.desk.ask(
            lambda client: client.endpoints.all(), self._told, otherwise=self._not_told, owner=self
        )

    def _told(self, endpoints: tuple[Endpoint, ...]) -> None:
        self._endpoints = endpoints
        self._show()

    def _not_told(self, error: PowerStreamError) -> None:
        if self._endpoints is None and self._broadcast is None:
            self._filler.error(error.title, self._ask)

    def _tick(self) -> None:
        self._show()

    def _show(self) -> None:
        rows = standings(self._broadcast, self._endpoints or (), self._clock() - self._heard_at_s)
        self._take_away(rows)
        new = 0
        for place, row in enumerate(rows):
            new += row.key not in self._rows
            if new > MADE_AT_ONCE:
                QTimer.singleShot(0, self, self._show)
                break
            self._show_row(row, place)
        self._rows = {row.key: self._rows[row.key] for row in rows if row.key in self._rows}
        self._rates.keep_only(self._rows.keys())
        self._show_counts(rows)
        self._show_filler(rows)
        needs_tick = self.isVisible() and any(row.plight not in _NEEDS_NO_TICK for row in rows)
        if needs_tick != self._timer.isActive():
            self._timer.start() if needs_tick else self._timer.stop()

    def _take_away(self, rows: tuple[Standing, ...]) -> None:
        for key in self._rows.keys() - {row.key for row in rows}:
            gone = self._rows.pop(key)
            self._list.removeWidget(gone)
            gone.deleteLater()

    def _show_row(self, row: Standing, place: int) -> None:
        widget = self._rows.get(row.key)
        if widget is None:
            widget = self._rows[row.key] = DestinationRow(row)
            widget.retry_wanted.connect(self._retry)
            widget.key_wanted.connect(self._go_for_key)
            widget.page_wanted.connect(self._open_page)
            widget.neighbour_wanted.connect(self._go_to_neighbour)
        if self._list.indexOf(widget) != place:
            self._list.removeWidget(widget)
            self._list.insertWidget(place, widget)
            widget.show()
        widget.show_standing(row)
        widget.show_points(self._rates.points(row.key))

    def _show_counts(self, rows: tuple[Standing, ...]) -> None:
        live = count_of(rows, Plight.LIVE, Plight.SLOW)
        on_their_way = [row for row in rows if row.plight in _ON_THEIR_WAY]
        are_back = any(row.attempt > 0 for row in on_their_way)
        rejected = count_of(rows, Plight.REJECTED)
        words = {
            Tone.OK: self.tr("%n live", "", live) if live else "",
            Tone.WARN: self._waiting_words(len(on_their_way), are_back=are_back),
            Tone.ERR: self.tr("%n rejected", "", rejected) if rejected else "",
        }
        counts = {Tone.OK: live, Tone.WARN: len(on_their_way), Tone.ERR: rejected}
        is_tight = self._room_for(words.values()) > self.width() > 0
        for tone, chip in self._chips.items():
            chip.show_text(f"{_MARKS[tone]} {counts[tone]}" if is_tight else words[tone], tone)
            chip.setAccessibleName(words[tone])
            chip.setToolTip(words[tone] if is_tight else "")
            chip.setVisible(bool(words[tone]))

    def _waiting_words(self, count: int, *, are_back: bool) -> str:
        if not count:
            return ""
        return self.tr("%n retrying", "", count) if are_back else self.tr("%n connecting", "", count)

    def _room_for(self, words: Iterable[str]) -> int:
        """Return how wide the heading is with these words in its chips; where it has no such room, shapes stand for them."""
        metrics = next(iter(self._chips.values())).fontMetrics()
        chips = [metrics.horizontalAdvance(each) + _CHIP_EDGE_PX for each in words if each]
        parts = [self._title.sizeHint().width(), self._edit.sizeHint().width(), *chips]
        return sum(parts) + _GAP_PX * len(parts) + _MARGINS_PX

    def _show_filler(self, rows: tuple[Standing, ...]) -> None:
        self._filler.setVisible(not rows)
        if rows or (self._endpoints is None and self._broadcast is None):
            return
        self._filler.empty(
            self.tr("No platform yet."), self.tr("Add the first one, and this list shows how it stands.")
        )

    def _retry(self, key: str) -> None:
        endpoint_id = self._rows[key].standing.endpoint_id
        if endpoint_id is not None:
            self._surroundings.desk.ask(lambda client: client.endpoints.retry(endpoint_id), owner=self)

    def _go_for_key(self, key: str) -> None:
        self._surroundings.ways.go_to(PageName.DESTINATIONS, self._rows[key].standing.endpoint_id or "")

    def _open_page(self, key: str) -> None:
        cause = self._rows[key].standing.cause
        if cause is not None:
            QDesktopServices.openUrl(QUrl(cause.help_url))

    def _go_to_neighbour(self, key: str, step: int) -> None:
        in_order = list(self._rows)
        place = in_order.index(key) + step
        if 0 <= place < len(in_order):
            neighbour = self._rows[in_order[place]]
            neighbour.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(neighbour)

    def _retranslate(self) -> None:
        self.show_title(self.tr("Destinations"))
        self._edit.setText(self.tr("Edit"))
        self._edit.setAccessibleName(self.tr("Edit destinations"))
        if self._endpoints is None and self._broadcast is None:
            self._filler.loading(self.tr("Looking for your platforms…"))
        for row in self._rows.values():
            row.retranslate()
        self._show()
