"""What the rest of the program may know of a recording: frozen values, never live objects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.recording.states import RecordingState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingCause:
    """Why a recording failed, in sentences for people."""

    fault: Fault
    title: str
    hint: str

    @classmethod
    def of(cls, error: PowerStreamError) -> RecordingCause:
        """Return the cause that ``error`` tells."""
        return cls(fault=error.fault, title=error.title, hint=error.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingGap:
    """A hole that a slow disk tore into the recording; the stream never had it.

    Attributes:
        start_s: where it begins, in seconds from the start of the recording.
        duration_s: how long it is, in seconds.
        dropped_frames: how many frames of picture and sound it swallowed.
    """

    start_s: float
    duration_s: float
    dropped_frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingPart:
    """One finished file of a recording.

    Attributes:
        path: the file.
        duration_s: its length, in seconds.
        size_bytes: its size.
    """

    path: Path
    duration_s: float
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSnapshot:
    """A recording at one moment.

    Attributes:
        state: where it is in its life.
        path: the file being written, or the last one; ``None`` before the first.
        began_at: local wall time at which the first file was opened; ``None`` before.
        duration_s: seconds of media given to the files so far, all parts together.
        durable_s: seconds of media that would survive a power cut now; never more than ``duration_s``.
        bytes_written: size of all parts so far.
        gaps: holes a slow disk tore, oldest first.
        dropped_frames: frames lost to gaps, and frames that no MP4 can hold.
        queue_bytes: payload bytes waiting for the disk.
        queue_s: seconds of media waiting for the disk.
        cause: why it failed; ``None`` while it has not.
    """

    state: RecordingState
    path: Path | None = None
    began_at: datetime | None = None
    duration_s: float = 0.0
    durable_s: float = 0.0
    bytes_written: int = 0
    gaps: tuple[RecordingGap, ...] = ()
    dropped_frames: int = 0
    queue_bytes: int = 0
    queue_s: float = 0.0
    cause: RecordingCause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResult:
    """What became of a recording.

    Attributes:
        state: ``FINALISED`` or ``FAILED``; ``FINALISING`` when the disk did not finish within the time given.
        path: the first file; ``None`` when nothing was recorded because no picture or sound came.
        parts: the finished files in order. A new part begins where the publisher changed its codec settings.
        unfinished: the file behind them that was given up, or that the disk has not finished yet; it plays, and keeps the name
            of an unfinished one. ``None`` when all are finished.
        began_at: local wall time at which the first file was opened; ``None`` when there is none.
        duration_s: seconds of media in all files, an unfinished one included.
        size_bytes: bytes in all files, an unfinished one included.
        gaps: holes a slow disk tore, oldest first.
        dropped_frames: frames lost to gaps, and frames that no MP4 can hold.
        cause: why it failed or is not finished; ``None`` when it is whole.
    """

    state: RecordingState
    path: Path | None
    parts: tuple[RecordingPart, ...]
    unfinished: Path | None = None
    began_at: datetime | None = None
    duration_s: float
    size_bytes: int
    gaps: tuple[RecordingGap, ...]
    dropped_frames: int
    cause: RecordingCause | None
