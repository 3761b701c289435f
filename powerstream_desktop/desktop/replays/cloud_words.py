"""What is said of the cloud: of a replay on its way, and of all uploads together. Pure, but for the language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.cloud import CloudProgress, CloudStanding, Sync, Trouble
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.language import figures, moments
from powerstream_desktop.desktop.language.said import said

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_BITS: Final = 8
_SHARED: Final = frozenset({"synced", "evicted", "downloading"})
_WITHOUT_FILE: Final = frozenset({"evicted", "downloading", "elsewhere"})
_WATCHED_THERE: Final = frozenset({"evicted", "downloading"})
_WITH_COPY: Final = frozenset({"synced", "evicted"})
_BAD_COPIES: Final = frozenset({"copy-missing", "copy-differs", "copy-not-good"})
_OUT_OF_REACH: Final = frozenset({"unreachable", "away"})
"""Troubles that nobody need do anything about: no network, a store that is switched off, a disk that is not plugged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudLine:
    """How all uploads stand, in the library's footer.

    Attributes:
        remedy: what to do; may be empty.
        is_paused: they go on when somebody says so.
        can_pause: they go on by themselves until somebody says otherwise.
        needs_settings: something is missing there.
    """

    light: LightKind
    sentence: str
    remedy: str = ""
    is_paused: bool = False
    can_pause: bool = False
    needs_settings: bool = False


def is_film_here(asset: Asset) -> bool:
    """Return whether its film can be opened on this computer."""
    is_given_up = asset.sync.state in _WITHOUT_FILE
    return asset.video_url is not None and asset.status != "missing" and not is_given_up


def is_in_the_cloud_only(asset: Asset) -> bool:
    """Return whether its film can be watched from the cloud, and from nowhere else."""
    return asset.video_url is not None and asset.sync.state in _WATCHED_THERE


def is_shared(asset: Asset) -> bool:
    """Return whether other computers know of it, by its copy in the cloud."""
    return asset.sync.state in _SHARED


def has_bad_copy(sync: Sync) -> bool:
    """Return whether its copy was looked at and found to be none: where its file is, it can be made again."""
    return sync.state in _WITH_COPY and sync.trouble is not None and sync.trouble.code in _BAD_COPIES


