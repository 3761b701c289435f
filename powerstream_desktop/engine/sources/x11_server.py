"""An X server as far as capture needs it: its screens and windows by name, over a connection of its own.

Errors of python-xlib become ours here and nowhere else. A server that goes away is an error like any other: the C library
that other toolkits use would end the whole process (style_ecosystem.md 2a).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.text import printable_text
from powerstream_desktop.engine.sources.devices import ScreenDevice, WindowDevice

_REDIRECT_AUTOMATIC: Final = 0
_VIEWABLE: Final = 2
_MOST_TITLE_WORDS: Final = 256
"""Of four bytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowShape:
    """A window's size in pixels, and whether it is on the screen at all: one that is minimised has no picture."""

    width: int
    height: int
    is_viewable: bool


class X11Server:
    """A connection to an X server. Used by one thread.

    Args:
        display: such as ``":0"``.

    Raises:
        UserError: it cannot be reached.
    """

    def __init__(self, display: str) -> None:
        from Xlib import display as xlib  # type: ignore[import-untyped]

        self.display = display
        with self._explained():
            self._connection: Any = xlib.Display(_reachable(display))
            # What the server says to requests that nobody waits for, for a window that is gone already.
            self._connection.set_error_handler(lambda _error, _request: None)
        self._root = self._connection.screen().root

    def screens(self) -> tuple[ScreenDevice, ...]:
        """Return the monitors, the primary one first, or the whole screen of a server that knows none."""
        with self._explained():
            if self._connection.has_extension("RANDR"):
                monitors = self._root.xrandr_get_monitors().monitors
                found = [
                    ScreenDevice(
                        name=printable_text(self._connection.get_atom_name(monitor.name)),
                        x=monitor.x,
                        y=monitor.y,
                        width=monitor.width_in_pixels,
                        height=monitor.height_in_pixels,
                    )
                    for monitor in sorted(monitors, key=lambda monitor: not monitor.primary)
                ]
                if found:
                    return tuple(found)
            return (self.whole_screen(),)

    def whole_screen(self) -> ScreenDevice:
        """Return the screen with all its monitors."""
        with self._explained():
            size = self._root.get_geometry()
        return ScreenDevice(name=self.display, x=0, y=0, width=size.width, height=size.height)

    def windows(self) -> tuple[WindowDevice, ...]:
        """Return the windows of people's programs, oldest first, as the window manager lists them."""
        with self._explained():
            found = []
            for number in self._window_numbers():
                title = self._title(number)
                if title:
                    found.append(WindowDevice(id=str(number), title=title))
            return tuple(found)

    def shape(self, window: int) -> WindowShape | None:
        """Return a window's shape, or ``None`` when there is no such window."""
        from Xlib.error import BadDrawable, BadWindow  # type: ignore[import-untyped]

        drawable = self._connection.create_resource_object("window", window)
        with self._explained():
            try:
                size, state = drawable.get_geometry(), drawable.get_attributes().map_state
            except (BadDrawable, BadWindow):
                return None
        return WindowShape(width=size.width, height=size.height, is_viewable=state == _VIEWABLE)

    def keep_whole(self, window: int) -> None:
        """Have the server draw a window apart from what lies over it, for as long as this connection lasts.

        Without that, a grab shows black, or another window, wherever something covers it. A server without the extension
        goes on as before.
        """
        with self._explained():
            if self._connection.has_extension("Composite"):
                drawable = self._connection.create_resource_object("window", window)
                drawable.composite_redirect_window(_REDIRECT_AUTOMATIC)
                self._connection.sync()

    def close(self) -> None:
        """End the connection."""
        from Xlib.error import ConnectionClosedError

        try:
            self._connection.close()
        except (ConnectionClosedError, OSError):
            return

    def _window_numbers(self) -> list[int]:
        from Xlib.X import AnyPropertyType  # type: ignore[import-untyped]

        managed = self._root.get_full_property(self._atom("_NET_CLIENT_LIST"), AnyPropertyType)
        if managed is not None:
            return list(managed.value)
        return [window.id for window in self._root.query_tree().children]

    def _title(self, number: int) -> str:
        from Xlib.error import BadWindow
        from Xlib.X import AnyPropertyType

        window = self._connection.create_resource_object("window", number)
        for name, encoding in (("_NET_WM_NAME", "utf-8"), ("WM_NAME", "latin-1")):
            try:
                told = window.get_property(self._atom(name), AnyPropertyType, 0, _MOST_TITLE_WORDS)
            except BadWindow:
                return ""
            if told is not None and told.format == 8 and told.value:
                return printable_text(bytes(told.value).decode(encoding, "replace"))
        return ""

    def _atom(self, name: str) -> int:
        return int(self._connection.intern_atom(name))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        from Xlib.error import ConnectionClosedError, DisplayError, XError

        try:
            yield
        except (ConnectionClosedError, DisplayError, XError, OSError) as error:
            raise UserError(
                f"The display {self.display} cannot be reached.",
                hint="Check that it is running and that this user may connect to it.",
                detail=f"{type(error).__name__}: {error}",
            ) from error


def _reachable(display: str) -> str:
    """Knock at a display of this computer; return the name by which python-xlib opens it.

    Left to itself python-xlib would try port 6000 + N next, where anything may listen, and leave its sockets open.

    Raises:
        OSError: nobody answers.
    """
    local = re.fullmatch(r":(\d+)(\.\d+)?", display)
    if local is None or not hasattr(socket, "AF_UNIX"):
        return display
    path = f"/tmp/.X11-unix/X{local[1]}"  # noqa: S108 - where X servers listen
    with socket.socket(socket.AF_UNIX) as door:
        if door.connect_ex(f"\0{path}"):
            door.connect(path)
    return f"unix/{display}"
