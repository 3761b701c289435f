"""Keeps the top bar's figures up to date."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QObject, QTimer

from powerstream_desktop.client.reading import Words
from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.link.desk import Desk
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.shell.figure_row import FigureRow
from powerstream_desktop.desktop.shell.figures import (
    ComputerFigures,
    ComputerMeasure,
    LineMeasure,
    ProgramMeasure,
)

ASK_EVERY_MS: Final = 2000


class Health(QObject):
    """Measures what the service tells, and asks it for the computer's figures while the window is seen.

    Args:
        desk: takes errands.
        feed: tells what goes out and how the engine stands.
        clock: gives the time.
        parent: the window.
    """

    def __init__(self, desk: Desk, feed: OutlookFeed, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._feed, self._clock = desk, feed, clock
        self._row: FigureRow | None = None
        self._line, self._program = LineMeasure(), ProgramMeasure()
        self._computer = ComputerMeasure(os.cpu_count() or 1)
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)
        feed.broadcast_changed.connect(self._show_line)
        feed.engine_changed.connect(self._show_program)

    def show_in(self, row: FigureRow) -> None:
        """Show the figures there from now on."""
        self._row = row
        self._show_line()
        self._show_program()

    def set_seen(self, is_seen: bool) -> None:
        """Ask, or ask no more, for what is told only to who asks."""
        if is_seen and not self._timer.isActive():
            self._timer.start()
            self._ask()
        elif not is_seen:
            self._timer.stop()

    def _show_line(self) -> None:
        figures = self._line.take(self._feed.now.broadcast, self._clock())
        if self._row is not None:
            self._row.show_line(figures)

    def _show_program(self) -> None:
        figures = self._program.take(self._feed.now.engine, self._clock())
        if self._row is not None:
            self._row.show_program(figures)

    def _ask(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            self._desk.ask(
                lambda client: client.computer.stats(), self._told, otherwise=self._not_told, owner=self
            )

    def _told(self, stats: Words) -> None:
        self._is_asking = False
        self._show_computer(self._computer.take(stats, self._clock()))

    def _not_told(self, _error: PowerStreamError) -> None:
        """Say nothing: the banner already says that the service is away."""
        self._is_asking = False
        self._show_computer(ComputerFigures())

    def _show_computer(self, figures: ComputerFigures) -> None:
        if self._row is not None:
            self._row.show_computer(figures)
