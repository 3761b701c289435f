"""What a light can say: five kinds, each with a shape, a colour and a word (DESIGN section 9)."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.look.palette import Palette


class LightKind(Enum):
    """The kinds of a light.

    LIVE: a disc, all is well. SLOW: a triangle, it goes on but suffers. WORKING: half a disc, it is on its way. BAD: a cross, it
    needs a person. OFF: a ring, nothing is wanted of it.
    """

    LIVE = "live"
    SLOW = "slow"
    WORKING = "working"
    BAD = "bad"
    OFF = "off"


_KINDS = {
    "live": LightKind.LIVE,
    "slow": LightKind.SLOW,
    "connecting": LightKind.WORKING,
    "publishing": LightKind.WORKING,
    "retrying": LightKind.WORKING,
    "rejected": LightKind.BAD,
    "failed": LightKind.BAD,
    "off": LightKind.OFF,
    "stopped": LightKind.OFF,
    # Findings of a pre-flight, by their severity.
    "ok": LightKind.LIVE,
    "note": LightKind.LIVE,
    "warning": LightKind.SLOW,
    "error": LightKind.BAD,
}

_TONES = {
    LightKind.LIVE: Tone.OK,
    LightKind.SLOW: Tone.WARN,
    LightKind.WORKING: Tone.WARN,
    LightKind.BAD: Tone.ERR,
    LightKind.OFF: Tone.MUTED,
}


def light_of(status: str) -> LightKind:
    """Return how a destination's status, or a finding's severity, is shown; OFF for a word that a newer service has."""
    return _KINDS.get(status, LightKind.OFF)


def word_of(kind: LightKind) -> str:
    """Return the word that stands beside a light, in the person's language."""
    return {
        LightKind.LIVE: QCoreApplication.translate("Light", "Live"),
        LightKind.SLOW: QCoreApplication.translate("Light", "Slow"),
        LightKind.WORKING: QCoreApplication.translate("Light", "Connecting"),
        LightKind.BAD: QCoreApplication.translate("Light", "Failed"),
        LightKind.OFF: QCoreApplication.translate("Light", "Off"),
    }[kind]


def word_of_status(status: str) -> str:
    """Return the word for a destination's status, in the person's language; the status itself when a newer service has it."""
    words = {
        "off": QCoreApplication.translate("Light", "Off"),
        "connecting": QCoreApplication.translate("Light", "Connecting"),
        "publishing": QCoreApplication.translate("Light", "Starting"),
        "live": QCoreApplication.translate("Light", "Live"),
        "slow": QCoreApplication.translate("Light", "Slow"),
        "retrying": QCoreApplication.translate("Light", "Reconnecting"),
        "rejected": QCoreApplication.translate("Light", "Rejected"),
        "stopped": QCoreApplication.translate("Light", "Stopped"),
    }
    return words.get(status, status)


def tone_of(kind: LightKind) -> Tone:
    """Return the tone of the words beside a light."""
    return _TONES[kind]


def colour_of(kind: LightKind, palette: Palette) -> QColor:
    """Return the colour of a light's shape."""
    return {
        LightKind.LIVE: palette.ok,
        LightKind.SLOW: palette.warn,
        LightKind.WORKING: palette.warn,
        LightKind.BAD: palette.err,
        LightKind.OFF: palette.idle,
    }[kind]
