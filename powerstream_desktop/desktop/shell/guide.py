"""Leads from page to page: which is shown first, which next, and when its code is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.shell import pages
from powerstream_desktop.desktop.shell.first_start import FirstStart
from powerstream_desktop.desktop.shell.page import Page
from powerstream_desktop.desktop.shell.pages import PageStack
from powerstream_desktop.desktop.shell.surroundings import PageName, Surroundings
from powerstream_desktop.desktop.shell.window_parts import WindowParts


class Guide(QObject):
    """Owns the pages.

    Args:
        parts: what the window is made of.
        surroundings: what pages are lent.
        parent: the window.

    Attributes:
        led: somebody is led from a page to another: both names, None for a page without one.
    """

    led = Signal(object, object)

    def __init__(self, parts: WindowParts, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._surroundings = surroundings
        self._first_start = FirstStart(parts.desk, is_over=parts.kept.is_first_start_over, parent=self)
        self.stack = PageStack(surroundings, parts.makers)
        self.page: PageName | None = None
        self._opens_next: tuple[str, Callable[[], None]] | None = None  # what waits for its code
        if parts.loader is not None:
            parts.loader.loaded.connect(self._code_came)

    @property
    def is_first_start_over(self) -> bool:
        """The page of the first start need not be shown any more."""
        return self._first_start.is_over

    def begin(self) -> None:
        """Show the first page: the studio, or that of the first start once it is known to be it."""
        if not self._first_start.is_over:
            self.stack.show_instead(_Waiting(self._surroundings, self.stack))
        self._first_start.find_out(self._show_first)

    def go_to(self, name: PageName, subject: str = "") -> None:
        """Show a page, and there what ``Ways.go_to`` named."""
        if name is PageName.STUDIO:
            self._first_start.is_over = True
        before, self.page = self.page, name
        self.led.emit(before, name)
        self.once_loaded(pages.module_of(name), lambda: self._open(name, subject))

    def on_air(self) -> None:
        """A broadcast runs: who is still at the page of the first start is led to the studio."""
        if not self._first_start.is_over:
            self._first_start.is_over = True
            if self.page is None:
                self.go_to(PageName.STUDIO)

    def begin_anew(self) -> None:
        """Make all pages anew, as they are shown: in another language."""
        shown = self.stack.shown
        subject = "" if shown is None else shown.subject
        self.stack.forget_all()
        if self.page is None:
            self.begin()
        else:
            self.go_to(self.page, subject)

    def once_loaded(self, module: str, open_it: Callable[[], None]) -> None:
        """Open something, at once or as soon as its code is there; until then, what is shown stays. Only the last wish counts."""
        self._opens_next = (module, open_it)
        self._code_came()

    def _show_first(self, is_first: bool) -> None:
        if self.page is not None:
            return  # somebody was quicker, and went elsewhere
        if is_first:
            self.once_loaded(pages.FIRST_START_MODULE, self._open_first_start)
        else:
            self.go_to(PageName.STUDIO)

    def _open_first_start(self) -> None:
        self.stack.show_instead(self._parts.first_start_page(self._surroundings, self.stack))

    def _open(self, name: PageName, subject: str) -> None:
        page = self.stack.show_page(name)
        if subject:
            page.show_subject(subject)

    def _code_came(self) -> None:
        loader, waiting = self._parts.loader, self._opens_next
        if waiting is not None and (loader is None or loader.is_loaded(waiting[0])):
            self._opens_next = None
            waiting[1]()


class _Waiting(Page):
    """Stands in until it is known what to begin with."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        filler = Filler()
        filler.loading(self.tr("PowerStream is being started…"))
        QVBoxLayout(self).addWidget(filler)
