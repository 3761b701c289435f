"""A report as cards: what it was, each destination over time, the bitrate, markers, and what was recorded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.buttons import Button, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light_kind import light_of
from powerstream_desktop.desktop.kit.line_chart import ChartLine, LineChart
from powerstream_desktop.desktop.kit.scroll import Scroll
from powerstream_desktop.desktop.kit.timeline_bar import TimelineBar, TimeSpan
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.sessions.report import DestinationReport, Report
from powerstream_desktop.desktop.sessions.report_words import (
    cause_text,
    date_text,
    ending_text,
    figures_text,
    gap_text,
    untitled,
    verdict_text,
)
from powerstream_desktop.desktop.sessions.stretches import Gap, Stretch

MomentOpener = Callable[[float, float], None]
"""Shows what was recorded between two times, given in seconds since the session began."""

_CHART_HEIGHT_PX = 190
_MOST_GAPS = 12


class ReportView(Scroll):
    """Shows one report; another one replaces it.

    Args:
        open_replay: shows a replay, given its id.
        open_moment: shows what was recorded at a time.
        parent: its place.
    """

    def __init__(
        self,
        open_replay: Callable[[str], None],
        open_moment: MomentOpener,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._open_replay = open_replay
        self._open_moment = open_moment
        self._shown: Report | None = None
        self._cards: list[QWidget] = []
        self.body.setSpacing(12)
        self.body.addStretch(1)

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._shown

    def show_report(self, report: Report) -> None:
        """Show a report."""
        if report == self._shown:
            return
        for card in self._cards:
            self.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._shown = report
        self._cards = [self._facts(report), self._destinations(report)]
        if any(len(each.measures) > 1 for each in report.destinations):
            self._cards.append(self._bitrates(report))
        if report.markers:
            self._cards.append(self._markers(report))
        if report.recordings:
            self._cards.append(self._recordings(report))
        for place, card in enumerate(self._cards):
            self.body.insertWidget(place, card)

    def _facts(self, report: Report) -> Card:
        card = Card()
        body = _body_of(card)
        top = QHBoxLayout()
        title = report.title or untitled(is_rehearsal=report.is_rehearsal)
        top.addWidget(Label(title, bold=True, letters=Letters.TITLE, wrap=True), 1)
        top.addWidget(Chip(ending_text(report), _ending_tone(report)))
        body.addLayout(top)
        told = (date_text(report), figures.short_duration(report.length_s), self._source(report.source))
        body.addWidget(Label(" · ".join(told), Tone.MUTED, wrap=True))
        if report.ending_words:
            body.addWidget(Label(report.ending_words, Tone.WARN, wrap=True))
        if report.description:
            body.addWidget(Label(report.description, Tone.MUTED, wrap=True))
        return card

    def _source(self, source: str) -> str:
        return self.tr("from an external encoder") if source == "external" else self.tr("from the studio")

    def _destinations(self, report: Report) -> Card:
        card = Card(self.tr("Destinations"))
        body = _body_of(card)
        if not report.destinations:
            body.addWidget(Label(self.tr("It was sent to no platform."), Tone.MUTED))
        for destination in report.destinations:
            show_moment = self._open_moment if report.recordings else None
            body.addWidget(_DestinationBlock(destination, report.length_s, show_moment))
        return card

    def _bitrates(self, report: Report) -> Card:
        card = Card(self.tr("Bitrate, minute by minute"))
        chart = LineChart(self.tr("Bitrate of each destination"), figures.bitrate, figures.short_duration)
        chart.show_lines([_line(each) for each in report.destinations], 0.0, report.length_s)
        chart.setFixedHeight(_CHART_HEIGHT_PX)
        body = _body_of(card)
        body.addWidget(chart)
        return card

    def _markers(self, report: Report) -> Card:
        card = Card(self.tr("Markers"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, marker in enumerate(report.markers):
            grid.addWidget(Label(figures.short_duration(marker.offset_ms / 1000), Tone.WARN), row, 0)
            grid.addWidget(Label(marker.label, elide=True), row, 1)
            if report.recordings:
                at_s = marker.offset_ms / 1000
                name = self.tr("Show {moment} in the replay").format(moment=figures.short_duration(at_s))
                grid.addWidget(_show_button(name, (at_s, at_s), self._open_moment), row, 2)
        _body_of(card).addLayout(grid)
        return card

    def _recordings(self, report: Report) -> Card:
        card = Card(self.tr("Recording"))
        body = _body_of(card)
        for recorded in report.recordings:
            row = QHBoxLayout()
            row.addWidget(Label(recorded.title, bold=True, elide=True), 1)
            facts = (
                f"{figures.short_duration(recorded.duration_seconds)} · {figures.size(recorded.size_bytes)}"
            )
            row.addWidget(Label(facts, Tone.MUTED))
            button = Button(self.tr("Open replay"), Role.SMALL)
            button.clicked.connect(lambda _=False, asset_id=recorded.asset_id: self._open_replay(asset_id))
            row.addWidget(button)
            body.addLayout(row)
        return card


class _DestinationBlock(QWidget):
    """A destination over time, with its gaps and why they were.

    Args:
        destination: what is said of it.
        length_s: of the session.
        show_moment: shows a moment of what was recorded; None if nothing was.
    """

    def __init__(
        self, destination: DestinationReport, length_s: float, show_moment: MomentOpener | None
    ) -> None:
        super().__init__()
        self._show_moment = show_moment
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(destination.name, bold=True, elide=True), 1)
        row.addWidget(Label(verdict_text(destination), _verdict_tone(destination)))
        layout.addLayout(row)
        bar = TimelineBar(self.tr("{name} over time").format(name=destination.name), figures.short_duration)
        bar.show_spans([_span(each) for each in destination.stretches], length_s)
        layout.addWidget(bar)
        told = figures_text(destination)
        if told:
            layout.addWidget(Label(told, Tone.FAINT, letters=Letters.SMALL, wrap=True))
        for gap in destination.gaps[:_MOST_GAPS]:
            layout.addLayout(self._gap_row(gap))
        more = len(destination.gaps) - _MOST_GAPS
        if more > 0:
            rest = self.tr("%n more in the exported report", "", more)
            layout.addWidget(Label(rest, Tone.FAINT, letters=Letters.SMALL))

    def _gap_row(self, gap: Gap) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = f"{gap_text(gap)}  {cause_text(gap)}"
        row.addWidget(Label(words, Tone.MUTED, letters=Letters.SMALL, wrap=True), 1)
        if self._show_moment is not None:
            name = self.tr("Show {moment} in the replay").format(moment=gap_text(gap))
            row.addWidget(_show_button(name, (gap.begin_s, gap.end_s), self._show_moment))
        return row


def _show_button(name: str, span_s: tuple[float, float], show_moment: MomentOpener) -> Button:
    """Return what leads to a time of the replay."""
    button = Button(QCoreApplication.translate("ReportView", "Show"), Role.LINK, small=True)
    button.setAccessibleName(name)
    button.clicked.connect(lambda: show_moment(*span_s))
    return button


def _body_of(card: Card) -> QVBoxLayout:
    """Return the card's body, with margins: here no row reaches from edge to edge."""
    card.body.setContentsMargins(14, 12, 14, 12)
    card.body.setSpacing(8)
    return card.body


def _span(stretch: Stretch) -> TimeSpan:
    cause = "" if stretch.cause is None else said(stretch.cause.code, stretch.cause.message)
    return TimeSpan(start_s=stretch.begin_s, end_s=stretch.end_s, kind=light_of(stretch.status), cause=cause)


def _line(destination: DestinationReport) -> ChartLine:
    points = tuple((each.at_s, float(each.bitrate_kbps)) for each in destination.measures)
    return ChartLine(name=destination.name, points=points)


def _verdict_tone(destination: DestinationReport) -> Tone:
    if destination.share is None:
        return Tone.FAINT
    if destination.share >= 1:
        return Tone.OK
    return Tone.WARN if destination.share > 0 else Tone.ERR


def _ending_tone(report: Report) -> Tone:
    if report.is_running:
        return Tone.LIVE
    return {"stopped": Tone.OK, "failed": Tone.ERR, "interrupted": Tone.WARN}.get(report.ending, Tone.MUTED)
