"""What the rest of the program may know of an HLS output: frozen values, never live objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.common.errors import Fault, PowerStreamError


@dataclass(frozen=True, slots=True, kw_only=True)
class HLSCause:
    """What is wrong, in sentences for people."""

    fault: Fault
    title: str
    hint: str

    @classmethod
    def of(cls, error: PowerStreamError) -> HLSCause:
        """Return the cause that ``error`` tells."""
        return cls(fault=error.fault, title=error.title, hint=error.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class HLSSnapshot:
    """An HLS output at one moment.

    Attributes:
        playlist: what to play; None before the first segment.
        codecs: the newest segment's, as browsers want them named (``avc1.64001f,mp4a.40.2``).
        segments: how many were written.
        segments_lost: how many a slow or full disk has cost. Only those who watch here have missed them.
        is_ended: the playlist says that the broadcast is over.
        cause: why the disk takes nothing just now; None while it does.
        refusals: tracks that are left out because no player knows their codec.
    """

    playlist: Path | None
    codecs: str
    segments: int
    segments_lost: int
    is_ended: bool
    cause: HLSCause | None
    refusals: tuple[HLSCause, ...]
