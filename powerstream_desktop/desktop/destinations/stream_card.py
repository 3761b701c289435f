"""The card of the broadcast that runs, or ran last: minute by minute, with the bitrate of each destination."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from powerstream_desktop.desktop.destinations.stream_timeline import DestinationTimeline, StreamTimeline
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.line_chart import ChartLine, LineChart
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.kit.timeline_bar import TimelineBar
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.look.look import look

_NAME_PX: Final = 110
_LONGEST_NAME_PX: Final = 200
"""What is longer ends in "…": the bars are what is looked at here."""


class StreamCard(Card):
    """Shows one broadcast.

    Args:
        parent: where it lives.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.show_title(self.tr("This stream, minute by minute"))
        for text, tone in (
            (self.tr("connected"), Tone.OK),
            (self.tr("slow or retrying"), Tone.WARN),
            (self.tr("down"), Tone.ERR),
        ):
            self.add_to_header(Chip(text, tone))
        self._timeline: StreamTimeline | None = None
        self._rows: list[tuple[Label, TimelineBar, Label]] = []
        self._scroll = Scroll()
        self._grid = QGridLayout()
        self._grid.setColumnMinimumWidth(0, _NAME_PX)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._caption = Label(self.tr("Bitrate per destination"), Tone.FAINT, letters=Letters.TINY)
        self._chart = LineChart(self.tr("Bitrate per destination"), figures.bitrate, self._clock)
        self._soon = Label(
            self.tr("The first figures come after a minute."), Tone.FAINT, letters=Letters.SMALL
        )
        self._filler = Filler()
        self._scroll.body.setContentsMargins(14, 12, 14, 10)
        self._scroll.body.addLayout(self._grid)
        self._scroll.body.addWidget(self._soon)
        self._scroll.body.addWidget(self._caption)
        self._scroll.body.addWidget(self._chart, stretch=1)
        self._scroll.body.addStretch(0)
        self.body.addWidget(self._filler)
        self.body.addWidget(self._scroll)
        self._scroll.hide()
        self._filler.loading(self.tr("Loading the last stream…"))

    def show_timeline(self, timeline: StreamTimeline, *, is_running: bool) -> None:
        """Show a broadcast.

        Args:
            timeline: up to now.
            is_running: otherwise it is the last one.
        """
        self._timeline = timeline
        self.show_title(
            self.tr("This stream, minute by minute")
            if is_running
            else self.tr("The last stream, minute by minute")
        )
        self._have_rows(len(timeline.destinations))
        for widgets, destination in zip(self._rows, timeline.destinations, strict=True):
            _show_row(widgets, destination, timeline.length_s)
        lines = [ChartLine(name=each.name, points=each.bitrates) for each in timeline.destinations]
        self._chart.show_lines(lines, 0.0, timeline.length_s)
        has_figures = any(each.bitrates for each in timeline.destinations)
        self._soon.setVisible(not has_figures)
        self._caption.setVisible(has_figures)
        self._chart.setVisible(has_figures)
        self._filler.setVisible(not timeline.destinations)
        self._scroll.setVisible(bool(timeline.destinations))
        self._filler.empty(self.tr("This stream goes to no platform."))

    def show_nothing(self) -> None:
        """Say that there was no broadcast yet."""
        self._timeline = None
        self._scroll.hide()
        self._filler.show()
        self._filler.empty(
            self.tr("No stream yet."),
            self.tr("Here you will see when each destination was connected, slow or down."),
        )

    def show_refusal(self, sentence: str, retry: Callable[[], None]) -> None:
        """Say why nothing is known, unless something is shown: that stays.

        Args:
            sentence: what hinders.
            retry: asks again.
        """
        if self._timeline is None:
            self._filler.error(sentence, retry)

    def _clock(self, at_s: float) -> str:
        if self._timeline is None:
            return figures.duration(at_s)
        return f"{(self._timeline.began_at + timedelta(seconds=at_s)).astimezone():%H:%M}"

    def _have_rows(self, count: int) -> None:
        while len(self._rows) > count:
            for widget in self._rows.pop():
                self._grid.removeWidget(widget)
                widget.deleteLater()
        while len(self._rows) < count:
            number = len(self._rows)
            share = Label("", Tone.MUTED)
            share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name = Label("", bold=True, elide=True)
            name.setMaximumWidth(look().scaled_px(_LONGEST_NAME_PX))
            row = (name, TimelineBar("", self._clock), share)
            for column, cell in enumerate(row):
                self._grid.addWidget(cell, number, column)
            self._rows.append(row)


def _show_row(
    widgets: tuple[Label, TimelineBar, Label], destination: DestinationTimeline, length_s: float
) -> None:
    name, bar, share = widgets
    name.show_text(destination.name)
    bar.setAccessibleName(destination.name)
    bar.show_spans(destination.spans, length_s)
    share.show_text(figures.percent(destination.connected) if destination.spans else "—")
