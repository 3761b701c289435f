"""How the recording stands, as card and foot show it. Pure: what the service told and how long ago, in; figures out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from powerstream_desktop.client.live import RunningBroadcast, RunningRecording
from powerstream_desktop.desktop.outlook.outlook import UNHEARD, Notice

MAX_AGE_S: Final = 3.0
"""The clock goes on for so long without news."""
_NOT_GROWING: Final = "not_growing"
_NOTICE: Final = "recording"
"""Code of the notice whose remedy belongs to an error of the recording."""


class RecordingPlight(Enum):
    """What the recording is doing."""

    NONE = "none"
    """Nothing is on air."""
    LEFT_OUT = "left-out"
    """Something is on air, and it is not recorded."""
    OPENING = "opening"
    RECORDING = "recording"
    PAUSED = "paused"
    STUCK = "stuck"
    """What is streamed does not reach the file: whatever its state says, nothing is recorded now."""
    FINISHING = "finishing"
    FINISHED = "finished"
    FAILED = "failed"
    UNHEARD = "unheard"
    """It went on when the service was heard last."""


_PLIGHTS: Final = {
    "opening": RecordingPlight.OPENING,
    "recording": RecordingPlight.RECORDING,
    "finalising": RecordingPlight.FINISHING,
    "finalised": RecordingPlight.FINISHED,
    "failed": RecordingPlight.FAILED,
    UNHEARD: RecordingPlight.UNHEARD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStanding:
    """What is shown of it.

    Attributes:
        for_s: how much is recorded.
        safe_s: how much of it a power cut would leave.
        size_bytes: of all its files.
        error: why it is not being written; empty if all is well.
        remedy: what to do about that; may be empty.
        warning: what else its owner must know, and what to do; None for nothing.
        files: how many there are.
    """

    plight: RecordingPlight
    for_s: float = 0.0
    safe_s: float = 0.0
    size_bytes: int = 0
    error: str = ""
    remedy: str = ""
    warning: tuple[str, str] | None = None
    files: int = 0


def recording_standing(
    recording: RunningRecording | None,
    broadcast: RunningBroadcast | None,
    notices: Iterable[Notice] = (),
    age_s: float = 0.0,
) -> RecordingStanding:
    """Return how it stands.

    Args:
        recording: as it was told.
        broadcast: the one that runs.
        notices: what hinders.
        age_s: how long ago ``recording`` was told.
    """
    if recording is None:
        return RecordingStanding(
            plight=RecordingPlight.NONE if broadcast is None else RecordingPlight.LEFT_OUT
        )
    plight = _PLIGHTS.get(recording.state, RecordingPlight.RECORDING)
    if plight is RecordingPlight.RECORDING and recording.is_paused:
        plight = RecordingPlight.PAUSED
    if recording.error is not None:
        plight = RecordingPlight.FAILED
    warning = recording.warning
    if plight is RecordingPlight.RECORDING and warning is not None and warning.code == _NOT_GROWING:
        plight = RecordingPlight.STUCK
    grows_s = min(age_s, MAX_AGE_S) if plight is RecordingPlight.RECORDING else 0.0
    return RecordingStanding(
        plight=plight,
        for_s=recording.duration_seconds + grows_s,
        safe_s=recording.durable_seconds,
        size_bytes=recording.bytes,
        error=recording.error or "",
        remedy=next((each.remedy for each in notices if each.code == _NOTICE), ""),
        warning=None if warning is None else (warning.message, warning.hint),
        files=recording.parts,
    )
