"""What every list of cameras promises, asked of each system's own; where there is no camera, of an empty list."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CONTRACT = """
import sys
from powerstream_desktop.common.camera_device import CameraDevice
{prepare}
devices = lister()
assert isinstance(devices, tuple)
assert all(isinstance(device, CameraDevice) and device.id and device.name.isprintable() for device in devices)
assert len({{device.id for device in devices}}) == len({{device.name for device in devices}}) == len(devices)
assert lister() == devices
"""
LINUX = "from powerstream_desktop.common.linux_cameras import list_linux_cameras as lister"
QT = """
from PySide6.QtGui import QGuiApplication
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.sources.camera_devices import list_qt_cameras as lister
try:
    lister()
except BugError:
    application = QGuiApplication([])
else:
    sys.exit("without an application nothing can be listed")
"""


@pytest.mark.e2e
@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(
            LINUX, id="linux", marks=pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel")
        ),
        pytest.param(QT, id="qt"),
    ],
)
def test_a_lister_gives_cameras_with_ids_and_names_of_their_own(prepare: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    code = CONTRACT.format(prepare=prepare)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=40, check=False
    )
    assert done.returncode == 0, done.stderr
