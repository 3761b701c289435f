"""What a watchdog has found and still finds; ``Watchdogs`` makes notices of the first and the last time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """The code of a notice: what can be wrong."""

    MICROPHONE_SILENT = "microphone_silent"
    MICROPHONE_OFF = "microphone_off"
    SOUND_CLIPPING = "sound_clipping"
    SOUND_DRIFTING = "sound_drifting"
    CAMERA_FROZEN = "camera_frozen"
    CAPTURE_BLACK = "capture_black"
    SOURCE_LATE = "source_late"
    PICTURE_BLACK = "picture_black"
    ENCODER_BEHIND = "encoder_behind"
    AV_DRIFT = "av_drift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong now.

    Attributes:
        trouble: what.
        subject: id of the channel or source, or the rendition's name; empty for the program.
        title: one sentence for people.
        hint: what to do.
    """

    trouble: Trouble
    subject: str
    title: str
    hint: str
