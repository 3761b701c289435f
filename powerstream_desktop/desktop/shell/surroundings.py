"""What the window lends to each of its pages and sheets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.outlook.feed import OutlookFeed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys


class PageName(Enum):
    """The window's pages, in the rail's order."""

    STUDIO = "studio"
    STATION = "station"
    DESTINATIONS = "destinations"
    REPLAYS = "replays"
    SESSIONS = "sessions"
    SETTINGS = "settings"


class Ways(Protocol):
    """Where a page may lead to. Used on the window's thread."""

    def go_to(self, page: PageName, subject: str = "") -> None:
        """Show a page.

        Args:
            page: which.
            subject: what it shall show there: an id, or the name of a part; empty for as it is.
        """
        ...

    def open_sheet(self, sheet: QWidget) -> None:
        """Show a sheet over the page: what is behind it stays as it is, and goes on. Escape closes it. Never a modal dialog."""
        ...

    def close_sheet(self) -> None:
        """Close the sheet that is open; harmless when there is none."""
        ...

    def say(self, sentence: str, remedy: str = "") -> None:
        """Say in a banner what a person should mind, and keep it in the log of notices."""
        ...

    def tell(self, sentence: str, detail: str = "") -> None:
        """Tell in a banner that something was done as asked, and keep it in the log of notices."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a page is made with.

    Attributes:
        desk: takes errands for the service.
        feed: what the window knows, and what of it changes.
        ways: where a page may lead to.
        hotkeys: the keys that are listened for; None where nobody listens.
    """

    desk: Desk
    feed: OutlookFeed
    ways: Ways
    hotkeys: Hotkeys | None = None
