"""What there is to see on a replay's timeline, in words. Pure, but for the language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.review.moments import Moment, MomentKind
from powerstream_desktop.desktop.review.time_code import US_PER_MS


def moments_of(asset: Asset) -> tuple[Moment, ...]:
    """Return a replay's markers."""
    markers = [
        Moment(
            kind=MomentKind.MARKER,
            start_us=each.offset_ms * US_PER_MS,
            end_us=each.offset_ms * US_PER_MS,
            text=f"{figures.short_duration(each.offset_ms / 1000)} {each.label}".rstrip(),
            marker_id=each.id,
        )
        for each in asset.markers
    ]
    return tuple(sorted(markers, key=lambda each: each.start_us))


def why_no_film(asset: Asset) -> tuple[str, str]:
    """Return why a replay without a file cannot be played, and what to do."""
    match asset.status:
        case "processing" | "recording":
            return (
                QCoreApplication.translate("Review", "This recording is still being finished."),
                QCoreApplication.translate("Review", "It can be watched here in a moment."),
            )
        case "missing":
            return (
                QCoreApplication.translate("Review", "The file is not where it was."),
                QCoreApplication.translate("Review", "Connect the disk it lies on."),
            )
        case "failed":
            return QCoreApplication.translate("Review", "This recording failed."), ""
    return QCoreApplication.translate("Review", "This replay has no file on this computer."), ""