def time_left(seconds: int) -> str:
    """Return how long something takes still: 12 min left, 2 h 5 min left."""
    text = QCoreApplication.translate("Cloud", "{time} left")
    minutes = max(1, round(seconds / _MINUTE_S))
    if minutes * _MINUTE_S < _HOUR_S:
        return text.format(time=figures.minutes(minutes))
    hours, rest = divmod(minutes, _HOUR_S // _MINUTE_S)
    return text.format(time=f"{figures.count(hours)}{figures.FIXED_BLANK}h {figures.minutes(rest)}")


def sync_words(sync: Sync) -> tuple[tuple[str, ...], Tone]:
    """Return how far a replay is on its way, the fullest words first, and how to colour them."""
    translate = QCoreApplication.translate
    if sync.state in {"uploading", "downloading", "hashing"} and sync.bytes_total > 0:
        return _moving(sync), Tone.ACCENT
    if sync.wanted is not None and sync.state in {"synced", "evicted"}:
        waits = {
            "evict": translate("Replay", "waiting to be removed here"),
            "download": translate("Replay", "waiting to come back"),
            "verify": translate("Replay", "waiting to be checked"),
            "verify-fully": translate("Replay", "waiting to be checked"),
        }
        return (waits.get(sync.wanted, sync.wanted), translate("Replay", "waits")), Tone.ACCENT
    is_out_of_reach = sync.trouble is not None and sync.trouble.code in _OUT_OF_REACH
    if sync.state == "failed" and not is_out_of_reach:  # must be seen, however little room there is
        return (translate("Replay", "upload failed"), translate("Replay", "problem")), Tone.ERR
    if sync.state == "waiting":
        return (translate("Replay", "waiting to upload"), translate("Replay", "waits")), Tone.WARN
    if sync.state == "failed":
        return (translate("Replay", "waiting for the store"), translate("Replay", "waits")), Tone.WARN
    if has_bad_copy(sync):
        return (translate("Replay", "bad copy in the cloud"), translate("Replay", "problem")), Tone.ERR
    if sync.state == "evicted":
        return (translate("Replay", "cloud only"), translate("Replay", "cloud")), Tone.ACCENT
    by_state = {
        "hashing": (translate("Replay", "being read"), Tone.ACCENT),
        "uploading": (translate("Replay", "uploading"), Tone.ACCENT),
        "verifying": (translate("Replay", "being verified"), Tone.ACCENT),
        "synced": (translate("Replay", "in the cloud"), Tone.OK),
        "downloading": (translate("Replay", "coming back"), Tone.ACCENT),
        "cancelling": (translate("Replay", "being cancelled"), Tone.MUTED),
        "elsewhere": (translate("Replay", "in another store"), Tone.WARN),
    }
    word, tone = by_state.get(sync.state, (sync.state, Tone.MUTED))
    return (word,), tone


def verified_words(sync: Sync, now: datetime) -> str:
    """Return when its copy was last found good; empty if that is not known, or not so any more."""
    if sync.verified_at is None or sync.state not in _WITH_COPY or sync.trouble is not None:
        return ""
    text = QCoreApplication.translate("Cloud", "Copy in the cloud checked: {when}")
    return text.format(when=moments.moment(sync.verified_at.astimezone(now.tzinfo), now))


def trouble_words(sync: Sync) -> tuple[str, str]:
    """Return what hinders a replay's copy and what to do; empty for nothing."""
    if sync.trouble is None:
        return "", ""
    return _said(sync.trouble)


def with_progress(asset: Asset, progress: CloudProgress) -> Sync:
    """Return how far a replay is now that is being transferred."""
    return Sync(
        state=progress.state,
        bytes_done=progress.bytes_done,
        bytes_total=progress.bytes_total,
        seconds_left=progress.seconds_left,
        trouble=asset.sync.trouble,
        wanted=asset.sync.wanted,
    )


def cloud_line(standing: CloudStanding) -> CloudLine:
    """Return what is said of all uploads."""
    translate = QCoreApplication.translate
    trouble = ("", "") if standing.trouble is None else _said(standing.trouble)
    match standing.state:
        case "incomplete":
            sentence = trouble[0] or translate("Cloud", "The cloud store is not set up yet.")
            return CloudLine(light=LightKind.SLOW, sentence=sentence, remedy=trouble[1], needs_settings=True)
        case "paused":
            text = translate("Cloud", "Paused by you.")
            return CloudLine(light=LightKind.OFF, sentence=_with_waiting(text, standing), is_paused=True)
        case "on-air":
            text = translate("Cloud", "Waits because you are live.")
            return CloudLine(light=LightKind.OFF, sentence=_with_waiting(text, standing), can_pause=True)
        case "metered" | "no-network":
            return CloudLine(
                light=LightKind.OFF,
                sentence=_with_waiting(trouble[0], standing),
                remedy=trouble[1],
                can_pause=True,
                needs_settings=standing.state == "metered",
            )
        case "trouble":
            sentence = trouble[0] or translate("Cloud", "The cloud store cannot be used now.")
            return CloudLine(
                light=LightKind.BAD,
                sentence=_with_waiting(sentence, standing),
                remedy=trouble[1],
                is_paused=True,
            )
        case "working":
            return CloudLine(light=LightKind.WORKING, sentence=_working(standing), can_pause=True)
    return _idle(standing)


def _idle(standing: CloudStanding) -> CloudLine:
    translate = QCoreApplication.translate
    if standing.failed:
        text = translate("Cloud", "%n upload(s) met a problem, and are tried again.", "", standing.failed)
        return CloudLine(light=LightKind.SLOW, sentence=text, is_paused=True)
    if standing.waiting:
        text = translate("Cloud", "%n upload(s) wait.", "", standing.waiting)
        return CloudLine(light=LightKind.WORKING, sentence=text, can_pause=True)
    text = translate("Cloud", "%n replay(s) in the cloud.", "", standing.synced + standing.cloud_only)
    return CloudLine(light=LightKind.LIVE, sentence=text)


def _working(standing: CloudStanding) -> str:
    translate, current = QCoreApplication.translate, standing.current
    if current is None:
        return translate("Cloud", "%n upload(s) to do.", "", standing.waiting)
    parts = [
        sync_words(Sync(state=current.state, bytes_done=current.bytes_done, bytes_total=current.bytes_total))[
            0
        ][0]
    ]
    others = standing.waiting - 1
    if current.state != "downloading" and others > 0:
        parts.append(translate("Cloud", "%n more wait", "", others))
    if current.kbps > 0:
        parts.append(figures.total_bitrate(current.kbps))
        if current.state == "uploading":
            parts.append(time_left(round(standing.bytes_left * _BITS / 1000 / current.kbps)))
    elif current.seconds_left is not None:
        parts.append(time_left(current.seconds_left))
    sentence = " · ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _moving(sync: Sync) -> tuple[str, ...]:
    translate = QCoreApplication.translate
    share = figures.percent(min(1.0, sync.bytes_done / sync.bytes_total), 0)
    text = {
        "uploading": translate("Replay", "uploading {share}"),
        "downloading": translate("Replay", "coming back {share}"),
        "hashing": translate("Replay", "being read {share}"),
    }[sync.state].format(share=share)
    if sync.seconds_left is None:
        return text, share
    left = time_left(sync.seconds_left)
    return f"{text} · {left}", f"{share} · {left}", text, share


def _with_waiting(sentence: str, standing: CloudStanding) -> str:
    if not standing.waiting:
        return sentence
    waiting = QCoreApplication.translate("Cloud", "%n upload(s) wait.", "", standing.waiting)
    return f"{sentence} {waiting}"


def _said(trouble: Trouble) -> tuple[str, str]:
    return said(trouble.code, trouble.sentence), said(trouble.code, trouble.remedy)
