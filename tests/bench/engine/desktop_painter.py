"""Draws what a creator's desktop looks like to a capture; run as a program in a process of its own.

A still background, a window in which text scrolls, a window in which a film plays, and the frame's number as a stamp: about
a third of the screen changes with every frame. Frames are drawn aside and copied whole, so a capture never sees half of one.

Each line on its standard output is a frame's number and the time at which the X server had drawn it (CLOCK_MONOTONIC, which
all processes share): ``17 4711.123456``.
"""

from __future__ import annotations

import itertools
import math
import sys
import time
from typing import Any, Final

import numpy as np
from Xlib import X, display  # type: ignore[import-untyped]

from tests.bench.engine import stamp

BACKGROUND, PAPER, INK, BLACK, WHITE = 0x2A3B4C, 0xF4F1E8, 0x202428, 0x000000, 0xFFFFFF
STRIPE_BYTES: Final = 200_000
"""Less than the longest request of an X server without big requests."""
LINE_PX: Final = 16
SCROLL_PX: Final = 2
WORDS: Final = (
    "relay",
    "encode",
    "stream",
    "scene",
    "frame",
    "light",
    "key",
    "record",
    "mixer",
    "source",
    "replay",
)


class Desktop:
    """The picture, on one X display.

    Args:
        connection: to the display.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        screen = connection.screen()
        self._width, self._height = screen.width_in_pixels, screen.height_in_pixels
        self._root, self._depth = screen.root, screen.root_depth
        self._window = self._root.create_window(
            *(0, 0, self._width, self._height, 0, self._depth, X.InputOutput, X.CopyFromParent),
            override_redirect=True,
        )
        self._window.map()
        self._canvas = self._pixmap(self._width, self._height)
        self._pen = self._canvas.create_gc(foreground=BACKGROUND, background=PAPER)
        self._canvas.fill_rectangle(self._pen, 0, 0, self._width, self._height)
        self._film_size = (self._width * 2 // 5, self._height * 2 // 5)
        self._text_size = (self._width * 2 // 5, self._height * 3 // 5)
        self._film = self._film_reel()
        self._text = self._written_page()

    def draw(self, number: int) -> None:
        """Draw one frame and wait until the server has."""
        width, height = self._film_size
        across = round(width / 2 * (1 + math.sin(number / 31)))
        down = round(height / 2 * (1 + math.cos(number / 47)))
        self._canvas.copy_area(
            self._pen, self._film, across, down, width, height, self._width - width - 40, self._height // 8
        )
        width, height = self._text_size
        lines = number * SCROLL_PX % height
        self._canvas.copy_area(self._pen, self._text, 0, lines, width, height, 40, self._height - height - 40)
        for block in stamp.blocks(number):
            self._pen.change(foreground=WHITE if block.is_white else BLACK)
            self._canvas.fill_rectangle(self._pen, block.x, block.y, stamp.BLOCK, stamp.BLOCK)
        self._window.copy_area(self._pen, self._canvas, 0, 0, self._width, self._height, 0, 0)
        self._connection.sync()

    def _pixmap(self, width: int, height: int) -> Any:
        return self._root.create_pixmap(width, height, self._depth)

    def _film_reel(self) -> Any:
        """Make a picture of twice the film's size with soft shapes and grain, over which the film pans."""
        width, height = (2 * side for side in self._film_size)
        random = np.random.default_rng(20)
        x, y = np.meshgrid(np.arange(width), np.arange(height))
        waves = [np.sin(x / 37 + y / 91), np.cos(x / 53 - y / 29), np.sin((x + y) / 71)]
        colours = np.stack([*waves, np.zeros_like(waves[0])], axis=-1) * 90 + 128
        grain = random.normal(0, 6, (height, width, 1))
        pixels = np.clip(colours + grain, 0, 255).astype(np.uint8)
        reel = self._pixmap(width, height)
        rows = max(1, STRIPE_BYTES // (4 * width))
        for top in range(0, height, rows):
            stripe = pixels[top : top + rows]
            reel.put_image(self._pen, 0, top, width, len(stripe), X.ZPixmap, self._depth, 0, stripe.tobytes())
        return reel

    def _written_page(self) -> Any:
        """Write a page of twice the text window's height whose second half repeats the first, so that it scrolls for ever."""
        width, height = self._text_size
        page = self._pixmap(width, 2 * height)
        pen = page.create_gc(foreground=PAPER, background=PAPER, font=self._connection.open_font("fixed"))
        page.fill_rectangle(pen, 0, 0, width, 2 * height)
        pen.change(foreground=INK)
        words = itertools.cycle(WORDS)
        for top in range(LINE_PX, height, LINE_PX):
            line = " ".join(itertools.islice(words, 8 + top // LINE_PX % 5)).encode()
            page.draw_text(pen, 12, top, line)
        page.copy_area(pen, page, 0, 0, width, height, 0, height)
        return page


def main(display_name: str, fps: float) -> None:
    """Draw until killed."""
    desktop = Desktop(display.Display(display_name))
    began = time.monotonic()
    for number in itertools.count():
        desktop.draw(number % stamp.NUMBERS)
        sys.stdout.write(f"{number % stamp.NUMBERS} {time.monotonic():.6f}\n")
        sys.stdout.flush()
        time.sleep(max(0.0, began + (number + 1) / fps - time.monotonic()))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
