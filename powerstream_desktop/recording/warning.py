"""What the owner of a recording must know while it runs; worst first. Light, for those who only show it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class RecordingWarning(Enum):
    """What is not as it should be with a recording."""

    NOT_GROWING = "not_growing"
    """What the stream gives does not reach the file."""
    SPACE_OUT = "space_out"
    """The recording leaves the folder, and stops if there is no other."""
    SPACE_LOW = "space_low"
    FALLBACK_FOLDER = "fallback_folder"
    """It goes on in another folder than the one wanted."""
    SPACE_SHORT = "space_short"

    @property
    def title(self) -> str:
        """One sentence for people: what is wrong."""
        return _SENTENCES[self][0]

    @property
    def hint(self) -> str:
        """One sentence: what to do now."""
        return _SENTENCES[self][1]


_W = RecordingWarning
_SENTENCES: Final[Mapping[RecordingWarning, tuple[str, str]]] = MappingProxyType(
    {
        _W.NOT_GROWING: (
            "NOT RECORDING: what is streamed does not reach the file.",
            "A new file begins as soon as the disk takes one; check the disk.",
        ),
        _W.SPACE_OUT: (
            "The disk has no room for two more minutes: the file has been closed.",
            "Free some space, or add another folder for recordings.",
        ),
        _W.SPACE_LOW: (
            "The disk has room for less than 10 minutes of recording.",
            "Free some space now, or add another folder for recordings.",
        ),
        _W.FALLBACK_FOLDER: (
            "The recording goes into the fallback folder.",
            "Check the disk of the usual folder; the next recording tries it again.",
        ),
        _W.SPACE_SHORT: (
            "The disk has room for less than 30 minutes of recording.",
            "Free some space, or add another folder for recordings.",
        ),
    }
)
