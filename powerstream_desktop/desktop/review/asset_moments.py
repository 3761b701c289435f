"""What there is to see on a replay's timeline, in words. Pure, but for the language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.assets import Asset, Gap
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.review.moments import Moment, MomentKind
from powerstream_desktop.desktop.review.time_code import US_PER_MS, short_span


def moments_of(asset: Asset) -> tuple[Moment, ...]:
    """Return a replay's markers, what destinations did not get of it, and its own breaks, each in the order of time."""
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
    missed = [
        _stretch(
            MomentKind.MISSED,
            each.start_ms,
            each.end_ms,
            QCoreApplication.translate("Review", "{destination} down").format(destination=each.destination),
        )
        for each in asset.destination_gaps
    ]
    breaks = [
        _stretch(MomentKind.BREAK, each.start_ms, each.end_ms, _why_broken(each)) for each in asset.gaps
    ]
    return tuple(sorted((*markers, *missed, *breaks), key=_place_of))


def _place_of(moment: Moment) -> tuple[int, int]:
    return list(MomentKind).index(moment.kind), moment.start_us


def _stretch(kind: MomentKind, start_ms: int, end_ms: int, what: str) -> Moment:
    start_us, end_us = start_ms * US_PER_MS, end_ms * US_PER_MS
    return Moment(kind=kind, start_us=start_us, end_us=end_us, text=f"{what} {short_span(start_us, end_us)}")


def _why_broken(gap: Gap) -> str:
    if gap.reason == "paused":
        return QCoreApplication.translate("Review", "Paused")
    return QCoreApplication.translate("Review", "Not recorded")


def why_no_film(asset: Asset) -> tuple[str, str]:
    """Return why a replay without a file cannot be played, and what to do."""
    if asset.sync.state == "evicted":
        return (
            QCoreApplication.translate("Review", "This replay is in the cloud only."),
            QCoreApplication.translate(
                "Review", "Play it from there, or download it to this computer: menu “More”."
            ),
        )
    if asset.sync.state == "downloading":
        return (
            QCoreApplication.translate("Review", "This replay is coming back from the cloud."),
            QCoreApplication.translate("Review", "It can be watched here when it has arrived."),
        )
    if asset.sync.state == "elsewhere":
        return (
            QCoreApplication.translate("Review", "The film of this replay is in another cloud store."),
            QCoreApplication.translate("Review", "Choose that store again in the settings to watch it."),
        )
    if asset.status == "missing" and asset.sync.state == "synced":
        return (
            QCoreApplication.translate("Review", "The file is not where it was."),
            QCoreApplication.translate(
                "Review", "Connect the disk it lies on, or download it from the cloud: menu “More”."
            ),
        )
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
