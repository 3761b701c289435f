"""The list of screens and windows of this computer, by whatever they will be captured with."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from powerstream_desktop.engine.display import resolve_display
from powerstream_desktop.engine.sources.devices import (
    CaptureDevices,
    CaptureWay,
    Environment,
    ScreenDevice,
    WindowDevice,
    capture_way,
)
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.engine.sources.x11_server import X11Server

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen


def list_capture_devices(
    host: QtHost, environ: Environment = os.environ, platform: str = sys.platform
) -> CaptureDevices:
    """Return what can be captured now. From any thread; takes some ten milliseconds.

    Args:
        host: Qt's thread; used unless this is X11.
        environ: the process's environment.
        platform: as ``sys.platform``.

    Raises:
        UserError: there is no display, or it cannot be reached.
    """
    if capture_way(environ, platform) is CaptureWay.QT:
        host.need()
        return host.call(_by_qt)
    server = X11Server(resolve_display("", environ, platform=platform))
    try:
        return CaptureDevices(screens=server.screens(), windows=server.windows())
    finally:
        server.close()


def _by_qt() -> CaptureDevices:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtMultimedia import QWindowCapture

    return CaptureDevices(
        screens=tuple(_screen_of(screen) for screen in QGuiApplication.screens()),
        windows=tuple(
            WindowDevice(id=str(number), title=window.description())
            for number, window in enumerate(QWindowCapture.capturableWindows())
            if window.isValid() and window.description()
        ),
    )


def _screen_of(screen: QScreen) -> ScreenDevice:
    place = screen.geometry()
    return ScreenDevice(
        name=screen.name(), x=place.x(), y=place.y(), width=place.width(), height=place.height()
    )
