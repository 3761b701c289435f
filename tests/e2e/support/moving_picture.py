"""Draws a picture that really moves on an X display; run as a program in a process of its own.

Each frame shows a bar and a ball at new places and the frame's number as sixteen black or white squares, so that a
recording can be read frame by frame. Frames are drawn aside and copied whole: a capture never sees half of one.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from Xlib import X, display  # type: ignore[import-untyped]

BACKGROUND, BAR, BALL, BLACK, WHITE = 0x203040, 0xE0A030, 0x40C0F0, 0x000000, 0xFFFFFF
NUMBER_BITS = 16
NUMBER_SIDE = 24


def main(display_name: str, fps: float) -> None:
    """Draw until killed; prints "drawing" once the first frame is on the screen."""
    connection = display.Display(display_name)
    screen = connection.screen()
    width, height = screen.width_in_pixels, screen.height_in_pixels
    window = screen.root.create_window(
        0, 0, width, height, 0, screen.root_depth, X.InputOutput, X.CopyFromParent, override_redirect=True
    )
    window.map()
    canvas = screen.root.create_pixmap(width, height, screen.root_depth)
    pen = canvas.create_gc()
    began = time.monotonic()
    number = 0
    while True:
        _draw(canvas, pen, width, height, number)
        window.copy_area(pen, canvas, 0, 0, width, height, 0, 0)
        connection.sync()
        if number == 0:
            sys.stdout.write("drawing\n")
            sys.stdout.flush()
        number += 1
        time.sleep(max(0.0, began + number / fps - time.monotonic()))


def _draw(canvas: Any, pen: Any, width: int, height: int, number: int) -> None:
    def box(colour: int, x: int, y: int, box_width: int, box_height: int) -> None:
        pen.change(foreground=colour)
        canvas.fill_rectangle(pen, x, y, box_width, box_height)

    box(BACKGROUND, 0, 0, width, height)
    box(BAR, number * 7 % width, 0, width // 12, height)
    side = height // 6
    box(BALL, number * 11 % (width - side), number * 5 % (height - side), side, side)
    for bit in range(NUMBER_BITS):
        box(WHITE if number >> bit & 1 else BLACK, bit * NUMBER_SIDE, 0, NUMBER_SIDE, NUMBER_SIDE)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
