"""Screens and windows that can be shown, with their names, and what changed since the last look.

Who wants to notice hot plug lists them every other second; nothing here waits or keeps a thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenDevice:
    """A screen.

    Attributes:
        name: what it is asked for by; unique on its computer.
        x, y, width, height: where it lies on the desktop, in pixels.
    """

    name: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowDevice:
    """A window.

    Attributes:
        id: of the system's; another one each time the window is opened.
        title: what it is asked for by; several windows may have the same.
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureDevices:
    """What can be captured now.

    Attributes:
        screens: empty where the system asks the user itself (Wayland).
        windows: likewise.
    """

    screens: tuple[ScreenDevice, ...] = ()
    windows: tuple[WindowDevice, ...] = ()


class CaptureWay(StrEnum):
    """By what screens and windows are captured.

    On X11 it is x11grab: a third of the processor time of Qt's capture (0.7 ms instead of 2.3 for a window of 1280x720 that
    changes), with the mouse pointer, a covered window without holes, and an X server that goes away ends a source instead of
    the process. Everywhere else it is Qt Multimedia.
    """

    X11 = "x11"
    QT = "qt"


Environment: TypeAlias = Mapping[str, str]


def capture_way(environ: Environment, platform: str) -> CaptureWay:
    """Return by what this session is captured.

    Args:
        environ: the process's environment.
        platform: as ``sys.platform``.
    """
    is_wayland = bool(environ.get("WAYLAND_DISPLAY")) or environ.get("XDG_SESSION_TYPE") == "wayland"
    return CaptureWay.QT if platform in {"win32", "darwin"} or is_wayland else CaptureWay.X11
