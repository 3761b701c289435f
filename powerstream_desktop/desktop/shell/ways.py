"""Where pages lead to, as the window does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.shell.sheet_frame import SheetFrame
from powerstream_desktop.desktop.shell.surroundings import PageName


class WindowWays:
    """See ``Ways``.

    Args:
        go: shows a page.
        say: shows a banner with what a person should mind.
        tell: shows one that something was done.
    """

    def __init__(
        self,
        go: Callable[[PageName, str], None],
        say: Callable[[str, str], None],
        tell: Callable[[str, str], None],
    ) -> None:
        self._go = go
        self._say = say
        self._tell = tell
        self._frame: SheetFrame | None = None

    def use_frame(self, frame: SheetFrame) -> None:
        """Show sheets in this frame from now on."""
        self._frame = frame

    def go_to(self, page: PageName, subject: str = "") -> None:
        """See ``Ways``; a sheet that is open is closed: what it led to lies on the page."""
        if self._frame is not None:
            self._frame.close_all()
        self._go(page, subject)

    def open_sheet(self, sheet: QWidget) -> None:
        """See ``Ways``."""
        if self._frame is not None:
            self._frame.open(sheet)

    def close_sheet(self) -> None:
        """See ``Ways``."""
        if self._frame is not None:
            self._frame.close_topmost()

    def say(self, sentence: str, remedy: str = "") -> None:
        """See ``Ways``."""
        self._say(sentence, remedy)

    def tell(self, sentence: str, detail: str = "") -> None:
        """See ``Ways``."""
        self._tell(sentence, detail)
