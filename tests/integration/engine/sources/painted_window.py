"""A window in plain colours on an X display that does what it is told on stdin; run as a program in a process of its own.

Its left half has the colour that was asked for, its right half the one below. Commands: ``resize W H``, ``move X Y``,
``colour RRGGBB``, ``hide``, ``show``, ``pointer X Y``. Each is answered by itself when the server has done it.
"""

from __future__ import annotations

import sys
from typing import Any

from Xlib import X, display  # type: ignore[import-untyped]

RIGHT = 0x2040FF


class PaintedWindow:
    """The window."""

    def __init__(self, display_name: str, title: str, place: tuple[int, int, int, int], colour: int) -> None:
        self.connection: Any = display.Display(display_name)
        screen = self.connection.screen()
        x, y, self.width, self.height = place
        self.colour = colour
        self.window = screen.root.create_window(
            x,
            y,
            self.width,
            self.height,
            0,
            screen.root_depth,
            event_mask=X.ExposureMask | X.StructureNotifyMask,
        )
        self.window.set_wm_name(title if title.isascii() else "?")
        utf8 = self.connection.intern_atom("UTF8_STRING")
        self.window.change_property(self.connection.intern_atom("_NET_WM_NAME"), utf8, 8, title.encode())
        self.window.set_wm_normal_hints(flags=1 | 4, x=x, y=y)  # the user chose its place and size
        self.pen = self.window.create_gc()

    def show(self) -> None:
        """Map it and paint it once the window manager has let it."""
        self.window.map()
        while self.connection.next_event().type != X.Expose:
            pass
        self.paint()

    def paint(self) -> None:
        """Paint both halves, now and whenever a part is uncovered."""
        for x, colour in ((0, self.colour), (self.width // 2, RIGHT)):
            self.pen.change(foreground=colour)
            self.window.fill_rectangle(self.pen, x, 0, self.width - x, self.height)
        self.connection.sync()

    def obey(self, words: list[str]) -> None:
        """Do one command."""
        match words:
            case ["resize", width, height]:
                self.width, self.height = int(width), int(height)
                self.window.configure(width=self.width, height=self.height)
                while self.window.get_geometry().width != self.width:
                    pass
                self.paint()
            case ["move", x, y]:
                self.window.configure(x=int(x), y=int(y))
            case ["colour", colour]:
                self.colour = int(colour, 16)
                self.paint()
            case ["hide"]:
                self.window.unmap()
            case ["show"]:
                self.show()
            case ["pointer", x, y]:
                self.window.warp_pointer(int(x), int(y))
        self.connection.sync()


def main(display_name: str, title: str, numbers: list[str], colour: str) -> None:
    """Show the window and obey until stdin ends; prints "shown" when it is painted."""
    x, y, width, height = (int(number) for number in numbers)
    window = PaintedWindow(display_name, title, (x, y, width, height), int(colour, 16))
    window.show()
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    for line in sys.stdin:
        window.obey(line.split())
        sys.stdout.write(line)
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:7], sys.argv[7])
