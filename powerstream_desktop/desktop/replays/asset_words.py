"""What is said of a replay beside its title."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.library import Asset
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures, moments


def title_of(asset: Asset) -> str:
    """Return what it is called, even if nobody called it anything."""
    return asset.title or QCoreApplication.translate("Replay", "Untitled")


def date_of(asset: Asset, now: datetime) -> str:
    """Return when it was recorded; empty if that is not known."""
    return "" if asset.recorded_at is None else moments.moment(asset.recorded_at, now)


def dates_of(asset: Asset, now: datetime) -> tuple[str, ...]:
    """Return the same with its size, alone, and without the time of day: for where there is little room."""
    whole = date_of(asset, now)
    if asset.recorded_at is None:
        return ("",)
    day = moments.day(asset.recorded_at.astimezone(now.tzinfo), with_year=False)
    with_size = f"{whole} · {figures.size(asset.size_bytes)}" if asset.size_bytes else whole
    return with_size, whole, day


def state_of(asset: Asset) -> tuple[str, Tone]:
    """Return in two words how its file is, and how to colour them."""
    by_status = {
        "processing": (QCoreApplication.translate("Replay", "being finished"), Tone.ACCENT),
        "recovered": (QCoreApplication.translate("Replay", "recovered"), Tone.WARN),
        "failed": (QCoreApplication.translate("Replay", "failed"), Tone.ERR),
        "missing": (QCoreApplication.translate("Replay", "file missing"), Tone.ERR),
    }
    by_sync = {
        "waiting": (QCoreApplication.translate("Replay", "waiting to upload"), Tone.WARN),
        "uploading": (QCoreApplication.translate("Replay", "uploading"), Tone.ACCENT),
        "synced": (QCoreApplication.translate("Replay", "in the cloud"), Tone.OK),
        "evicted": (QCoreApplication.translate("Replay", "cloud only"), Tone.ACCENT),
        "failed": (QCoreApplication.translate("Replay", "upload failed"), Tone.ERR),
    }
    if asset.status in by_status:
        return by_status[asset.status]
    if asset.sync.state == "local":
        if asset.video_url is None:
            return QCoreApplication.translate("Replay", "on another computer"), Tone.MUTED
        return QCoreApplication.translate("Replay", "this computer only"), Tone.MUTED
    return by_sync.get(asset.sync.state, (asset.sync.state, Tone.MUTED))


def clip_word() -> str:
    """Return what is written on a replay that was cut out of another."""
    return QCoreApplication.translate("Replay", "Clip")


def spoken(asset: Asset, now: datetime) -> str:
    """Return what a screen reader says of it."""
    told = [
        title_of(asset),
        clip_word() if asset.clip_of is not None else "",
        figures.short_duration(asset.duration),
        date_of(asset, now),
        state_of(asset)[0],
        QCoreApplication.translate("Replay", "pinned") if asset.is_pinned else "",
    ]
    return ", ".join(each for each in told if each)
