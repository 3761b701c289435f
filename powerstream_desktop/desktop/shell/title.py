"""How the window's title and icons say whether we are on air. Pure but for the language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.desktop.identity import NAME
from powerstream_desktop.desktop.look.icons import ApplicationIcon
from powerstream_desktop.desktop.shell.on_air import AirState, OnAir


def window_title(state: AirState) -> str:
    """Return the title: what is first in it is read in a task bar."""
    words = [_word(state), state.title if state.on_air is not OnAir.OFF else "", NAME]
    return " – ".join(filter(None, words))


def window_icon(state: AirState) -> ApplicationIcon:
    """Return the icon."""
    if state.on_air is OnAir.OFF:
        return ApplicationIcon.IDLE
    return ApplicationIcon.LIVE if state.on_air is OnAir.LIVE and state.is_known else ApplicationIcon.TROUBLE


def _word(state: AirState) -> str:
    match state.on_air:
        case OnAir.OFF:
            return ""
        case OnAir.STARTING:
            return QCoreApplication.translate("Title", "Starting")
        case OnAir.LIVE if state.is_rehearsal:
            return QCoreApplication.translate("Title", "REHEARSAL")
        case OnAir.LIVE:
            return QCoreApplication.translate("Title", "● LIVE")
        case OnAir.BRIDGING:
            return QCoreApplication.translate("Title", "Bridging")
        case OnAir.ENDING:
            return QCoreApplication.translate("Title", "Ending")
