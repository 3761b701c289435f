"""The cameras of this computer: on Linux from the kernel's own list, elsewhere as Qt lists them (style_ecosystem.md 2a)."""

from __future__ import annotations

import sys

from powerstream_desktop.common.camera_device import CameraDevice, with_distinct_names
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.linux_cameras import list_linux_cameras
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.engine.sources.qt_host import QtHost


def list_cameras(host: QtHost, platform: str = sys.platform) -> tuple[CameraDevice, ...]:
    """Return the cameras in the system's order. From any thread; takes some milliseconds.

    Args:
        host: Qt's thread; used unless this is Linux.
        platform: as ``sys.platform``.
    """
    if platform == "linux":
        return list_linux_cameras()
    host.need()
    return host.call(list_qt_cameras)


def list_qt_cameras() -> tuple[CameraDevice, ...]:
    """Return the cameras as OpenCV counts them. On Qt's thread.

    Raises:
        BugError: there is no application object.
    """
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtMultimedia import QMediaDevices

    if QCoreApplication.instance() is None:
        raise BugError("Qt was asked for cameras before it was started.")
    found = []
    for number, device in enumerate(QMediaDevices.videoInputs(), 1):
        device_id = bytes(device.id().data()).decode("utf-8", "replace")
        name = printable_text(device.description()) or f"Camera {number}"
        found.append((CameraDevice(id=device_id, name=name), str(number)))
    return with_distinct_names(tuple(found))
