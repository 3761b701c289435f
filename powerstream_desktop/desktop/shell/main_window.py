"""The window: what is around the pages, and what they are lent."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.language.language import current
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.look.icons import ApplicationIcon
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.shell import pages
from powerstream_desktop.desktop.shell.broadcast_controls import Ending
from powerstream_desktop.desktop.shell.chrome import Chrome
from powerstream_desktop.desktop.shell.closing import Closing, ClosingSheet, closing
from powerstream_desktop.desktop.shell.first_start import FirstStart
from powerstream_desktop.desktop.shell.health import Health
from powerstream_desktop.desktop.shell.kept_window import KeptWindow
from powerstream_desktop.desktop.shell.key_hints import key_hints
from powerstream_desktop.desktop.shell.notice_desk import NoticeDesk
from powerstream_desktop.desktop.shell.notice_log import NoticeLog
from powerstream_desktop.desktop.shell.on_air import air_state
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.pages import PageMaker, PageStack
from powerstream_desktop.desktop.shell.station_picker import ChosenStation, StationPicker
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings
from powerstream_desktop.desktop.shell.title import window_icon, window_title
from powerstream_desktop.desktop.shell.tray import Tray
from powerstream_desktop.desktop.shell.ways import WindowWays

SMALLEST_PX: Final = (1100, 680)
FIRST_SIZE_PX: Final = (1440, 900)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowParts:
    """What a window is made of.

    Attributes:
        desk: takes errands for the service.
        feed: what is known of it.
        kept: what is remembered from last time.
        makers: how each page is made; pages without one are not on the rail.
        first_start_page: how the page of the first start is made.
        go_live_sheet: how the sheet that goes live is made, with a station's id.
        hotkeys: makes who listens for keys; None for nobody.
        loader: loads the pages' code; None where it is there.
        has_tray: this desktop has a tray.
        clock: gives the time.
    """

    desk: Desk
    feed: OutlookFeed
    kept: KeptWindow = field(default_factory=KeptWindow)
    makers: Mapping[PageName, PageMaker] = field(default_factory=pages.all_pages)
    first_start_page: PageMaker = pages.first_start_page
    go_live_sheet: Callable[[Surroundings, str], QWidget] = pages.go_live_sheet
    hotkeys: Callable[[Surroundings], Hotkeys] | None = None
    loader: PageLoader | None = None
    has_tray: bool = False
    clock: Clock = monotonic


class MainWindow(QWidget):
    """The only window. On the thread of the application.

    Args:
        parts: what it is made of.

    Attributes:
        wants_service: somebody wants the service to be looked for again.
        gone: it was closed for good: the application may end.
    """

    wants_service = Signal()
    gone = Signal()

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self._parts = parts
        self._is_session_ending = False
        self._ways = WindowWays(self._go_to, self._say)
        lent = Surroundings(desk=parts.desk, feed=parts.feed, ways=self._ways)
        self.hotkeys = parts.hotkeys(lent) if parts.hotkeys is not None else None
        self.surroundings = replace(lent, hotkeys=self.hotkeys)
        self._chosen = ChosenStation(parts.kept.station_id, self)
        self._stations: tuple[Station, ...] = ()
        self.notices = NoticeDesk(parts.feed, parts.clock, self)
        self._health = Health(parts.desk, parts.feed, parts.clock, self)
        self._ending = Ending(self.surroundings, self)
        self._first_start = FirstStart(parts.desk, is_over=parts.kept.is_first_start_over, parent=self)
        self._stack = PageStack(self.surroundings, parts.makers)
        self._page: PageName | None = None
        self._icon: ApplicationIcon | None = None
        self._language = current()
        self._opens_next: tuple[str, Callable[[], None]] | None = None  # what waits for its code
        self._closing_sheet: ClosingSheet | None = None
        self._tray = Tray(self.show_again, self._wants_to_go, self) if parts.has_tray else None
        # Otherwise the keyboard would begin on the rail, and show it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self.setAccessibleName("PowerStream")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._chrome = self._make_chrome()
        self.setMinimumSize(*SMALLEST_PX)
        self._take_place(parts.kept.geometry)
        parts.feed.service_changed.connect(self._service_changed)
        parts.feed.live_changed.connect(self._show_air)
        parts.feed.broadcast_changed.connect(self._show_air)
        parts.feed.recording_changed.connect(self._show_recording)
        if self.hotkeys is not None:
            self.hotkeys.status_changed.connect(self._show_hints)
        if parts.loader is not None:
            parts.loader.loaded.connect(self._code_came)
        self._begin()

    @property
    def kept(self) -> KeptWindow:
        """What is worth remembering."""
        return KeptWindow(
            geometry=bytes(self.saveGeometry().data()),
            station_id=self._chosen.station_id,
            is_first_start_over=self._first_start.is_over,
        )

    @property
    def chrome(self) -> Chrome:
        """What is around the pages now."""
        return self._chrome

    @property
    def page(self) -> QWidget | None:
        """What is shown."""
        return self._stack.shown

    def show_again(self) -> None:
        """Show it to somebody who looks for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def _wants_to_go(self) -> None:
        self.show_again()
        self.close()

    def session_ends(self) -> None:
        """The desktop logs off: close without a question."""
        self._is_session_ending = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once while something is on the air."""
        decision = closing(
            air_state(self._parts.feed.now),
            was_asked=self._closing_sheet is not None,
            is_session_ending=self._is_session_ending,
            has_tray=self._tray is not None,
        )
        if decision is Closing.CLOSE:
            event.accept()
            self.gone.emit()
            return
        event.ignore()
        if decision is Closing.ASK:
            self._ask_what_to_do()
        else:
            self._hide_in_tray()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        self._seen_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._seen_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Take note of being minimised, and of another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._seen_changed()
        elif event.type() is QEvent.Type.LanguageChange and current() is not self._language:
            self._speak_anew()

    # What is around the pages.

    def _make_chrome(self) -> Chrome:
        picker = StationPicker(self._chosen, lambda: self._ways.go_to(PageName.STATION))
        picker.show_stations(self._stations)
        picker.menu().aboutToShow.connect(self._ask_stations)
        self._picker = picker
        chrome = Chrome(self._stack, self._parts.makers, picker, self)
        chrome.rail.chosen.connect(self._ways.go_to)
        chrome.top.wants_live.connect(self.go_live)
        chrome.top.wants_end.connect(self._end)
        chrome.banner.wants_retry.connect(self.wants_service)
        chrome.banner.wants_log.connect(self._show_log)
        chrome.foot.wants_log.connect(self._show_log)
        self._ways.use_frame(chrome.sheets)
        self.notices.show_in(chrome.banner, chrome.foot)
        self._health.show_in(chrome.top.figures)
        self._layout.addWidget(chrome)
        self._chrome = chrome
        self._show_air()
        self._show_recording()
        self._show_hints()
        return chrome

    def _speak_anew(self) -> None:
        """Make everything anew in another language; what was typed into a sheet is lost, and nothing else."""
        self._language = current()
        self._chrome.sheets.close_all()
        self._stack.forget_all()
        self._stack.setParent(None)
        self._layout.removeWidget(self._chrome)
        self._chrome.deleteLater()
        self._make_chrome()
        if self._page is not None:
            self._go_to(self._page, "")

    def _show_air(self) -> None:
        state = air_state(self._parts.feed.now)
        self._chrome.top.show_state(state)
        self._picker.show_on_air(state.station_id)
        self.setWindowTitle(window_title(state))
        icon = window_icon(state)
        if icon is not self._icon:  # drawing it in all its sizes takes a while
            self._icon = icon
            self.setWindowIcon(look().application_icon(icon))
        if self._tray is not None:
            self._tray.show_state(icon, window_title(state))
        if state.is_running and not self._first_start.is_over:
            self._leave_first_start()

    def _show_recording(self) -> None:
        self._chrome.foot.show_recording(self._parts.feed.now.recording)

    def _show_hints(self) -> None:
        if self.hotkeys is not None:
            self._chrome.foot.show_hints(key_hints(self.hotkeys.status, sys.platform))

    def _service_changed(self, state: ServiceState) -> None:
        self._show_air()
        if state is ServiceState.THERE:
            self._ask_stations()

    def _ask_stations(self) -> None:
        self._parts.desk.ask(
            lambda client: client.stations.all(),
            self._show_stations,
            otherwise=_keep_what_was,
            owner=self._picker,
        )

    def _show_stations(self, stations: tuple[Station, ...]) -> None:
        self._stations = stations
        self._picker.show_stations(stations)

    # Pages and sheets.

    def _begin(self) -> None:
        """Show the first page: the studio, or that of the first start once it is known to be it."""
        if not self._first_start.is_over:
            self._stack.show_instead(_Waiting(self.surroundings, self._stack))
        self._first_start.find_out(self._show_first)

    def _show_first(self, is_first: bool) -> None:
        if self._page is not None:
            return  # somebody was quicker, and went elsewhere
        if is_first:
            self._once_loaded(pages.FIRST_START_MODULE, self._open_first_start)
        else:
            self._go_to(PageName.STUDIO, "")

    def _open_first_start(self) -> None:
        self._stack.show_instead(self._parts.first_start_page(self.surroundings, self._stack))

    def _leave_first_start(self) -> None:
        self._first_start.is_over = True
        if self._page is None:
            self._go_to(PageName.STUDIO, "")

    def _go_to(self, name: PageName, subject: str) -> None:
        if self._page is PageName.STATION and name is not PageName.STATION:
            self._ask_stations()  # one may have been made there
        if name is PageName.STUDIO and self._page is None:
            self._first_start.is_over = True
        self._page = name
        self._chrome.rail.show_chosen(name)
        self._once_loaded(pages.module_of(name), lambda: self._open_page(name, subject))

    def _open_page(self, name: PageName, subject: str) -> None:
        page = self._stack.show_page(name)
        if subject:
            page.show_subject(subject)

    def _once_loaded(self, module: str, open_it: Callable[[], None]) -> None:
        """Open something, at once or as soon as its code is there; until then, what is shown stays. Only the last wish counts."""
        self._opens_next = (module, open_it)
        self._code_came()

    def _code_came(self) -> None:
        loader, waiting = self._parts.loader, self._opens_next
        if waiting is not None and (loader is None or loader.is_loaded(waiting[0])):
            self._opens_next = None
            waiting[1]()

    def go_live(self) -> None:
        """Open the sheet that goes live."""
        self._once_loaded(pages.GO_LIVE_MODULE, self._open_go_live)

    def _open_go_live(self) -> None:
        if not self._chrome.sheets.holds("go-live"):
            sheet = self._parts.go_live_sheet(self.surroundings, self._chosen.station_id)
            self._chrome.sheets.open(sheet, "go-live")

    def _show_log(self) -> None:
        self._chrome.sheets.open(NoticeLog(self.notices.log))

    def _say(self, sentence: str, remedy: str) -> None:
        self.notices.say(sentence, remedy)

    # The end, of broadcasts and of the window.

    def _end(self) -> None:
        state = air_state(self._parts.feed.now)
        if state.session_id:
            self._ending.end(state.session_id)

    def _ask_what_to_do(self) -> None:
        self.show_again()
        sheet = self._closing_sheet = ClosingSheet()
        sheet.closed.connect(self._not_asked_any_more)
        sheet.keeps.connect(self.close)
        sheet.ends.connect(self._end_and_close)
        self._chrome.sheets.open(sheet)

    def _not_asked_any_more(self) -> None:
        self._closing_sheet = None

    def _end_and_close(self) -> None:
        state = air_state(self._parts.feed.now)
        self._ways.close_sheet()
        self._not_asked_any_more()
        self._ending.end(state.session_id, self._close_for_good)

    def _close_for_good(self) -> None:
        self._is_session_ending = True
        self.close()

    def _hide_in_tray(self) -> None:
        self._ways.close_sheet()
        self._not_asked_any_more()
        self.hide()

    # Being seen.

    def _seen_changed(self) -> None:
        is_seen = self.isVisible() and not self.isMinimized()
        self._stack.set_seen(is_seen)
        self._health.set_seen(is_seen)

    def _take_place(self, geometry: bytes) -> None:
        if not (geometry and self.restoreGeometry(QByteArray(geometry))):
            screen = QApplication.primaryScreen().availableSize()
            self.resize(min(FIRST_SIZE_PX[0], screen.width()), min(FIRST_SIZE_PX[1], screen.height()))


class _Waiting(Page):
    """Stands in until it is known what to begin with."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        filler = Filler()
        filler.loading(self.tr("PowerStream is being started…"))
        QVBoxLayout(self).addWidget(filler)


def _keep_what_was(_error: PowerStreamError) -> None:
    """Show the stations that were known: the banner says that the service is away."""
