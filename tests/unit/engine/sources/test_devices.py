from __future__ import annotations

import pytest

from powerstream_desktop.engine.sources.devices import CaptureWay, capture_way
from powerstream_desktop.engine.sources.qt_host import qt_platform


@pytest.mark.parametrize(
    ("platform", "environ", "way", "plugin"),
    [
        ("linux", {"DISPLAY": ":0"}, CaptureWay.X11, "offscreen"),
        ("linux", {}, CaptureWay.X11, "offscreen"),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, CaptureWay.QT, "wayland;offscreen"),
        ("linux", {"XDG_SESSION_TYPE": "wayland"}, CaptureWay.QT, "wayland;offscreen"),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, CaptureWay.X11, ""),
        ("win32", {}, CaptureWay.QT, ""),
        ("darwin", {"DISPLAY": ":0"}, CaptureWay.QT, ""),
    ],
)
def test_x11_is_captured_without_qt_and_everything_else_by_it(
    platform: str, environ: dict[str, str], way: CaptureWay, plugin: str
) -> None:
    assert capture_way(environ, platform) is way
    assert qt_platform(environ, platform) == plugin
