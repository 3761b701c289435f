"""What is said of a replay beside its title."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures, moments
from powerstream_desktop.desktop.replays.cloud_words import sync_words


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
    """Return in a few words how its file and its copy are, and how to colour them."""
    words, tone = states_of(asset)
    return words[0], tone


def states_of(asset: Asset) -> tuple[tuple[str, ...], Tone]:
    """Return the same, the fullest words first, and others for where there is little room."""
    by_status = {
        "processing": (QCoreApplication.translate("Replay", "being finished"), Tone.ACCENT),
        "recovered": (QCoreApplication.translate("Replay", "recovered"), Tone.WARN),
        "failed": (QCoreApplication.translate("Replay", "failed"), Tone.ERR),
        "missing": (QCoreApplication.translate("Replay", "file missing"), Tone.ERR),
    }
    if asset.status in by_status and not (asset.status == "recovered" and asset.sync.state != "local"):
        word, tone = by_status[asset.status]
        return (word,), tone
    if asset.sync.state != "local":
        return sync_words(asset.sync)
    if asset.video_url is None:
        return (QCoreApplication.translate("Replay", "on another computer"),), Tone.MUTED
    return (QCoreApplication.translate("Replay", "this computer only"),), Tone.MUTED


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
