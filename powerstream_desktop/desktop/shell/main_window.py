"""The window: what is around the pages, and what they are lent."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.identity import NAME
from powerstream_desktop.desktop.language.language import current
from powerstream_desktop.desktop.look.icons import ApplicationIcon
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.settings.appearance import appearance_of
from powerstream_desktop.desktop.shell import pages
from powerstream_desktop.desktop.shell.broadcast_controls import Ending
from powerstream_desktop.desktop.shell.chrome import Chrome
from powerstream_desktop.desktop.shell.closing import Closing
from powerstream_desktop.desktop.shell.departure import Departure
from powerstream_desktop.desktop.shell.guide import Guide
from powerstream_desktop.desktop.shell.health import Health
from powerstream_desktop.desktop.shell.kept_window import KeptWindow
from powerstream_desktop.desktop.shell.key_hints import key_hints
from powerstream_desktop.desktop.shell.notice_desk import NoticeDesk
from powerstream_desktop.desktop.shell.notice_log import NoticeLog
from powerstream_desktop.desktop.shell.on_air import air_state
from powerstream_desktop.desktop.shell.station_picker import StationPicker
from powerstream_desktop.desktop.shell.stations_on_offer import StationsOnOffer
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings
from powerstream_desktop.desktop.shell.title import window_icon, window_title
from powerstream_desktop.desktop.shell.tray import Tray
from powerstream_desktop.desktop.shell.ways import WindowWays
from powerstream_desktop.desktop.shell.window_parts import WindowParts

SMALLEST_PX: Final = (1100, 680)
FIRST_SIZE_PX: Final = (1440, 900)
_GO_LIVE: Final = "go-live"


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
        self._feed = parts.feed
        self._parts = parts
        self.notices = NoticeDesk(parts.feed, parts.clock, self)
        self._ways = WindowWays(self._go_to, self.notices.say, self.notices.tell)
        lent = Surroundings(desk=parts.desk, feed=parts.feed, ways=self._ways)
        self.hotkeys = parts.hotkeys(lent) if parts.hotkeys is not None else None
        self.surroundings = replace(lent, hotkeys=self.hotkeys)
        self._stations = StationsOnOffer(parts.desk, parts.kept.station_id, self)
        self._health = Health(parts.desk, parts.feed, parts.clock, self)
        self._ending = Ending(self.surroundings, self)
        self._departure = Departure(self.surroundings, self._ending, has_tray=parts.has_tray, parent=self)
        self._guide = Guide(parts, self.surroundings, self)
        self._icon: ApplicationIcon | None = None
        self._language = current()
        self._tray = Tray(self.show_again, self._wants_to_go, self) if parts.has_tray else None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._chrome = self._make_chrome()
        self._connect()
        # Otherwise the keyboard would begin on the rail, and show it.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self.setAccessibleName(NAME)
        self.setMinimumSize(*SMALLEST_PX)
        self._take_place(parts.kept.geometry)
        self._guide.begin()

    @property
    def kept(self) -> KeptWindow:
        """What is worth remembering."""
        return KeptWindow(
            geometry=bytes(self.saveGeometry().data()),
            station_id=self._stations.chosen.station_id,
            is_first_start_over=self._guide.is_first_start_over,
        )

    @property
    def chrome(self) -> Chrome:
        """What is around the pages now."""
        return self._chrome

    @property
    def page(self) -> QWidget | None:
        """What is shown."""
        return self._guide.stack.shown

    def show_again(self) -> None:
        """Show it to somebody who looks for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def session_ends(self) -> None:
        """The desktop logs off: close without a question."""
        self._departure.settle()

    def go_live(self) -> None:
        """Open the sheet that goes live."""
        self._guide.once_loaded(pages.GO_LIVE_MODULE, self._open_go_live)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once while something is on the air."""
        match self._departure.decision():
            case Closing.CLOSE:
                event.accept()
                self.gone.emit()
            case Closing.HIDE:
                event.ignore()
                self._departure.take_back()
                self.hide()
            case Closing.ASK:
                event.ignore()
                self.show_again()
                self._departure.ask()

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

    def _make_chrome(self) -> Chrome:
        """Make what is around the pages, and have it kept up to date."""
        self._picker = StationPicker(self._stations.chosen, self._show_station_page)
        chrome = self._chrome = Chrome(self._guide.stack, self._parts.makers, self._picker, self)
        chrome.rail.chosen.connect(self._ways.go_to)
        chrome.rail.show_chosen(self._guide.page)
        chrome.top.wants_live.connect(self.go_live)
        chrome.top.wants_end.connect(self._end)
        chrome.banner.wants_retry.connect(self.wants_service)
        chrome.banner.wants_log.connect(self._show_log)
        chrome.foot.wants_log.connect(self._show_log)
        chrome.sheets.changed.connect(self._show_going)
        self._ways.use_frame(chrome.sheets)
        self._stations.show_in(self._picker)
        self.notices.show_in(chrome.banner, chrome.foot)
        self._health.show_in(chrome.top.figures)
        self._layout.addWidget(chrome)
        self._show_air()
        self._show_recording()
        self._show_hints()
        return chrome

    def _connect(self) -> None:
        feed = self._feed
        feed.service_changed.connect(self._service_changed)
        feed.live_changed.connect(self._show_air)
        feed.broadcast_changed.connect(self._show_air)
        feed.recording_changed.connect(self._show_recording)
        feed.settings_changed.connect(self._put_on)
        self._guide.led.connect(self._led)
        self._departure.wanted.connect(self.close)
        if self.hotkeys is not None:
            self.hotkeys.status_changed.connect(self._show_hints)

    def _put_on(self, values: Mapping[str, Value]) -> None:
        appearance_of(values).put_on()

    def _speak_anew(self) -> None:
        """Make everything anew in another language; what was typed into a sheet is lost, and nothing else."""
        self._language = current()
        self._chrome.sheets.close_all()
        self._guide.stack.setParent(None)
        self._layout.removeWidget(self._chrome)
        self._chrome.deleteLater()
        self._make_chrome()
        self._guide.begin_anew()

    def _go_to(self, page: PageName, subject: str) -> None:
        self._guide.go_to(page, subject)

    def _led(self, before: PageName | None, to: PageName) -> None:
        self._chrome.rail.show_chosen(to)
        if before is PageName.STATION and to is not PageName.STATION:
            self._stations.ask()  # one may have been made there

    def _show_station_page(self) -> None:
        self._ways.go_to(PageName.STATION)

    def _open_go_live(self) -> None:
        if not self._chrome.sheets.holds(_GO_LIVE):
            sheet = self._parts.go_live_sheet(self.surroundings, self._stations.chosen.station_id)
            self._chrome.sheets.open(sheet, _GO_LIVE)

    def _show_going(self) -> None:
        self._chrome.top.show_going(is_going=self._chrome.sheets.holds(_GO_LIVE))

    def _show_log(self) -> None:
        self._ways.open_sheet(NoticeLog(self.notices.log))

    def _end(self) -> None:
        session_id = air_state(self._feed.now).session_id
        if session_id:
            self._ending.end(session_id)

    def _show_air(self) -> None:
        state = air_state(self._feed.now)
        self._chrome.top.show_state(state)
        self._picker.show_on_air(state.station_id)
        self.setWindowTitle(window_title(state))
        icon = window_icon(state)
        if icon is not self._icon:  # drawing it in all its sizes takes a while
            self._icon = icon
            self.setWindowIcon(look().application_icon(icon))
        if self._tray is not None:
            self._tray.show_state(icon, window_title(state))
        if state.is_running:
            self._guide.on_air()

    def _show_recording(self) -> None:
        self._chrome.foot.show_recording(self._feed.now.recording)

    def _show_hints(self) -> None:
        if self.hotkeys is not None:
            self._chrome.foot.show_hints(key_hints(self.hotkeys.status, sys.platform))

    def _service_changed(self, state: ServiceState) -> None:
        self._show_air()
        if state is ServiceState.THERE:
            self._stations.ask()

    def _wants_to_go(self) -> None:
        self.show_again()
        self.close()

    def _seen_changed(self) -> None:
        is_seen = self.isVisible() and not self.isMinimized()
        self._guide.stack.set_seen(is_seen)
        self._health.set_seen(is_seen)

    def _take_place(self, geometry: bytes) -> None:
        if not (geometry and self.restoreGeometry(QByteArray(geometry))):
            screen = QApplication.primaryScreen().availableSize()
            self.resize(min(FIRST_SIZE_PX[0], screen.width()), min(FIRST_SIZE_PX[1], screen.height()))
