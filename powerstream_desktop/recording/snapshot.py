"""What the rest of the program may know of a recording: frozen values, never live objects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.warning import RecordingWarning


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


class GapReason(StrEnum):
    """Why a recording has a hole."""

    SLOW_DISK = "slow_disk"
    PAUSED = "paused"
    DISK_LOST = "disk_lost"
    """The disk refused or went away; what it had not got yet is in no file."""
    FILE_LOST = "file_lost"
    """Another program removed, moved or cut the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingGap:
    """A hole in the recording; the stream never had it.

    Attributes:
        start_s: where it begins, in seconds from the start of the recording.
        duration_s: how long it is, in seconds.
        dropped_frames: how many frames of picture and sound it swallowed; 0 while paused, when none were wanted.
        reason: what made it.
    """

    start_s: float
    duration_s: float
    dropped_frames: int
    reason: GapReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingPart:
    """One file of a recording that takes no more frames.

    Attributes:
        path: the file.
        begins_s: where it begins, in seconds from the start of the recording; gaps before it count.
        duration_s: its length, in seconds.
        size_bytes: its size.
        is_finished: whether it is whole and has its final name. One that is not was given up, or the disk has not finished it
            yet; it plays.
    """

    path: Path
    begins_s: float = 0.0
    duration_s: float
    size_bytes: int
    is_finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingSnapshot:
    """A recording at one moment.

    Attributes:
        state: where it is in its life.
        path: the file being written, or the last one; ``None`` before the first.
        part_begins_s: where that file begins, in seconds from the start of the recording.
        parts: how many files there are, the one being written included.
        folder: where files go now; ``None`` before the recorder was started.
        began_at: local wall time at which the first file was opened; ``None`` before.
        duration_s: seconds of media given to the files so far, all parts together.
        durable_s: seconds of media that would survive a power cut now; never more than ``duration_s``.
        bytes_written: size of all parts so far.
        gaps: holes, oldest first.
        dropped_frames: frames lost to gaps, and frames that no MP4 can hold.
        queue_bytes: payload bytes waiting for the disk.
        queue_s: seconds of media waiting for the disk.
        is_paused: whether frames are left out because the owner wants it so.
        room_s: for how many seconds the disk has room, by what the recording takes; ``None`` while that is unknown.
        warning: the worst of what the owner must know; ``None`` if all is well.
        cause: why it failed; ``None`` while it has not.
    """

    state: RecordingState
    path: Path | None = None
    part_begins_s: float = 0.0
    parts: int = 0
    folder: Path | None = None
    began_at: datetime | None = None
    duration_s: float = 0.0
    durable_s: float = 0.0
    bytes_written: int = 0
    gaps: tuple[RecordingGap, ...] = ()
    dropped_frames: int = 0
    queue_bytes: int = 0
    queue_s: float = 0.0
    is_paused: bool = False
    room_s: float | None = None
    warning: RecordingWarning | None = None
    cause: RecordingCause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResult:
    """What became of a recording.

    Attributes:
        state: ``FINALISED`` or ``FAILED``; ``FINALISING`` when the disk did not finish within the time given.
        path: the first file; ``None`` when nothing was recorded because no picture or sound came.
        parts: the files in order, those included that were given up or that the disk has not finished yet.
        began_at: local wall time at which the first file was opened; ``None`` when there is none.
        duration_s: seconds of media in all files, an unfinished one included.
        size_bytes: bytes in all files, an unfinished one included.
        gaps: holes, oldest first.
        dropped_frames: frames lost to gaps, and frames that no MP4 can hold.
        cause: why it failed or is not finished; ``None`` when it is whole.
    """

    state: RecordingState
    path: Path | None
    parts: tuple[RecordingPart, ...]
    began_at: datetime | None = None
    duration_s: float
    size_bytes: int
    gaps: tuple[RecordingGap, ...]
    dropped_frames: int
    cause: RecordingCause | None
