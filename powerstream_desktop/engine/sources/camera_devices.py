"""The cameras of a Windows or macOS computer, as Qt lists them (style_ecosystem.md 2a).

On Linux the kernel's own list says more (``camera.linux_devices``). Qt wants a ``QGuiApplication`` and to be asked on the
thread that runs it; whoever runs one asks here every other second, and hands the result to the sources.
"""

from __future__ import annotations

from powerstream_desktop.common.camera_device import CameraDevice, with_distinct_names
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.text import printable_text


def list_qt_cameras() -> tuple[CameraDevice, ...]:
    """Return the cameras in the system's order, which is how OpenCV counts them.

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
