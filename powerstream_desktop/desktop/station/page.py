"""The page of a station: is it on air, what goes out, and what it has recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.player.stream_player import MediaMaker, qt_media
from powerstream_desktop.desktop.replays.handling import ReplayHandling
from powerstream_desktop.desktop.replays.query import ReplayQuery
from powerstream_desktop.desktop.replays.recorded_content import RecordedContent
from powerstream_desktop.desktop.replays.reveal import reveal
from powerstream_desktop.desktop.review.film_frames import film_frames
from powerstream_desktop.desktop.review.reviewer import FrameSourceMaker
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.pages import go_live_sheet
from powerstream_desktop.desktop.shell.surroundings import Surroundings
from powerstream_desktop.desktop.station.station_head import StationHead
from powerstream_desktop.desktop.station.station_sheet import PictureAsker, StationSheet, ask_in_dialog
from powerstream_desktop.desktop.station.station_view import StationView


class StationPage(Page):
    """One station; which one is chosen at the top.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
        make_media: what plays.
        make_frames: what gives single pictures.
        show_file: shows a file in its folder.
        make_go_live: makes the sheet that goes live, given a station's id.
        ask_picture: asks for a picture's file, given the window and who gets the answer if there is one.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        parent: QWidget | None = None,
        *,
        make_media: MediaMaker = qt_media,
        make_frames: FrameSourceMaker = film_frames,
        show_file: Callable[[Path], None] = reveal,
        make_go_live: Callable[[Surroundings, str], QWidget] = go_live_sheet,
        ask_picture: PictureAsker = ask_in_dialog,
    ) -> None:
        super().__init__(surroundings, parent)
        self._ask_picture = ask_picture
        self._make_go_live = make_go_live
        self._stations: tuple[Station, ...] = ()
        self._wanted_id = ""
        self._shown_id = ""
        self._live_id: str | None = None
        self.picker = QComboBox()
        self.add = Button(self.tr("New station"))
        self.head = StationHead(surroundings.desk)
        self.content = RecordedContent(surroundings)
        self.view = StationView(
            surroundings, make_media=make_media, make_frames=make_frames, show_file=show_file
        )
        self.handling = ReplayHandling(surroundings, self.content, self.view, show_file=show_file)
        self.filler = Filler()
        self._layers = QStackedLayout(self)
        self._arrange()
        self._listen()

    @property
    def station(self) -> Station | None:
        """The station that is shown; None while there is none."""
        return next((each for each in self._stations if each.id == self._shown_id), None)

    def came_up(self) -> None:
        """See ``Page``."""
        self._ask_stations()
        self.view.live.wake()

    def went_down(self) -> None:
        """See ``Page``."""
        self.view.rest()

    def show_subject(self, subject: str) -> None:
        """Show the station of this id."""
        self._wanted_id = subject
        self._ask_stations()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Label(self.tr("Station"), Tone.MUTED))
        top.addWidget(self.picker, 1)
        top.addWidget(self.add)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(top)
        left.addWidget(self.head)
        left.addWidget(Label(self.tr("Recorded shows"), Tone.MUTED, bold=True, letters=Letters.SMALL))
        left.addWidget(self.content, 1)
        left.addWidget(self.handling.undo)
        self._whole = QWidget()
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(14)
        row.addLayout(left, 3)
        row.addWidget(self.view, 2)
        self._layers.addWidget(self.filler)
        self._layers.addWidget(self._whole)
        # One at a time: what is done with many is done on the page of all replays.
        self.content.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.content.list.setDragEnabled(False)
        self.picker.setAccessibleName(self.tr("Station"))
        self.filler.loading(self.tr("Loading stations…"))

    def _listen(self) -> None:
        self.picker.activated.connect(lambda _: self._show_station(self.picker.currentData()))
        self.add.clicked.connect(lambda: self._open_sheet(None))
        self.head.edit.clicked.connect(lambda: self._open_sheet(self.station))
        self.head.go_live.clicked.connect(self._go_live)
        self.view.details_wanted.connect(self.handling.edit_by_id)
        self.view.report_wanted.connect(self.handling.show_report)
        feed = self._surroundings.feed
        feed.live_changed.connect(self._follow_live)
        feed.library_changed.connect(self._follow_library)
        self._live_id = None if feed.now.live is None else feed.now.live.session_id

    def _ask_stations(self) -> None:
        self._surroundings.desk.ask(
            lambda client: client.stations.all(), self._show_stations, otherwise=self._be_refused, owner=self
        )

    def _show_stations(self, stations: Sequence[Station]) -> None:
        self._stations = tuple(stations)
        self.picker.clear()
        for station in stations:
            self.picker.addItem(station.name, station.id)
        if not stations:
            self._shown_id = ""
            self.view.show_replay(None)
            self.filler.empty(
                self.tr("There is no station yet."),
                self.tr("A station is a channel of yours: its name, its destinations, its recorded shows."),
                self.tr("New station"),
                lambda: self._open_sheet(None),
            )
            self._layers.setCurrentWidget(self.filler)
            return
        ids = [each.id for each in stations]
        live = self._surroundings.feed.now.live
        on_air_id = live.station_id if live is not None and live.session_id is not None else None
        wanted = (self._wanted_id, self._shown_id, on_air_id or "", ids[0])
        self._wanted_id = ""
        self._show_station(next(each for each in wanted if each in ids))

    def _show_station(self, station_id: str) -> None:
        is_another = station_id != self._shown_id
        self._shown_id = station_id
        self.picker.setCurrentIndex(self.picker.findData(station_id))
        self._layers.setCurrentWidget(self._whole)
        station = self.station
        if station is None:
            return
        self.head.show_station(station)
        if is_another:
            self.view.show_replay(None)
            self.content.show_query(ReplayQuery(station_id=station_id))
        self._show_live(self._surroundings.feed.now.live)

    def _show_live(self, live: LiveStatus | None) -> None:
        station = self.station
        runs = live is not None and live.session_id is not None
        is_here = runs and live is not None and station is not None and live.station_id == station.id
        self.head.show_state(is_live=is_here, is_other_live=runs and not is_here)
        self.view.show_on_air(station.slug if is_here and station is not None else None)

    def _follow_live(self, live: LiveStatus | None) -> None:
        session_id = None if live is None else live.session_id
        has_ended = self._live_id is not None and session_id != self._live_id
        self._live_id = session_id
        self._show_live(live)
        if has_ended and self._shown_id:
            self.content.reload()

    def _follow_library(self, words: Words) -> None:
        if self._shown_id:
            self.content.follow_change(str(words.get("change", "")), str(words.get("assetId", "")))

    def _open_sheet(self, station: Station | None) -> None:
        sheet = StationSheet(self._surroundings, station, ask_picture=self._ask_picture)
        sheet.saved.connect(self._take_saved)
        sheet.removed.connect(lambda _: self._ask_stations())
        self._surroundings.ways.open_sheet(sheet)

    def _take_saved(self, station: Station) -> None:
        self._wanted_id = station.id
        self._ask_stations()

    def _go_live(self) -> None:
        self._surroundings.ways.open_sheet(self._make_go_live(self._surroundings, self._shown_id))

    def _be_refused(self, error: PowerStreamError) -> None:
        if self._stations:
            return  # what is shown is how it was; the window's banner says what is happening
        self.filler.error(said(getattr(error, "code", ""), error.title), self._ask_stations)
        self._layers.setCurrentWidget(self.filler)
