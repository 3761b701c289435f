"""The parts of the settings page, and which settings stand in each. Pure, but for the titles' language."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.settings import Setting


class Section(Enum):
    """The parts, in their order; the value is what a page is led to by (``Ways.go_to``)."""

    VIDEO = "video"
    AUDIO = "audio"
    RECORDING = "recording"
    CLOUD = "cloud"
    HOTKEYS = "hotkeys"
    APPEARANCE = "appearance"
    SECURITY = "security"
    ABOUT = "about"


_SECTIONS: Final = {
    "video": Section.VIDEO,
    "broadcast": Section.VIDEO,
    "recording": Section.RECORDING,
    "retention": Section.RECORDING,
    "cloud": Section.CLOUD,
    "hotkeys": Section.HOTKEYS,
    "appearance": Section.APPEARANCE,
    "api": Section.SECURITY,
    "ingest": Section.SECURITY,
    "lan": Section.SECURITY,
    "secrets": Section.SECURITY,
}


def section_of(setting: Setting) -> Section:
    """Return where a setting stands; what a newer service declares and nobody knows here stands with video."""
    return _SECTIONS.get(setting.name.partition(".")[0], Section.VIDEO)


def title_of(section: Section) -> str:
    """Return what a part is called."""
    translate = QCoreApplication.translate
    return {
        Section.VIDEO: translate("Settings", "Video"),
        Section.AUDIO: translate("Settings", "Audio"),
        Section.RECORDING: translate("Settings", "Recording"),
        Section.CLOUD: translate("Settings", "Cloud"),
        Section.HOTKEYS: translate("Settings", "Hotkeys"),
        Section.APPEARANCE: translate("Settings", "Appearance"),
        Section.SECURITY: translate("Settings", "Security"),
        Section.ABOUT: translate("Settings", "About"),
    }[section]


def is_meant(search: str, texts: Iterable[str]) -> bool:
    """Return whether all words of a search are in some texts, in any order and case; an empty search means everything."""
    haystack = "\n".join(texts).casefold()
    return all(word in haystack for word in search.casefold().split())
