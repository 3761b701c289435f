"""What is to be said of one broadcast. Pure; shown by the report's view, and written by ``report_html`` and ``report_json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from powerstream_desktop.client.live import Recorded
from powerstream_desktop.client.sessions import Figures, PastDestination, Session
from powerstream_desktop.desktop.sessions.stretches import (
    CONNECTED,
    Gap,
    Stretch,
    connected_share,
    gaps_of,
    stretches_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A marker: so many milliseconds after the session began."""

    offset_ms: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What arrived at a moment, in seconds since the session began."""

    at_s: float
    bitrate_kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationReport:
    """What a destination went through.

    Attributes:
        share: of the time for which it was connected, 0 to 1; None if it never had to be.
        average_kbps: of all that was sent while it was connected; 0 if nothing was.
        peak_kbps: the most that was measured.
        connects: how often it had to be connected to.
    """

    name: str
    platform: str
    stretches: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]
    share: float | None
    measures: tuple[Measure, ...]
    average_kbps: int
    peak_kbps: int
    dropped_frames: int
    connects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is to be said of a broadcast.

    Attributes:
        length_s: until its end, or until it was last known to run.
        is_rehearsal: it went to the built-in receiver and to nobody else.
        is_running: it is not over.
        ending: ``stopped``, ``failed``, ``interrupted``; empty while it runs.
    """

    title: str
    description: str
    source: str
    started_at: datetime
    until: datetime
    is_rehearsal: bool
    is_running: bool
    ending: str
    ending_words: str
    destinations: tuple[DestinationReport, ...]
    markers: tuple[Moment, ...]
    recordings: tuple[Recorded, ...]

    @property
    def length_s(self) -> float:
        """How long it lasted."""
        return max(0.0, (self.until - self.started_at).total_seconds())


def report_of(session: Session, now: datetime) -> Report:
    """Return the report of a session.

    Args:
        session: asked for by its id, so that it has its figures.
        now: for one that still runs.
    """
    until = max(session.started_at, session.ended_at or now)
    return Report(
        title=session.title,
        description=session.description,
        source=session.source,
        started_at=session.started_at,
        until=until,
        is_rehearsal=session.is_rehearsal,
        is_running=session.ended_at is None,
        ending=session.ending or "",
        ending_words=session.ending_words,
        destinations=tuple(_destination(each, session.started_at, until) for each in session.destinations),
        markers=tuple(
            Moment(offset_ms=each.offset_ms, label=each.label)
            for each in sorted(session.markers, key=lambda each: each.offset_ms)
        ),
        recordings=session.recordings,
    )


def _destination(destination: PastDestination, began_at: datetime, until: datetime) -> DestinationReport:
    stretches = stretches_of(destination.changes, began_at, until)
    average_kbps = _average_kbps(destination.figures, stretches, began_at)
    return DestinationReport(
        name=destination.name,
        platform=destination.platform,
        stretches=stretches,
        gaps=gaps_of(stretches),
        share=connected_share(stretches),
        measures=tuple(
            Measure(at_s=(each.at - began_at).total_seconds(), bitrate_kbps=each.bitrate_kbps)
            for each in destination.figures
        ),
        average_kbps=average_kbps,
        # Figures are of one second in a minute: all of them may lie below what the whole was.
        peak_kbps=max((average_kbps, *(each.bitrate_kbps for each in destination.figures))),
        dropped_frames=max((each.dropped_frames for each in destination.figures), default=0),
        connects=max((each.connects for each in destination.figures), default=0),
    )


def _average_kbps(figures: Sequence[Figures], stretches: Sequence[Stretch], began_at: datetime) -> int:
    """Return what was sent by the last figures, over the time for which the destination was connected until then."""
    if not figures:
        return 0
    until_s = (figures[-1].at - began_at).total_seconds()
    connected_s = sum(
        max(0.0, min(each.end_s, until_s) - each.begin_s) for each in stretches if each.status in CONNECTED
    )
    return round(figures[-1].bytes_sent * 8 / 1000 / connected_s) if connected_s > 0 else 0
