"""A person's two hands at an X display: mouse and keyboard, as events of the X server (XTEST), for whoever has them coming."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Self

from Xlib import XK, X  # type: ignore[import-untyped]
from Xlib.display import Display  # type: ignore[import-untyped]
from Xlib.ext import xtest  # type: ignore[import-untyped]

PAUSE_S: Final = 0.02
"""Between two events: programs tell a double click from two clicks by the time between."""
AFTER_CLICK_S: Final = 0.45
"""Longer than a double click takes, so that two clicks of ours are never one."""


class Hands:
    """Moves, clicks and types on one display.

    Args:
        display: its name, such as ``:99``.
    """

    def __init__(self, display: str) -> None:
        self._display = Display(display)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the display."""
        self._display.close()

    def move(self, x: int, y: int) -> None:
        """Bring the pointer to a point of the screen."""
        self._fake(X.MotionNotify, 0, x, y)

    def click(self, x: int, y: int) -> None:
        """Press and release the left button at a point of the screen."""
        self.move(x, y)
        self._fake(X.ButtonPress, 1)
        self._fake(X.ButtonRelease, 1)
        time.sleep(AFTER_CLICK_S)

    def drag(self, start: tuple[int, int], end: tuple[int, int], *, steps: int = 12) -> None:
        """Press the left button, move in steps, release it."""
        self.move(*start)
        self._fake(X.ButtonPress, 1)
        for step in range(1, steps + 1):
            self.move(*(a + (b - a) * step // steps for a, b in zip(start, end, strict=True)))
        self._fake(X.ButtonRelease, 1)

    def scroll(self, x: int, y: int, notches: int) -> None:
        """Turn the wheel over a point: down for positive numbers, up for negative ones."""
        self.move(x, y)
        for _ in range(abs(notches)):
            button = 5 if notches > 0 else 4
            self._fake(X.ButtonPress, button)
            self._fake(X.ButtonRelease, button)

    def press(self, *keys: str) -> None:
        """Press keys together and release them: ``press("Control_L", "Alt_L", "m")``, by the names of X keysyms."""
        with self.holding(*keys):
            pass

    @contextmanager
    def holding(self, *keys: str) -> Iterator[None]:
        """Keep keys pressed for the length of a block."""
        codes = [self._code(XK.string_to_keysym(key))[0] for key in keys]
        for code in codes:
            self._fake(X.KeyPress, code)
        try:
            yield
        finally:
            for code in reversed(codes):
                self._fake(X.KeyRelease, code)

    def type(self, text: str) -> None:
        """Type a text, of what stands on a keyboard of the United States."""
        shift = self._code(XK.XK_Shift_L)[0]
        for character in text:
            code, is_shifted = self._code(ord(character))
            if is_shifted:
                self._fake(X.KeyPress, shift)
            self._fake(X.KeyPress, code)
            self._fake(X.KeyRelease, code)
            if is_shifted:
                self._fake(X.KeyRelease, shift)

    def _code(self, keysym: int) -> tuple[int, bool]:
        codes = [(code, index) for code, index in self._display.keysym_to_keycodes(keysym) if index in (0, 1)]
        assert codes, f"this keyboard has no key for {keysym:#x}"
        code, index = min(codes, key=lambda each: each[1])
        return code, index == 1

    def _fake(self, event: int, detail: int, x: int = 0, y: int = 0) -> None:
        xtest.fake_input(self._display, event, detail, x=x, y=y)
        self._display.sync()
        time.sleep(PAUSE_S)
