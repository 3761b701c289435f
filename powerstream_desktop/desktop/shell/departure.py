"""How the window goes: at once, after a question, or into the tray."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from powerstream_desktop.desktop.shell.broadcast_controls import Ending
from powerstream_desktop.desktop.shell.closing import Closing, ClosingSheet, closing
from powerstream_desktop.desktop.shell.on_air import air_state
from powerstream_desktop.desktop.shell.surroundings import Surroundings


class Departure(QObject):
    """Decides, and asks once.

    Args:
        surroundings: what the window lends.
        ending: ends broadcasts.
        has_tray: the window can go on there.
        parent: the window.

    Attributes:
        wanted: close the window: the question was answered.
    """

    wanted = Signal()

    def __init__(
        self, surroundings: Surroundings, ending: Ending, *, has_tray: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._ending = ending
        self._has_tray = has_tray
        self._is_settled = False
        self._sheet: ClosingSheet | None = None

    def settle(self) -> None:
        """Ask nothing any more: the desktop logs off, or the answer was given."""
        self._is_settled = True

    def decision(self) -> Closing:
        """Return what to do now that somebody closes the window."""
        return closing(
            air_state(self._surroundings.feed.now),
            was_asked=self._sheet is not None,
            is_session_ending=self._is_settled,
            has_tray=self._has_tray,
        )

    def ask(self) -> None:
        """Ask what shall become of the broadcast."""
        sheet = self._sheet = ClosingSheet()
        sheet.closed.connect(self._not_asked_any_more)
        sheet.keeps.connect(self.wanted)
        sheet.ends.connect(self._end)
        self._surroundings.ways.open_sheet(sheet)

    def take_back(self) -> None:
        """Take the question away."""
        if self._sheet is not None:
            self._sheet.dismiss()

    def _not_asked_any_more(self) -> None:
        self._sheet = None

    def _end(self) -> None:
        session_id = air_state(self._surroundings.feed.now).session_id
        self.take_back()
        self._ending.end(session_id, self._ended)

    def _ended(self) -> None:
        self.settle()
        self.wanted.emit()
