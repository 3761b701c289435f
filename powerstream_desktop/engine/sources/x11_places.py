"""What can be grabbed from an X server: one of its screens, or one window, found by name each time it is opened."""

from __future__ import annotations

import os
from typing import Protocol

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError
from powerstream_desktop.engine.display import resolve_display
from powerstream_desktop.engine.scene.sources import ScreenContent, WindowContent
from powerstream_desktop.engine.sources.devices import Environment, ScreenDevice
from powerstream_desktop.engine.sources.x11_server import WindowShape, X11Server


class X11Place(Protocol):
    """Something on an X server. Used by one thread at a time."""

    @property
    def label(self) -> str:
        """What it is, for people."""

    def find(self) -> tuple[str, dict[str, str]]:
        """Look for it and return the display and x11grab's options.

        Raises:
            PowerStreamError: it is not there.
        """

    def has_changed(self) -> bool:
        """Tell whether it must be opened anew, because its size is another.

        Raises:
            PowerStreamError: it is not there any more.
        """

    def release(self) -> None:
        """End the connection."""


class X11ScreenPlace:
    """A monitor by its name, the primary one if no name is given, or all monitors of the display that is named."""

    def __init__(self, content: ScreenContent, environ: Environment = os.environ) -> None:
        self._content = content
        self._environ = environ
        self._server: X11Server | None = None
        self._found: ScreenDevice | None = None

    @property
    def label(self) -> str:
        """The screen, for people."""
        name = self._content.display or (self._found.name if self._found is not None else "")
        return f"screen {name}".rstrip()

    def find(self) -> tuple[str, dict[str, str]]:
        """Look for the monitor."""
        is_display = ":" in self._content.display
        display = resolve_display(self._content.display if is_display else "", self._environ)
        self._server = X11Server(display)
        self._found = found = self._look(self._server)
        return display, {
            "draw_mouse": str(int(self._content.cursor)),
            "video_size": f"{found.width}x{found.height}",
            "grab_x": str(found.x),
            "grab_y": str(found.y),
        }

    def has_changed(self) -> bool:
        """Tell whether the monitor was moved or has another mode."""
        return self._server is not None and self._look(self._server) != self._found

    def release(self) -> None:
        """End the connection."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _look(self, server: X11Server) -> ScreenDevice:
        wanted = self._content.display
        if ":" in wanted:
            return server.whole_screen()
        screens = server.screens()
        for screen in screens:
            if not wanted or screen.name == wanted:
                return screen
        raise UserError(
            f"There is no screen {wanted!r}.",
            hint=f"These are there: {', '.join(screen.name for screen in screens)}.",
        )


class X11WindowPlace:
    """A window by its title: the whole title, so that never another window is shown than the one that was chosen.

    Once found it is kept by its number: it may change its title afterwards, as browsers do.
    """

    def __init__(self, content: WindowContent, environ: Environment = os.environ) -> None:
        self._title = content.title
        self._environ = environ
        self._server: X11Server | None = None
        self._window = 0
        self._shape: WindowShape | None = None

    @property
    def label(self) -> str:
        """The window, for people."""
        return f"window {self._title!r}"

    def find(self) -> tuple[str, dict[str, str]]:
        """Look for the window."""
        display = resolve_display("", self._environ)
        self._server = server = X11Server(display)
        for window in server.windows():
            if window.title == self._title:
                self._window = int(window.id)
                break
        else:
            raise self._gone()
        server.keep_whole(self._window)
        self._shape = self._look(server)
        return display, {"draw_mouse": "1", "window_id": str(self._window)}

    def has_changed(self) -> bool:
        """Tell whether the window was resized."""
        return self._server is not None and self._look(self._server) != self._shape

    def release(self) -> None:
        """End the connection."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _look(self, server: X11Server) -> WindowShape:
        shape = server.shape(self._window)
        if shape is None:
            raise self._gone()
        if not shape.is_viewable:
            raise SystemFault(
                f"The window {self._title!r} is minimised or hidden.",
                hint="Bring it back; it may lie behind others.",
            )
        return shape

    def _gone(self) -> PowerStreamError:
        return UserError(
            f"There is no window {self._title!r}.", hint="Open it; it is shown as soon as it is there."
        )
