"""What the writer thread does: packets in, files and figures out.

It knows no thread, so that its tests need none. Every fault of disk or stream ends here: the recording fails, its file keeps
what it has, and whatever comes afterwards is ignored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.recording.muxer import UnrecordableError
from powerstream_desktop.recording.naming import part_stem
from powerstream_desktop.recording.part_file import PartFile
from powerstream_desktop.recording.parts import FinishPart, OpenPart, PartAction, PartPlanner
from powerstream_desktop.recording.raw_file import RawFile
from powerstream_desktop.recording.snapshot import RecordingCause, RecordingPart
from powerstream_desktop.recording.states import RecordingEvent, RecordingState, next_state
from powerstream_desktop.rtmp.packet import MediaPacket

SYNC_INTERVAL_S: Final = 1.0
"""With the length of a fragment, what a power cut costs at most (reliability_security.md 1.6)."""
_MAX_REFUSED_IN_A_ROW: Final = 300
"""Some broken frames are worth a count; several seconds of nothing else are a recording that does not record."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterProgress:
    """How far the writer is.

    Attributes:
        state: where the recording is in its life.
        path: the file being written, or the last one.
        parts: finished files.
        origin_ms: the stream's time at which the recording begins.
        duration_ms: media given to the files.
        durable_ms: media that would survive a power cut.
        size_bytes: bytes in the files.
        refused_frames: frames that no file could take.
        cause: why it failed.
    """

    state: RecordingState = RecordingState.OPENING
    path: Path | None = None
    parts: tuple[RecordingPart, ...] = ()
    origin_ms: int = 0
    duration_ms: int = 0
    durable_ms: int = 0
    size_bytes: int = 0
    refused_frames: int = 0
    cause: RecordingCause | None = None


class RecordingWriter:
    """Writes one recording into as many files as its codec settings ask for. Used by one thread.

    Args:
        folder: where.
        make_stem: returns the name of the first file without suffix; called when its first frame is there.
        clock: for the rhythm of syncs.
        open_raw: creates the file under the muxer.
    """

    def __init__(
        self, folder: Path, make_stem: Callable[[], str], *, clock: Clock, open_raw: Callable[[Path], RawFile]
    ) -> None:
        self._folder = folder
        self._make_stem = make_stem
        self._stem: str | None = None
        self._clock = clock
        self._open_raw = open_raw
        self._planner = PartPlanner()
        self._part: PartFile | None = None
        self._finished_ms = 0
        self._finished_bytes = 0
        self._synced_s = clock()
        self._refused_in_a_row = 0
        self.progress = WriterProgress()
        """Replaced as a whole by the writer thread; any thread may read it."""

    def write(self, packets: Sequence[MediaPacket]) -> None:
        """Write packets; blocks as long as the disk does, never raises for what disk or stream do."""
        if self._has_failed:
            return
        try:
            for packet in packets:
                self._perform(self._planner.receive(packet))
        except PowerStreamError as fault:
            self.fail(fault)
        self._report()

    def sync_if_due(self) -> None:
        """Make what is written durable when the last time is a second ago."""
        if self._part is None or self.seconds_until_sync() != 0:
            return
        try:
            self._part.sync()
        except PowerStreamError as fault:
            self.fail(fault)
        self._synced_s = self._clock()
        self._report()

    def seconds_until_sync(self) -> float | None:
        """Return when ``sync_if_due`` is due; ``None`` while there is nothing to make durable."""
        if self._part is None or not self._part.is_dirty:
            return None
        return max(0.0, self._synced_s + SYNC_INTERVAL_S - self._clock())

    def finish(self) -> None:
        """Write what is held back and finish the file; never raises for what disk or stream do."""
        if self._has_failed:
            return
        self._become(RecordingEvent.CLOSED)
        try:
            self._perform(self._planner.finish())
            self._become(RecordingEvent.FINISHED)
        except PowerStreamError as fault:
            self.fail(fault)
        self._report()

    def fail(self, fault: PowerStreamError) -> None:
        """Give up because of ``fault``, keeping what the file has."""
        logger.error("recording failed: %s (%s)", fault.title, fault.detail)
        self._report()
        if self._part is not None:
            self._part.abandon()
            self._part = None
        self.progress = replace(self.progress, cause=RecordingCause.of(fault))
        self._become(RecordingEvent.FAULT)

    @property
    def _has_failed(self) -> bool:
        return self.progress.state is RecordingState.FAILED

    def _perform(self, actions: Sequence[PartAction]) -> None:
        for action in actions:
            match action:
                case OpenPart():
                    self._open_part(action)
                case FinishPart():
                    self._finish_part()
                case _:
                    self._write_frame(action.packet)

    def _open_part(self, plan: OpenPart) -> None:
        if self._stem is None:
            self._stem = self._make_stem()
        stem = part_stem(self._stem, len(self.progress.parts) + 1)
        self._part = PartFile(self._folder, stem, plan, open_raw=self._open_raw)
        if self.progress.path is None:
            self.progress = replace(self.progress, origin_ms=plan.base_ms)
            self._become(RecordingEvent.FILE_OPENED)

    def _finish_part(self) -> None:
        if self._part is None:
            return
        finished = self._part.finish()
        self._report()
        self._finished_ms, self._finished_bytes = self.progress.duration_ms, self.progress.size_bytes
        self.progress = replace(self.progress, parts=(*self.progress.parts, finished))
        self._part = None

    def _write_frame(self, packet: MediaPacket) -> None:
        if self._part is None:
            return
        try:
            is_taken = self._part.write(packet)
        except UnrecordableError as refusal:
            logger.debug("a frame at %d ms was refused: %s", packet.dts_ms, refusal.detail)
            self._refused_in_a_row += 1
            if self._refused_in_a_row > _MAX_REFUSED_IN_A_ROW:
                raise
            is_taken = False
        else:
            self._refused_in_a_row = 0
        if not is_taken:
            self.progress = replace(self.progress, refused_frames=self.progress.refused_frames + 1)

    def _become(self, event: RecordingEvent) -> None:
        self.progress = replace(self.progress, state=next_state(self.progress.state, event))

    def _report(self) -> None:
        """Publish the figures of the open part together with those of the finished ones."""
        if self._part is None:
            return
        self.progress = replace(
            self.progress,
            path=self._part.path,
            duration_ms=self._finished_ms + self._part.duration_ms,
            durable_ms=self._finished_ms + self._part.durable_ms,
            size_bytes=self._finished_bytes + self._part.size_bytes,
        )
