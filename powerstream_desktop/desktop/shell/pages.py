"""The window's pages: loaded and made when they are shown for the first time, then kept."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

PageMaker: TypeAlias = Callable[[Surroundings, QWidget], Page]

_PACKAGE: Final = "powerstream_desktop.desktop"
_PLACES: Final[Mapping[PageName, tuple[str, str]]] = {
    PageName.STUDIO: ("studio.page", "StudioPage"),
    PageName.STATION: ("station.page", "StationPage"),
    PageName.DESTINATIONS: ("destinations.page", "MultistreamDashboard"),
    PageName.REPLAYS: ("replays.page", "ReplaysPage"),
    PageName.SESSIONS: ("sessions.page", "SessionsPage"),
    PageName.SETTINGS: ("settings.page", "SettingsPage"),
}
"""By name, because the window is shown before they are loaded: starting quickly is a promise."""
_FIRST_START: Final = ("first_start.page", "FirstStartPage")
_GO_LIVE: Final = ("golive.dialog", "GoLiveDialog")
FIRST_START_MODULE: Final = f"{_PACKAGE}.{_FIRST_START[0]}"
GO_LIVE_MODULE: Final = f"{_PACKAGE}.{_GO_LIVE[0]}"
_PLAYING: Final = f"{_PACKAGE}.player.qt_media"
"""Wanted with the first film that is played; its libraries are large."""


def module_of(page: PageName) -> str:
    """Return the module that a page is in."""
    return f"{_PACKAGE}.{_PLACES[page][0]}"


def all_modules() -> tuple[str, ...]:
    """Return all that pages and sheets are in, in the order in which they are likely to be wanted."""
    studio, *others = map(module_of, _PLACES)
    return (studio, FIRST_START_MODULE, GO_LIVE_MODULE, *others, _PLAYING)


def all_pages() -> dict[PageName, PageMaker]:
    """Return how each page is made."""
    return {name: partial(_make, module, kind) for name, (module, kind) in _PLACES.items()}


def first_start_page(surroundings: Surroundings, parent: QWidget) -> Page:
    """Make the page of the first start."""
    return _make(*_FIRST_START, surroundings, parent)


def go_live_sheet(surroundings: Surroundings, station_id: str) -> QWidget:
    """Make the sheet that goes live, with a station to begin with; empty for that of last time."""
    sheet: QWidget = _load(*_GO_LIVE)(surroundings, station_id=station_id or None)
    return sheet


def _make(module: str, kind: str, surroundings: Surroundings, parent: QWidget) -> Page:
    return cast("Page", _load(module, kind)(surroundings, parent))


def _load(module: str, kind: str) -> Callable[..., QWidget]:
    made: Callable[..., QWidget] = getattr(importlib.import_module(f"{_PACKAGE}.{module}"), kind)
    return made


class PageStack(QStackedWidget):
    """Shows one page; tells it when it is seen, and when not any more.

    Args:
        surroundings: what pages are made with.
        makers: how each is made.
        parent: the window.
    """

    def __init__(
        self, surroundings: Surroundings, makers: Mapping[PageName, PageMaker], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._makers = dict(makers)
        self._made: dict[PageName, Page] = {}
        self._shown: Page | None = None
        self._is_seen = False

    @property
    def shown(self) -> Page | None:
        """The page that is shown."""
        return self._shown

    def show_page(self, name: PageName) -> Page:
        """Show a page, which is made if this is its first time."""
        if name not in self._made:
            self._made[name] = self._makers[name](self._surroundings, self)
            self.addWidget(self._made[name])
        page = self._made[name]
        self._show(page)
        return page

    def show_instead(self, page: Page) -> None:
        """Show a page that has no name; it is deleted when another is shown."""
        self.addWidget(page)
        self._show(page)

    def set_seen(self, is_seen: bool) -> None:
        """Say whether the window can be seen: a page that nobody sees watches nothing."""
        if is_seen is self._is_seen:
            return
        self._is_seen = is_seen
        if self._shown is not None:
            (self._shown.came_up if is_seen else self._shown.went_down)()

    def forget_all(self) -> None:
        """Take all pages away; they are made anew, in another language, when they are shown."""
        self._leave()
        self._shown = None
        for page in self._made.values():
            self.removeWidget(page)
            page.deleteLater()
        self._made.clear()

    def _show(self, page: Page) -> None:
        if page is self._shown:
            return
        self._leave()
        self._shown = page
        self.setCurrentWidget(page)
        if self._is_seen:
            page.came_up()

    def _leave(self) -> None:
        page = self._shown
        if page is None:
            return
        if self._is_seen:
            page.went_down()
        if page not in self._made.values():
            self.removeWidget(page)
            page.deleteLater()
