"""The sentences of a report, in the window's language. Shown in the window and written to files alike."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.desktop.language import figures, moments
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.sessions.report import DestinationReport, Report
from powerstream_desktop.desktop.sessions.stretches import Gap


def untitled(*, is_rehearsal: bool) -> str:
    """Return what a broadcast is called that nobody called anything."""
    if is_rehearsal:
        return QCoreApplication.translate("Report", "Rehearsal")
    return QCoreApplication.translate("Report", "Untitled broadcast")


def ending_text(report: Report) -> str:
    """Return how it ended."""
    endings = {
        "stopped": QCoreApplication.translate("Report", "Ended as planned"),
        "failed": QCoreApplication.translate("Report", "Failed"),
        "interrupted": QCoreApplication.translate("Report", "Interrupted"),
    }
    if report.is_running:
        return QCoreApplication.translate("Report", "On air now")
    return endings.get(report.ending, QCoreApplication.translate("Report", "Ended"))


def share_text(share: float | None) -> str:
    """Return a share as percents. Only what has no gap at all is called 100 %."""
    if share is None:
        return figures.NOTHING
    return figures.percent(share, 0) if share in {0.0, 1.0} else figures.percent(min(share, 0.999))


def verdict_text(destination: DestinationReport) -> str:
    """Return in one line how well it was reached."""
    if destination.share is None:
        return QCoreApplication.translate("Report", "was not needed")
    if destination.share <= 0:
        return QCoreApplication.translate("Report", "never connected")
    share = share_text(destination.share)
    connected = QCoreApplication.translate("Report", "connected {share}").format(share=share)
    if not destination.gaps:
        return connected
    gaps = QCoreApplication.translate("Report", "%n gap(s)", "", len(destination.gaps))
    return f"{connected} · {gaps}"


def gap_text(gap: Gap) -> str:
    """Return when a gap was, and how long."""
    return QCoreApplication.translate("Report", "{begin}–{end} ({length})").format(
        begin=figures.short_duration(gap.begin_s),
        end=figures.short_duration(gap.end_s),
        length=figures.short_duration(gap.length_s),
    )


def cause_text(gap: Gap) -> str:
    """Return why it was."""
    if gap.cause is None or not gap.cause.message:
        return QCoreApplication.translate("Report", "no cause is known")
    return said(gap.cause.code, gap.cause.message)


def figures_text(destination: DestinationReport) -> str:
    """Return its figures in one line."""
    told = []
    if destination.average_kbps:
        told.append(
            QCoreApplication.translate("Report", "{average} on average, {peak} at most").format(
                average=figures.bitrate(destination.average_kbps), peak=figures.bitrate(destination.peak_kbps)
            )
        )
    if destination.dropped_frames:
        told.append(
            QCoreApplication.translate("Report", "%n frame(s) dropped", "", destination.dropped_frames)
        )
    if destination.connects > 1:
        told.append(QCoreApplication.translate("Report", "connected %n time(s)", "", destination.connects))
    return " · ".join(told)


def date_text(report: Report) -> str:
    """Return when it began, in this computer's zone."""
    local = report.started_at.astimezone()
    return f"{moments.day(local)} {local:%H:%M}"
