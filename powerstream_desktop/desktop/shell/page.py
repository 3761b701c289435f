"""What every page of the window is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.shell.surroundings import Surroundings


class Page(QWidget):
    """A page. Made when it is shown for the first time; then kept.

    Args:
        surroundings: what the window lends.
        parent: the window's stack of pages.
    """

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings

    @property
    def subject(self) -> str:
        """What it shows now, as ``show_subject`` takes it; empty where there is nothing to come back to."""
        return ""

    def came_up(self) -> None:
        """It is shown from now on: ask what is needed, watch what is watched."""

    def went_down(self) -> None:
        """It is not seen any more, or the window is minimised: stop watching."""

    def show_subject(self, subject: str) -> None:
        """Show what ``Ways.go_to`` named."""
