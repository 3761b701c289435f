"""A main window whose surroundings a test holds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QPushButton, QToolButton, QVBoxLayout, QWidget

from powerstream_desktop.client.catalogue import Station
from powerstream_desktop.client.live import Stopped
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.shell.closing import ClosingSheet
from powerstream_desktop.desktop.shell.kept_window import KeptWindow
from powerstream_desktop.desktop.shell.main_window import MainWindow
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings
from powerstream_desktop.desktop.shell.window_parts import WindowParts
from tests.unit.desktop.driver import control
from tests.unit.desktop.fakes import FakeDesk
from tests.unit.desktop.shell.outlooks import Service

STATIONS = (
    Station(words={}, id="st1", slug="no-limit", name="No Limit Live"),
    Station(words={}, id="st2", slug="b-and-b", name="B & B"),
)


class FakePage(Page):
    """Notes what the window tells it."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self.heard: list[str] = []
        self.subject_now = ""
        self.button = QPushButton(self.tr("A button"))
        QVBoxLayout(self).addWidget(self.button)

    @property
    def subject(self) -> str:
        return self.subject_now

    def came_up(self) -> None:
        self.heard.append("came up")

    def went_down(self) -> None:
        self.heard.append("went down")

    def show_subject(self, subject: str) -> None:
        self.heard.append(subject)


class FirstPage(FakePage):
    """Stands in for the page of the first start."""


class FakeClient:
    """What the shell asks the service."""

    def __init__(self) -> None:
        self.stopped: list[str | None] = []
        self.endpoint_list: tuple[Any, ...] = ("endpoint",)
        self.session_list: tuple[Any, ...] = ()
        self.stats_words: dict[str, Any] = {"recordingRoom": {"freeBytes": 1, "hours": 78.2}}
        self.stations = SimpleNamespace(all=lambda: STATIONS)
        self.computer = SimpleNamespace(stats=lambda: self.stats_words)
        self.endpoints = SimpleNamespace(all=lambda: self.endpoint_list)
        self.sessions = SimpleNamespace(
            page=lambda limit: SimpleNamespace(sessions=self.session_list[:limit])
        )
        self.live = SimpleNamespace(stop=self._stop)

    def _stop(self, session_id: str | None) -> Stopped:
        self.stopped.append(session_id)
        return Stopped(words={}, session_id=session_id)


class Windowed:
    """A window, the service behind it, and what it asked.

    Args:
        has_tray: the desktop has one.
        kept: what is remembered.
        is_service_slow: what is asked waits for ``desk.work``.
        loader: of the pages' code.
    """

    def __init__(
        self,
        *,
        has_tray: bool = False,
        kept: KeptWindow | None = None,
        is_service_slow: bool = False,
        loader: PageLoader | None = None,
    ) -> None:
        self.client = FakeClient()
        self.desk = FakeDesk(self.client)
        self.desk.is_slow = is_service_slow
        self.feed = OutlookFeed()
        self.service = Service(self.feed)
        self.now = 1000.0
        self.asked_live: list[str] = []
        self.window = MainWindow(
            WindowParts(
                desk=self.desk,
                feed=self.feed,
                kept=kept or KeptWindow(is_first_start_over=True),
                makers=dict.fromkeys(PageName, FakePage),
                first_start_page=FirstPage,
                go_live_sheet=self._go_live_sheet,
                loader=loader,
                has_tray=has_tray,
                clock=lambda: self.now,
            )
        )

    @property
    def page(self) -> FakePage:
        """The page that is shown."""
        page = self.window.page
        assert isinstance(page, FakePage)
        return page

    def shows(self, kind: type[Page]) -> bool:
        """Return whether a page of this kind is shown."""
        return isinstance(self.window.page, kind)

    def is_asking(self) -> bool:
        """Whether the question of the closing window is open."""
        return isinstance(self.sheet, ClosingSheet)

    @property
    def sheet(self) -> QWidget | None:
        """The sheet that is open."""
        return self.window.chrome.sheets.sheet

    def _go_live_sheet(self, _surroundings: Surroundings, station_id: str) -> QWidget:
        self.asked_live.append(station_id)
        return Sheet("Go live", 400)


def entry(windowed: Windowed, name: str) -> QToolButton:
    """Return an entry of the rail."""
    return control(windowed.window, name, QToolButton)
