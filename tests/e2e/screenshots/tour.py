"""Which pictures there are, and the way to each: by mouse and keys, as a person goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from powerstream_desktop.desktop.shell.surroundings import PageName
from tests.e2e.screenshots.album import LARGE, SIZE, SMALL, Album
from tests.e2e.screenshots.sheets import take_settings, take_sheets
from tests.e2e.screenshots.show import CONTRAST, DARK, GERMAN, LARGE_TEXT, LIGHT, Show, Taste
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.stage import Stage
from tests.e2e.support.window import Window

PAGES: Final = tuple(page.value for page in PageName)
FILLS_S: Final = 1.5
"""For a page to be told what it shows."""
CHART_S: Final = 20.0
"""Of a broadcast, so that its lines have a length."""


@dataclass(frozen=True, slots=True)
class Tour:
    """Pictures that are taken one after the other, of one service.

    Attributes:
        names: beginnings of the pictures' names.
        take: takes them.
    """

    names: tuple[str, ...]
    take: Callable[[Stage, Album], None]


def _first_start(stage: Stage, album: Album) -> None:
    show = Show(stage, DARK, is_first=True)
    _wait_for_studio(show.window)
    album.attempt("first-start", lambda: album.shoot(show.window, "first-start", SIZE, SMALL))
    for page in PAGES[1:]:
        album.attempt(f"empty-{page}", partial(_page, show, album, page, f"empty-{page}"))


def _dark(stage: Stage, album: Album) -> None:
    show = Show(stage, DARK)
    _off_air(show, album)
    take_sheets(show.window, album)
    take_settings(show.window, album)
    _stores(stage, show, album)
    _on_air(show, album)
    _afterwards(show, album)


def _other_tastes(stage: Stage, album: Album) -> None:
    show = Show(stage, LIGHT)
    show.go_live()
    show.make_trouble()
    time.sleep(FILLS_S)
    for taste in (LIGHT, CONTRAST, GERMAN, LARGE_TEXT):
        if taste is not LIGHT:
            show.look_different(taste)
        for page in PAGES:
            name = f"{taste.name}-{page}"
            sizes = (SIZE, SMALL) if taste is GERMAN else (SIZE,)
            album.attempt(name, partial(_page, show, album, page, name, *sizes))
    show.end()
    show.look_different(GERMAN)
    album.attempt("german-go-live", lambda: _go_live_sheet(show, album, GERMAN, "Live gehen"))


def _off_air(show: Show, album: Album) -> None:
    window = show.window
    album.attempt(
        "studio-off-air",
        lambda: _wait_for_studio(window),
        lambda: _page(show, album, "studio", "studio-off-air", SIZE, SMALL),
    )
    album.attempt("go-live", lambda: _go_live_sheet(show, album, DARK, "Go live"))
    album.attempt(
        "sources", lambda: window.click("Sources…"), lambda: _shoot(window, album, "sources", SIZE, SMALL)
    )
    album.attempt("add-source", lambda: window.click("+ Source"), lambda: _shoot(window, album, "add-source"))
    window.hands.press("Escape")
    album.attempt("sources", lambda: window.click("Done"))
    album.attempt(
        "add-destination",
        lambda: window.go_to(2),
        lambda: window.wait_for_words("LinkedIn"),
        lambda: window.click("+ Add destination"),
        lambda: _shoot(window, album, "add-destination"),
        lambda: window.click("Twitch", kind="QAbstractButton"),
        lambda: _shoot(window, album, "add-twitch", SIZE, SMALL),
    )
    window.hands.press("Escape")


def _stores(stage: Stage, show: Show, album: Album) -> None:
    """Settings → Cloud with a folder that works, one that is not there, and an S3 store and a server that nobody answers for."""
    folder, nobody = stage.folder / "NAS", f"http://{LOOPBACK}:{free_port()}"
    folder.mkdir(exist_ok=True)
    s3: dict[str, object] = {
        "kind": "s3",
        "endpoint_url": nobody,
        "bucket": "my-replays",
        "backend_url": nobody,
    }
    stores: dict[str, dict[str, object]] = {
        "settings-cloud-folder": {"kind": "folder", "folder": str(folder)},
        "settings-cloud-away": {"kind": "folder", "folder": str(folder / "unplugged")},
        "settings-cloud-s3": s3,
    }
    for name, options in stores.items():
        album.attempt(
            name,
            partial(show.set_up_cloud, **options),
            show.keep_made_up_key,
            partial(show.window.go_to, len(PAGES) - 1),
            partial(show.window.click_row, "Cloud"),
            partial(_shoot, show.window, album, name, SIZE, SMALL),
        )
    show.set_up_cloud(kind="off", backend_url="")


def _on_air(show: Show, album: Album) -> None:
    show.go_live()
    time.sleep(CHART_S)
    album.attempt("studio-live", lambda: _page(show, album, "studio", "studio-live", SIZE, SMALL, LARGE))
    show.make_trouble()
    album.attempt(
        "studio-trouble", lambda: _page(show, album, "studio", "studio-trouble", SIZE, SMALL, LARGE)
    )
    for page in PAGES[1:]:
        album.attempt(f"{page}-live", partial(_page, show, album, page, f"{page}-live", SIZE, SMALL))


def _afterwards(show: Show, album: Album) -> None:
    show.end()
    window = show.window
    for page in ("station", "destinations", "replays", "sessions"):
        album.attempt(page, partial(_page, show, album, page, page, SIZE, LARGE))
    album.attempt(
        "report",
        lambda: window.click_row("No Limit Live"),
        lambda: _shoot(window, album, "report", SIZE, SMALL),
    )
    album.attempt(
        "replay",
        lambda: window.go_to(PAGES.index("replays")),
        lambda: window.click_row("No Limit Live"),
        lambda: _shoot(window, album, "replay", SIZE, SMALL),
    )
    album.attempt(
        "replays-chosen",
        lambda: window.hands.press("Control_L", "a"),
        lambda: _shoot(window, album, "replays-chosen", SIZE, SMALL),
        lambda: window.hands.press("Escape"),
    )
    album.attempt(
        "replays-space",
        lambda: window.click("Free up space…"),
        lambda: _shoot(window, album, "replays-space", SIZE),
        lambda: window.hands.press("Escape"),
    )
    album.attempt(
        "replays-found",
        lambda: window.write("Search replays", "Workshop", kind="QLineEdit"),
        lambda: _shoot(window, album, "replays-found", SIZE),
        lambda: window.write("Search replays", "Nothing like it", kind="QLineEdit"),
        lambda: _shoot(window, album, "replays-nothing", SIZE),
        lambda: window.hands.press("Escape"),
    )


def _wait_for_studio(window: Window) -> None:
    """Wait until the engine has told of itself; the first picture comes with it."""
    window.wait_for_rail()
    for words in ("Looking for screens…", "The mixer is starting…"):
        window.wait_until_gone(words, kind="QLabel")
    time.sleep(FILLS_S)


def _page(show: Show, album: Album, page: str, name: str, *sizes: tuple[int, int]) -> None:
    show.window.go_to(PAGES.index(page))
    _shoot(show.window, album, name, *sizes)


def _go_live_sheet(show: Show, album: Album, taste: Taste, button: str) -> None:
    show.window.click(button, kind="QPushButton")
    if taste is DARK:
        show.window.write("Title", "No Limit Live, Episode 12", kind="QLineEdit")
    time.sleep(FILLS_S)  # the servers are asked
    _shoot(show.window, album, "go-live" if taste is DARK else f"{taste.name}-go-live", SIZE, SMALL)
    show.window.hands.press("Escape")


def _shoot(window: Window, album: Album, name: str, *sizes: tuple[int, int]) -> None:
    time.sleep(FILLS_S)
    album.shoot(window, name, *sizes)


TOURS: Final = (
    Tour(("first-start", "empty"), _first_start),
    Tour(
        (
            *(
                "studio",
                "go-live",
                "channel",
                "sources",
                "add",
                "station",
                "destinations",
                "replays",
                "sessions",
                "settings",
            ),
            "report",
            "replay",
        ),
        _dark,
    ),
    Tour(("light", "contrast", "german", "large-text"), _other_tastes),
)
