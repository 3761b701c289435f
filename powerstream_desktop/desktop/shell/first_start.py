"""Whether the window begins with the page of the first start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from powerstream_desktop.client.client import Client
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Desk


def is_first_start(client: Client) -> bool:
    """Return whether nothing was set up and nothing was broadcast yet. An errand."""
    return not client.endpoints.all() and not client.sessions.page(limit=1).sessions


class FirstStart(QObject):
    """Finds out, once.

    Args:
        desk: takes errands.
        is_over: it is known that the first start is over: nobody is asked.
        parent: the window.
    """

    _IS_NOT = False

    def __init__(self, desk: Desk, *, is_over: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.is_over = is_over

    def find_out(self, then: Callable[[bool], None]) -> None:
        """Call ``then`` with whether this is the first start; a service that cannot say is no first start."""
        if self.is_over:
            then(self._IS_NOT)
            return

        def told(is_first: bool) -> None:
            self.is_over = not is_first
            then(is_first)

        def not_told(_error: PowerStreamError) -> None:
            then(self._IS_NOT)

        self._desk.ask(is_first_start, told, otherwise=not_told, owner=self)
