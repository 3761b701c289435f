"""How far the writer of a recording is: frozen, so that any thread may read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.recording.snapshot import RecordingCause, RecordingGap, RecordingPart
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.warning import RecordingWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterProgress:
    """How far the writer is.

    Attributes:
        state: where the recording is in its life.
        path: the file being written, or the last one.
        part_begins_ms: where that file begins, from the recording's beginning.
        folder: where files go.
        parts: files that take no more frames.
        part_count: how many there have been, with the one being written.
        origin_ms: the stream's time at which the recording begins.
        duration_ms: media given to the files.
        durable_ms: media that would survive a power cut.
        size_bytes: bytes in the files.
        refused_frames: frames that no file could take.
        gaps: holes between files, oldest first.
        is_paused: whether frames are left out because the owner wants it so.
        room_s: for how many seconds the disk has room.
        warning: the worst of what the owner must know.
        cause: why it failed.
    """

    state: RecordingState = RecordingState.OPENING
    path: Path | None = None
    part_begins_ms: int = 0
    folder: Path | None = None
    parts: tuple[RecordingPart, ...] = ()
    part_count: int = 0
    origin_ms: int = 0
    duration_ms: int = 0
    durable_ms: int = 0
    size_bytes: int = 0
    refused_frames: int = 0
    gaps: tuple[RecordingGap, ...] = ()
    is_paused: bool = False
    room_s: float | None = None
    warning: RecordingWarning | None = None
    cause: RecordingCause | None = None
