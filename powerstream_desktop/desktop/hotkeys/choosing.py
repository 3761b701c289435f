"""Which way of listening this desktop has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from powerstream_desktop.desktop.hotkeys.backend import HotkeyBackend


class Way(Enum):
    """The ways there are."""

    X11 = "x11"
    PORTAL = "portal"
    WINDOWS = "windows"
    MACOS = "macos"
    NOBODY = "nobody"


def way_of(system: str, environ: Mapping[str, str], platform: str) -> Way:
    """Return the way that a desktop has. Pure.

    On Wayland an X server is there for older programs, and hears only their keys: it would be deaf for all others.

    Args:
        system: as ``sys.platform`` has it.
        environ: of this process.
        platform: what Qt paints on, such as ``xcb`` or ``offscreen``.
    """
    if platform in {"offscreen", "minimal", "vnc"}:
        return Way.NOBODY
    if system == "win32":
        return Way.WINDOWS
    if system == "darwin":
        return Way.MACOS
    if environ.get("XDG_SESSION_TYPE") == "wayland" or environ.get("WAYLAND_DISPLAY"):
        return Way.PORTAL
    return Way.X11 if environ.get("DISPLAY") else Way.NOBODY


def backend_for(way: Way) -> HotkeyBackend:
    """Return a way of listening; only its own libraries are loaded."""
    match way:
        case Way.X11:
            from powerstream_desktop.desktop.hotkeys.x11_backend import X11Backend

            return X11Backend()
        case Way.PORTAL:
            from powerstream_desktop.desktop.hotkeys.portal_backend import PortalBackend

            return PortalBackend()
        case Way.WINDOWS:
            from powerstream_desktop.desktop.hotkeys.windows_backend import WindowsBackend

            return WindowsBackend()
        case Way.MACOS:
            from powerstream_desktop.desktop.hotkeys.macos_backend import MacOSBackend

            return MacOSBackend()
        case Way.NOBODY:
            from powerstream_desktop.desktop.hotkeys.nobody import NobodyListens

            return NobodyListens()
