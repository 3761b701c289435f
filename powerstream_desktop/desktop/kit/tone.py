"""What a colour says. Never the only way in which it is said."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from powerstream_desktop.desktop.look.palette import Palette
from powerstream_desktop.desktop.look.restyle import set_style_property


class Tone(Enum):
    """How words or a chip are meant; the value is what the style sheet calls it."""

    PLAIN = "plain"
    MUTED = "muted"
    FAINT = "faint"
    OK = "ok"
    WARN = "warn"
    ERR = "err"
    ACCENT = "accent"
    LIVE = "live"


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Give a widget's letters another tone."""
    set_style_property(widget, "tone", tone.value)


def ink_of(tone: Tone, palette: Palette) -> QColor:
    """Return the colour of letters of this tone, for what is painted."""
    colours = {
        Tone.PLAIN: palette.text,
        Tone.MUTED: palette.muted,
        Tone.FAINT: palette.faint,
        Tone.OK: palette.ok,
        Tone.WARN: palette.warn,
        Tone.ERR: palette.err,
        Tone.ACCENT: palette.accent,
        Tone.LIVE: palette.live_text,
    }
    return colours[tone]
