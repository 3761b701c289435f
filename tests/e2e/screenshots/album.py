"""Where the pictures go, and what is said of those that could not be made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from tests.e2e.support.window import Window

SIZE: Final = (1440, 900)
SMALL: Final = (1280, 800)
LARGE: Final = (1920, 1080)


class Album:
    """Takes pictures into a folder.

    Args:
        folder: is made if it is not there.
        wanted: parts of names; none for all.
    """

    def __init__(self, folder: Path, wanted: tuple[str, ...] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._wanted = wanted
        self._failed: list[str] = []
        self._taken = 0

    def wants(self, names: Iterable[str]) -> bool:
        """Tell whether one of these is wanted."""
        return not self._wanted or any(
            part in name or name in part for name in names for part in self._wanted
        )

    def shoot(self, window: Window, name: str, *sizes: tuple[int, int]) -> None:
        """Take a picture of what the window shows, in each of these sizes (``SIZE``); the size is added to the name if it is another."""
        if self._wanted and not any(part in name for part in self._wanted):
            return
        for size in sizes or (SIZE,):
            suffix = "" if size == SIZE else f"-{size[0]}x{size[1]}"
            path = self._folder / f"{name}{suffix}.png"
            shown = window.resize(size, path)
            cut = window.clipped()
            self._taken += 1
            self._say(f"{path.name}{'' if shown == size else f' is {shown[0]}x{shown[1]}'}")
            for words in cut:
                self._say(f"    cut off: {words}")
        window.resize(SIZE)

    def attempt(self, name: str, *steps: Callable[[], object]) -> None:
        """Do what leads to a picture; if that fails, say so, and go on with the others."""
        try:
            for step in steps:
                step()
        except AssertionError as error:
            self._failed.append(name)
            self._say(f"{name}: {error}")

    def conclude(self) -> int:
        """Say what was done; return the exit code."""
        self._say(f"{self._taken} pictures in {self._folder}")
        if self._failed:
            self._say(f"Not made: {', '.join(self._failed)}")
        return 1 if self._failed else 0

    def _say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
