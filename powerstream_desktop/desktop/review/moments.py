"""What is shown on the timeline and below it as chips: markers, stretches that a platform missed, and breaks of the recording. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class MomentKind(Enum):
    """MARKER: somebody marked it. MISSED: a platform did not get it. BREAK: the recording itself has a hole there."""

    MARKER = "marker"
    MISSED = "missed"
    BREAK = "break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One of them.

    Attributes:
        start_us, end_us: the same for a marker.
        text: what its chip says; plain text.
        marker_id: of a marker; else empty.
    """

    kind: MomentKind
    start_us: int
    end_us: int
    text: str
    marker_id: str = ""
