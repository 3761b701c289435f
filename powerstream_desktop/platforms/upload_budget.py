"""The upload that a broadcast needs, against what the line gives (broadcasters.md 2.10, 6 #5).

Every destination takes a stream of its own: the encode is made once, but sent N times, and a hot backup counts like another
destination. A line that is full to the brim drops frames at every hiccup, so a reserve is added.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.limits import EncodePlan

RESERVE = 1.3
LOWEST_VIDEO_KBPS = 500
"""Below this no bitrate is suggested: fewer destinations are the better advice."""
_STEP_KBPS = 100


class UploadOrigin(StrEnum):
    """How an upload is known."""

    STATED = "stated"
    """By the user, from the contract or a speed test."""
    MEASURED = "measured"
    """In an earlier broadcast that was too much for the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFigure:
    """What the line gives."""

    kbps: int
    origin: UploadOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadBudget:
    """What a broadcast needs.

    Attributes:
        stream_kbps: video and sound of each destination's stream, in ascending order.
        backup_kbps: the same of those that are sent a second time, to hot backups.
        video_kbps: the video's share of them all.
    """

    stream_kbps: tuple[int, ...]
    backup_kbps: tuple[int, ...]
    video_kbps: int

    @property
    def payload_kbps(self) -> int:
        """All streams together."""
        return sum(self.stream_kbps) + sum(self.backup_kbps)

    @property
    def needed_kbps(self) -> int:
        """All streams together, with the reserve."""
        return math.ceil(self.payload_kbps * RESERVE)


def upload_budget(endpoints: Iterable[RTMPEndpoint], encodes: Iterable[EncodePlan]) -> UploadBudget:
    """Return what these destinations need; those whose rendition is not encoded get nothing and need nothing."""
    plans = {encode.rendition: encode for encode in encodes}
    takers = [endpoint for endpoint in endpoints if endpoint.rendition in plans]
    sent = [plans[endpoint.rendition] for endpoint in takers]
    sent_twice = [plans[endpoint.rendition] for endpoint in takers if _has_hot_backup(endpoint)]
    return UploadBudget(
        stream_kbps=tuple(sorted(plan.video_kbps + plan.audio_kbps for plan in sent)),
        backup_kbps=tuple(sorted(plan.video_kbps + plan.audio_kbps for plan in sent_twice)),
        video_kbps=sum(plan.video_kbps for plan in (*sent, *sent_twice)),
    )


def judge_upload(budget: UploadBudget, upload: UploadFigure | None) -> tuple[Finding, ...]:
    """Return what is to be said about the upload: nothing when it suffices, reserve included.

    It is an error only when the user's own figure is less than the streams themselves. A figure that we measured belongs to
    another day, and must not keep anybody from going live.
    """
    if not budget.stream_kbps:
        return ()
    need = f"{_who_needs(budget)} {rate_text(budget.needed_kbps)} of upload, with a reserve of 30 %"
    if upload is None:
        remedy = "Compare that with the upload of your line; a speed test tells it."
        return (_finding(Severity.NOTE, "upload-unknown", f"{need}.", remedy),)
    if budget.needed_kbps <= upload.kbps:
        return ()
    stated = upload.origin is UploadOrigin.STATED
    gives = "your upload gives" if stated else "the last broadcast that filled your line measured"
    impossible = stated and budget.payload_kbps > upload.kbps
    return (
        _finding(
            Severity.ERROR if impossible else Severity.WARNING,
            "upload-too-small",
            f"{need}; {gives} {rate_text(upload.kbps)}.",
            _remedy(budget, upload.kbps / RESERVE),
        ),
    )


def rate_text(kbps: int) -> str:
    """Return a bitrate as people say it: 800 kbit/s, 19.5 Mbit/s."""
    return f"{kbps} kbit/s" if kbps < 1000 else f"{round(kbps / 1000, 1):g} Mbit/s"


def _has_hot_backup(endpoint: RTMPEndpoint) -> bool:
    return endpoint.backup_server is not None and endpoint.backup_use is BackupUse.HOT


def _who_needs(budget: UploadBudget) -> str:
    destinations, backups = len(budget.stream_kbps), len(budget.backup_kbps)
    who = _counted(destinations, "destination")
    if backups:
        return f"{who} with {_counted(backups, 'hot backup')} need"
    return f"{who} needs" if destinations == 1 else f"{who} need"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _remedy(budget: UploadBudget, usable_kbps: float) -> str:
    """Say what would fit: no backups, fewer destinations, or a lower bitrate."""
    ways = [*_leaving_out(budget, usable_kbps), *_lowering(budget, usable_kbps)]
    if not ways:
        return "Use a faster connection: this one is too slow for a broadcast."
    sentence = ", or ".join(ways)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _leaving_out(budget: UploadBudget, usable_kbps: float) -> Iterator[str]:
    fitting = sum(total <= usable_kbps for total in itertools.accumulate(budget.stream_kbps))
    if fitting == len(budget.stream_kbps):
        yield "switch the hot backups off"
    elif fitting:
        without = " and without a hot backup" if budget.backup_kbps else ""
        yield f"stream to {_counted(fitting, 'platform')} at most{without}"


def _lowering(budget: UploadBudget, usable_kbps: float) -> Iterator[str]:
    streams = (*budget.stream_kbps, *budget.backup_kbps)
    audio_kbps = budget.payload_kbps - budget.video_kbps
    share = (usable_kbps - audio_kbps) / budget.video_kbps
    if len(set(streams)) == 1:
        video_kbps = int(share * budget.video_kbps / len(streams)) // _STEP_KBPS * _STEP_KBPS
        if video_kbps >= LOWEST_VIDEO_KBPS:
            yield f"set the video to {video_kbps} kbit/s"
    elif share * min(streams) >= LOWEST_VIDEO_KBPS:
        yield f"set every video bitrate to {int(share * 100)} % of what it is"


def _finding(severity: Severity, code: str, sentence: str, remedy: str) -> Finding:
    return Finding(severity=severity, code=code, sentence=sentence, remedy=remedy)
