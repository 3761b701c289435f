"""Pictures of sheets that are opened off the air, and of each part of the settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.e2e.screenshots.album import SIZE, SMALL, Album
from tests.e2e.support.window import Window

_STUDIO, _STATION, _DESTINATIONS, _SETTINGS = 0, 1, 2, 5
_FILLS_S: Final = 1.5
PARTS: Final = ("Video", "Audio", "Recording", "Cloud", "Hotkeys", "Appearance", "Security", "About")
"""Of the settings, from top to bottom; pictures are named after them."""


def take_sheets(window: Window, album: Album) -> None:
    """Take pictures of the sheets for a station, a profile and a channel of the mixer."""
    ways: dict[str, tuple[int, Callable[[], object]]] = {
        "add-station": (_STATION, partial(window.click, "New station", kind="QPushButton")),
        "add-profile": (_DESTINATIONS, partial(window.click, "+ Profile", kind="QPushButton")),
        "channel": (_STUDIO, partial(_click_first, window, "Settings and filters of")),
        "add-channel": (_STUDIO, partial(window.click, "Add a channel")),
    }
    for name, (page, open_it) in ways.items():
        album.attempt(
            name, partial(window.go_to, page), open_it, partial(_shoot, window, album, name, SIZE, SMALL)
        )
        window.hands.press("Escape")


def take_settings(window: Window, album: Album) -> None:
    """Take a picture of each part of the settings."""
    window.go_to(_SETTINGS)
    for part in PARTS:
        name = f"settings-{part.lower()}"
        album.attempt(
            name, partial(window.click_row, part), partial(_shoot, window, album, name, SIZE, SMALL)
        )


def _click_first(window: Window, words: str) -> None:
    window.hands.click(*window.wait_for_words(words).centre)


def _shoot(window: Window, album: Album, name: str, *sizes: tuple[int, int]) -> None:
    time.sleep(_FILLS_S)
    album.shoot(window, name, *sizes)
