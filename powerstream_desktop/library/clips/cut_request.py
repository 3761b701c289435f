"""What is to be cut, and what came of it: frozen values that go to the process that cuts, and come back, as JSON. Loads no media code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

DRAFT_NAME: Final = "clip.mp4"
"""Of the file in the working folder."""


class ClipMode(StrEnum):
    """How a clip is cut."""

    FAST = "fast"
    """From a key frame on, nothing encoded anew: it begins a little earlier than was asked for, and may end a little later."""
    EXACT = "exact"
    """Exactly the frames that were asked for; what lies between a bound and the nearest key frame is encoded anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutRequest:
    """A clip to cut.

    Attributes:
        start_ms: of the first frame that is wanted, from the beginning of the film.
        end_ms: of the first frame that is not wanted any more.
        mode: how it is cut; an upright one is always exact.
        centre_x: middle of the part of the picture that an upright clip keeps, 0 (left) to 1; ``None`` for the whole picture.
        last_ms: of a film that is still being recorded, so much of its end is wanted, whatever the bounds say; ``None`` for one
            that is finished.
        late_ms: how much was recorded since, and is not wanted.
    """

    start_ms: int = 0
    end_ms: int = 0
    mode: ClipMode = ClipMode.FAST
    centre_x: float | None = None
    last_ms: int | None = None
    late_ms: int = 0

    @property
    def reach_ms(self) -> int | None:
        """How much of the end of a film that is still being recorded has to be read; ``None`` for a finished one."""
        return None if self.last_ms is None else self.last_ms + self.late_ms

    def to_words(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {
            "startMs": self.start_ms,
            "endMs": self.end_ms,
            "mode": self.mode.value,
            "centreX": self.centre_x,
            "lastMs": self.last_ms,
            "lateMs": self.late_ms,
        }

    @classmethod
    def of_words(cls, words: Mapping[str, Any]) -> Self:
        """Read what ``to_words`` made."""
        return cls(
            start_ms=words["startMs"],
            end_ms=words["endMs"],
            mode=ClipMode(words["mode"]),
            centre_x=words["centreX"],
            last_ms=words["lastMs"],
            late_ms=words["lateMs"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CutResult:
    """A clip that was cut.

    Attributes:
        start_ms: what it begins with, from the beginning of its source.
        end_ms: where it ends.
        size_bytes: of the file.
    """

    start_ms: int
    end_ms: int
    size_bytes: int

    def to_words(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {"startMs": self.start_ms, "endMs": self.end_ms, "sizeBytes": self.size_bytes}

    @classmethod
    def of_words(cls, words: Mapping[str, Any]) -> Self:
        """Read what ``to_words`` made."""
        return cls(start_ms=words["startMs"], end_ms=words["endMs"], size_bytes=words["sizeBytes"])
