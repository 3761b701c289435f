"""Which palette a person wants, and what that is on this system."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from powerstream_desktop.desktop.look.palette import DARK, HIGH_CONTRAST, LIGHT, Palette


class ThemeName(StrEnum):
    """The themes to choose from; ``SYSTEM`` is as the desktop has it."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high_contrast"


_CHOSEN = {ThemeName.DARK: DARK, ThemeName.LIGHT: LIGHT, ThemeName.HIGH_CONTRAST: HIGH_CONTRAST}


def palette_of(theme: ThemeName, *, system_is_light: bool, system_wants_contrast: bool) -> Palette:
    """Return the palette for a theme; a system that says nothing gets the dark one, the window's own."""
    if theme is not ThemeName.SYSTEM:
        return _CHOSEN[theme]
    if system_wants_contrast:
        return HIGH_CONTRAST
    return LIGHT if system_is_light else DARK


def system_is_light() -> bool:
    """Return whether the desktop says it is light; many say nothing (style_ecosystem.md, finding 9)."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light


def system_wants_contrast() -> bool:
    """Return whether the desktop asks for high contrast."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):  # Qt before 6.10
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
