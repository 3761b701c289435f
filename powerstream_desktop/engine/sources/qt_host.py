"""Qt in the engine: one ``QGuiApplication``, made and run on the process's main thread, as macOS demands.

The main thread waits here for functions that others want run on it, and costs nothing. The first of them that needs Qt makes
the application; from then on the waiting is Qt's event loop. Text and images need the application only to exist (fonts);
captures of Qt Multimedia live on its thread.

On X11 the application is "offscreen": a Qt that is connected to an X server ends the process when that server goes away, and
the broadcast with it; X11 is captured without Qt (``devices.CaptureWay``).
"""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.lasting_singletons import make_singletons_last
from powerstream_desktop.engine.sources.devices import CaptureWay, Environment, capture_way

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType
    from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

SIGNAL_LATENCY_S: Final = 0.5
"""How late a signal may be acted upon: Python's handlers run when this thread comes back to Python."""

T = TypeVar("T")


class _Call(Generic[T]):
    """A function that waits to be run on the main thread."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._done = threading.Event()
        self._results: list[T] = []  # written by the main thread before _done is set, as is _error
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._results.append(self._function())
        except BaseException as error:  # noqa: BLE001 - it belongs to the caller, whatever it is
            self._error = error
        self._done.set()

    def refuse(self) -> None:
        self._error = BugError("Qt was asked for something after its end.")
        self._done.set()

    def result(self) -> T:
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._results[0]


class QtHost:
    """The main thread as a place where others have things done.

    Args:
        platform: Qt's platform plug-in; empty for the one that suits this session.
    """

    def __init__(self, platform: str = "") -> None:
        make_singletons_last()
        self._platform = platform
        self._calls: queue.SimpleQueue[_Call[Any] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._ended = False  # guarded by _lock
        self._thread = 0  # written by ``run``, read by every thread
        self._ring: Callable[[], None] | None = None  # guarded by _lock; wakes Qt's event loop
        self._need_lock = threading.Lock()
        self._is_ready = False  # written with the application, read by every thread
        # The main thread's own; the helpers are kept from the garbage collector.
        self._application: QGuiApplication | None = None
        self._helpers: tuple[QObject, ...] = ()

    def run(self) -> None:
        """Do what is asked until ``quit``. On the main thread."""
        self._thread = threading.get_ident()
        try:
            while True:
                try:
                    call = self._calls.get(timeout=SIGNAL_LATENCY_S)
                except queue.Empty:
                    continue
                if call is None:
                    return
                call.run()
                if self._application is not None:
                    self._run_qt(self._application)
                    return
        finally:
            self._end()

    def call(self, function: Callable[[], T]) -> T:
        """Run ``function`` on the main thread and return what it returns; raises what it raises. From any thread.

        Raises:
            BugError: the host has ended.
        """
        if threading.get_ident() == self._thread:
            return function()
        call = _Call(function)
        with self._lock:
            if self._ended:
                call.refuse()
            self._put(call)
        return call.result()

    def need(self) -> None:
        """Return when there is an application. From any thread."""
        with self._need_lock:
            if self._is_ready:
                return
            from PySide6.QtGui import QGuiApplication

            if QGuiApplication.instance() is not None:  # somebody else's: a window's, or a test's
                _complete_classes()
                self._is_ready = True
                return
        self.call(self._make_application)

    def quit(self) -> None:
        """End ``run`` when everything asked before is done. From any thread."""
        with self._lock:
            self._put(None)

    def _put(self, call: _Call[Any] | None) -> None:
        if not self._ended:
            self._calls.put(call)
            if self._ring is not None:
                self._ring()

    def _make_application(self) -> None:
        if self._is_ready:
            return
        from PySide6.QtCore import QObject, Qt, QTimer, Signal, qInstallMessageHandler
        from PySide6.QtGui import QGuiApplication

        class Doorbell(QObject):
            rung = Signal()

        _complete_classes()
        qInstallMessageHandler(_log_message)
        platform = self._platform or qt_platform(os.environ, sys.platform)
        self._application = QGuiApplication(["powerstream", *(["-platform", platform] if platform else [])])
        log.info("Qt runs on the platform %s.", self._application.platformName())
        doorbell, breath = Doorbell(), QTimer()
        doorbell.rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        breath.timeout.connect(lambda: None)
        breath.start(int(SIGNAL_LATENCY_S * 1000))
        self._helpers = (doorbell, breath)
        with self._lock:
            self._ring = doorbell.rung.emit
        self._is_ready = True

    def _run_qt(self, application: QGuiApplication) -> None:
        with self._lock:
            if self._ring is not None:
                self._ring()  # for what came before the bell was there
        application.exec()
        with self._lock:
            self._ring = None
        self._helpers = ()

    def _answer(self) -> None:
        """Do what is asked, in Qt's event loop."""
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                call.run()
            elif self._application is not None:
                self._application.quit()
                return

    def _end(self) -> None:
        with self._lock:
            self._ended = True
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                call.refuse()


def qt_platform(environ: Environment, platform: str) -> str:
    """Return Qt's platform plug-in for this session; empty for the system's own.

    Args:
        environ: the process's environment; ``QT_QPA_PLATFORM`` is obeyed.
        platform: as ``sys.platform``.
    """
    if environ.get("QT_QPA_PLATFORM") or platform in {"win32", "darwin"}:
        return ""
    return "offscreen" if capture_way(environ, platform) is CaptureWay.X11 else "wayland;offscreen"


def _complete_classes() -> None:
    """Have PySide make all its classes now, in 0.2 s on one thread.

    It makes each when it is first named, and hands it half made to a second thread that names it meanwhile: one start in six
    failed with "type object 'Qt' has no attribute 'LayoutDirection'" (PySide6 6.12).
    """
    from PySide6 import QtCore, QtGui, QtSvg

    for module in (QtCore, QtGui, QtSvg):
        for name in dir(module):
            getattr(module, name)


def _log_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    from PySide6.QtCore import QtMsgType

    level = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.DEBUG}.get(kind, logging.INFO)
    log.log(level, "Qt (%s): %s", context.category, message)
