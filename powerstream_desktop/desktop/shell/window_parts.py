"""What a window is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.shell import pages
from powerstream_desktop.desktop.shell.kept_window import KeptWindow
from powerstream_desktop.desktop.shell.page_loader import PageLoader
from powerstream_desktop.desktop.shell.pages import PageMaker
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from powerstream_desktop.desktop.hotkeys.hotkeys import Hotkeys


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowParts:
    """What a window is made of.

    Attributes:
        desk: takes errands for the service.
        feed: what is known of it.
        kept: what is remembered from last time.
        makers: how each page is made; pages without one are not on the rail.
        first_start_page: how the page of the first start is made.
        go_live_sheet: how the sheet that goes live is made, with a station's id.
        hotkeys: makes who listens for keys; None for nobody.
        loader: loads the pages' code; None where it is there.
        has_tray: this desktop has a tray.
        clock: gives the time.
    """

    desk: Desk
    feed: OutlookFeed
    kept: KeptWindow = field(default_factory=KeptWindow)
    makers: Mapping[PageName, PageMaker] = field(default_factory=pages.all_pages)
    first_start_page: PageMaker = pages.first_start_page
    go_live_sheet: Callable[[Surroundings, str], QWidget] = pages.go_live_sheet
    hotkeys: Callable[[Surroundings], Hotkeys] | None = None
    loader: PageLoader | None = None
    has_tray: bool = False
    clock: Clock = monotonic
