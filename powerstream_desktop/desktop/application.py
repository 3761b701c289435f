"""The window's process: puts its parts together, and ends them."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtWidgets import QApplication

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys
from powerstream_desktop.desktop.identity import APP_ID, NAME
from powerstream_desktop.desktop.link.door import HomeDoor
from powerstream_desktop.desktop.link.errands import ThreadedDesk
from powerstream_desktop.desktop.link.news import News
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.settings.appearance import read_appearance
from powerstream_desktop.desktop.shell.kept_window import read_kept_window, write_kept_window
from powerstream_desktop.desktop.shell.loop_watch import LoopWatch
from powerstream_desktop.desktop.shell.main_window import MainWindow
from powerstream_desktop.desktop.shell.one_window import OneWindow
from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.pages import all_modules
from powerstream_desktop.desktop.shell.tray import Tray
from powerstream_desktop.desktop.shell.window_parts import WindowParts

SWITCH_S: Final = 0.001
"""For how long another thread may keep the interpreter from the window's: at 5 ms, as usual, a page that is loaded while answers are read
would be late by a tenth of a second."""
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)

logger = logging.getLogger(__name__)


def run_window(paths: Paths) -> int:
    """Show the window until it is closed; return the exit code. On the main thread, once in a process.

    Args:
        paths: the home, whose folders exist.
    """
    application = QApplication([NAME])
    application.setApplicationName(NAME)
    application.setDesktopFileName(APP_ID)
    application.setQuitOnLastWindowClosed(False)  # the tray may hold it
    one = OneWindow(paths.runtime)
    if not one.claim():
        logger.info("another window of this home was asked to show itself")
        return 0
    sys.setswitchinterval(SWITCH_S)
    read_appearance(paths.config).put_on()
    try:
        return _WindowProcess(application, paths, one).run()
    finally:
        one.release()


class _WindowProcess:
    """Everything that lives as long as the window.

    Args:
        application: runs the loop.
        paths: the home.
        one: claimed.
    """

    def __init__(self, application: QApplication, paths: Paths, one: OneWindow) -> None:
        self._application = application
        self._paths = paths
        door = HomeDoor(paths)
        self._watch = LoopWatch()
        self._desk = ThreadedDesk(door)
        feed = OutlookFeed()
        self._news = News(door, feed)
        self._loader = PageLoader(all_modules())
        kept = read_kept_window(paths.config)
        self._window = MainWindow(
            WindowParts(
                desk=self._desk,
                feed=feed,
                kept=kept,
                hotkeys=Hotkeys,
                loader=self._loader,
                has_tray=Tray.is_there(),
            )
        )
        self._signals = EndingSignals()
        one.wanted.connect(self._window.show_again)
        self._connect()

    def run(self) -> int:
        """Show it, and return the exit code once it is gone."""
        self._news.start()
        self._desk.start()
        if self._window.hotkeys is not None:
            self._window.hotkeys.start()
        self._window.show()
        self._watch.start()
        QTimer.singleShot(0, self._loader.start)  # once it is painted
        try:
            return self._application.exec()
        finally:
            if self._window.hotkeys is not None:
                self._window.hotkeys.close()
            write_kept_window(self._paths.config, self._window.kept)
            self._signals.close()
            self._watch.aclose()
            self._loader.aclose()
            self._news.aclose()
            self._desk.aclose()

    def _end(self) -> None:
        """End without a question; Qt closes the windows before it ends the loop."""
        self._window.session_ends()
        self._application.quit()

    def _connect(self) -> None:
        window, application = self._window, self._application
        self._desk.refused.connect(window.notices.say_error)
        self._news.shut_out.connect(window.notices.shut_out)
        window.wants_service.connect(self._news.start)
        window.gone.connect(application.quit)
        application.commitDataRequest.connect(window.session_ends)
        self._signals.came.connect(self._end)


class EndingSignals(QObject):
    """Turns the signals that ask a program to end into one of Qt's: its loop would not notice them otherwise.

    Attributes:
        came: somebody wants the window to end. A broadcast goes on.
    """

    came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.settimeout(0)  # nobody waits
        self._before = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for number in _ENDING:
            signal.signal(number, _take_note)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._look)

    def close(self) -> None:
        """Listen no more: the next signal ends the process at once."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number in _ENDING:
            signal.signal(number, signal.SIG_DFL)
        self._heard.close()
        self._told.close()

    def _look(self) -> None:
        try:
            self._heard.recv(64)
        except BlockingIOError:
            return
        self.came.emit()


def _take_note(_number: int, _frame: object) -> None:
    """Do nothing here: Python has told the socket, and the loop hears of it there."""
