"""The recorder: a thread that writes, and the door to it for everybody else.

The relay offers packets and goes on; the queue and the thread behind it take whatever the disk does. Threads: the owner's
(``start``, ``close``), the relay's loop (``offer``), the writer's own, and any (``snapshot``, ``split``, ``pause``, ``resume``).
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError
from powerstream_desktop.recording.folder import free_bytes_in
from powerstream_desktop.recording.naming import is_unfinished, recording_stem
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.packet_queue import PacketQueue, QueueGap
from powerstream_desktop.recording.progress import WriterProgress
from powerstream_desktop.recording.raw_file import OSFile, RawFile
from powerstream_desktop.recording.snapshot import (
    GapReason,
    RecordingCause,
    RecordingGap,
    RecordingPart,
    RecordingResult,
    RecordingSnapshot,
)
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.warning import RecordingWarning
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.packet import MediaPacket

CLOSE_TIMEOUT_S: Final = 60.0
STALL_S: Final = 5.0
"""The disk takes nothing: so much media waits in the queue (reliability_security.md 1.5.8)."""
_UNFINISHED: Final = RecordingCause(
    fault=Fault.SYSTEM,
    title="The disk did not take the end of the recording in time.",
    hint="What is on the disk plays; wait before you remove the disk.",
)

logger = logging.getLogger(__name__)


def _local_now() -> datetime:
    return datetime.now(tz=UTC).astimezone()


class Recorder:
    """Records one stream into a folder.

    A recorder serves one recording: ``start`` it, ``offer`` packets, ``close`` it.

    Args:
        options: where the files go, and when a new one begins.
        name: the user's name for the recording; without one it is named after the time of its first frame.
        clock: monotonic seconds, for the rhythm of syncs.
        wall_now: local wall time, for the file's name; called on the writer thread.
        open_raw: creates the file under the muxer.
        free_bytes: tells the room in a folder; ``None`` if the system does not.
    """

    def __init__(
        self,
        options: RecordingOptions,
        *,
        name: str | None = None,
        clock: Clock = monotonic,
        wall_now: Callable[[], datetime] = _local_now,
        open_raw: Callable[[Path], RawFile] = OSFile,
        free_bytes: Callable[[Path], int | None] = free_bytes_in,
    ) -> None:
        self._options = options
        self._name = name
        self._clock = clock
        self._wall_now = wall_now
        self._open_raw = open_raw
        self._free_bytes = free_bytes
        self._queue = PacketQueue()
        # Set once by ``start``, before the thread runs; then read by all. Either one or the other.
        self._writer: RecordingWriter | None = None
        self._refusal: RecordingCause | None = None
        self._thread: threading.Thread | None = None
        # Set once by the writer thread; any thread may read it.
        self._began_at: datetime | None = None

    def start(self) -> None:
        """Check the folder and start the writer thread. Blocks for the check; call it off the relay's loop.

        Raises:
            UserError: the folder is none, or may not be written to.
            SystemFault: the disk is full or does not answer properly.
            BugError: it was started before.
        """
        if self._thread is not None or self._refusal is not None:
            raise BugError("A recording was started twice.")
        writer = RecordingWriter(
            self._options,
            self._begin_first_file,
            clock=self._clock,
            open_raw=self._open_raw,
            free_bytes=self._free_bytes,
        )
        try:
            writer.prepare()
        except PowerStreamError as refusal:
            self._refusal = RecordingCause.of(refusal)
            self._queue.discard()
            raise
        self._writer = writer
        # A daemon: a disk that hangs must not keep the process from ending, and the file survives a kill anyway.
        self._thread = threading.Thread(target=self._run, args=(writer,), name="recorder", daemon=True)
        self._thread.start()

    def offer(self, packets: Sequence[MediaPacket]) -> None:
        """Record packets of one stream, in order. From any one thread; never blocks, never raises.

        Packets offered before ``start`` wait; those after ``close``, or after a failure, are ignored.
        """
        self._queue.offer(packets)

    def split(self) -> None:
        """Begin a new file at the next key frame; from any thread, never blocks. No effect while there is no file."""
        self._queue.order(RecordingOrder.SPLIT)

    def pause(self) -> None:
        """End the file at the next key frame, and leave out what comes; from any thread, never blocks."""
        self._queue.order(RecordingOrder.PAUSE)

    def resume(self) -> None:
        """Go on after a pause, in a new file, at the next key frame; from any thread, never blocks."""
        self._queue.order(RecordingOrder.RESUME)

    def snapshot(self) -> RecordingSnapshot:
        """Return how the recording stands; from any thread, quick."""
        if self._writer is None:
            state = RecordingState.OPENING if self._refusal is None else RecordingState.FAILED
            return RecordingSnapshot(state=state, cause=self._refusal)
        load = self._queue.load()
        progress = self._writer.progress
        gaps = [*progress.gaps, *(_gap(gap, progress.origin_ms) for gap in load.gaps)]
        return RecordingSnapshot(
            state=progress.state,
            path=progress.path,
            part_begins_s=progress.part_begins_ms / 1000,
            parts=progress.part_count,
            folder=progress.folder,
            began_at=self._began_at,
            duration_s=progress.duration_ms / 1000,
            durable_s=progress.durable_ms / 1000,
            bytes_written=progress.size_bytes,
            gaps=tuple(sorted(gaps, key=lambda gap: gap.start_s)),
            dropped_frames=progress.refused_frames + sum(gap.dropped_frames for gap in gaps),
            queue_bytes=load.size_bytes,
            queue_s=load.span_s,
            is_paused=progress.is_paused,
            room_s=progress.room_s,
            warning=_warning(progress, load.span_s),
            cause=progress.cause,
        )

    def close(self, timeout_s: float = CLOSE_TIMEOUT_S) -> RecordingResult:
        """Write everything that was offered, finish the file and return what became of it. Blocks; harmless to repeat.

        Args:
            timeout_s: how long a disk that hangs may keep us.
        """
        self._queue.close()
        if self._thread is not None:
            self._thread.join(timeout_s)
        return self._result()

    async def aclose(self, timeout_s: float = CLOSE_TIMEOUT_S) -> RecordingResult:
        """Do as ``close`` does, without blocking the loop."""
        return await asyncio.to_thread(self.close, timeout_s)

    def _begin_first_file(self) -> str:
        """Return its name without suffix."""
        self._began_at = self._wall_now()
        return recording_stem(self._name, self._began_at)

    def _run(self, writer: RecordingWriter) -> None:
        try:
            for step in (self._write_all, RecordingWriter.finish):
                try:
                    step(writer)
                except Exception as error:
                    logger.exception("the recorder's thread broke")
                    writer.fail(
                        BugError("The recording broke because of a fault of ours.", detail=repr(error))
                    )
        finally:
            self._queue.discard()

    def _write_all(self, writer: RecordingWriter) -> None:
        logged_gaps = 0
        while not self._queue.is_finished and not writer.is_over:
            batch = self._queue.take(writer.seconds_until_tending())
            for order in batch.orders:
                writer.obey(order)
            writer.write(batch.packets)
            writer.tend()
            logged_gaps = self._log_gaps(logged_gaps)

    def _log_gaps(self, logged: int) -> int:
        gaps = self._queue.load().gaps
        if len(gaps) > logged:
            logger.warning(
                "the disk is too slow: the recording lacks frames from %d ms on", gaps[-1].start_ms
            )
        return len(gaps)

    def _result(self) -> RecordingResult:
        snapshot = self.snapshot()
        is_late = self._thread is not None and self._thread.is_alive()
        parts = self._writer.progress.parts if self._writer is not None else ()
        rest = _unfinished_rest(snapshot, parts)
        parts = parts if rest is None else (*parts, rest)
        return RecordingResult(
            state=RecordingState.FINALISING if is_late else snapshot.state,
            path=parts[0].path if parts else None,
            parts=parts,
            began_at=snapshot.began_at,
            duration_s=snapshot.duration_s,
            size_bytes=snapshot.bytes_written,
            gaps=snapshot.gaps,
            dropped_frames=snapshot.dropped_frames,
            cause=_UNFINISHED if is_late else snapshot.cause,
        )


def _warning(progress: WriterProgress, queue_s: float) -> RecordingWarning | None:
    """Return the worst of what the owner must know; a writer that hangs in the disk cannot tell it itself."""
    is_going_on = progress.state in (RecordingState.OPENING, RecordingState.RECORDING)
    return RecordingWarning.NOT_GROWING if is_going_on and queue_s > STALL_S else progress.warning


def _unfinished_rest(snapshot: RecordingSnapshot, parts: Sequence[RecordingPart]) -> RecordingPart | None:
    """Return the file that a disk which hangs has not finished yet; ``None`` if there is none."""
    path = snapshot.path
    if path is None or not is_unfinished(path.name) or path in {part.path for part in parts}:
        return None
    return RecordingPart(
        path=path,
        begins_s=snapshot.part_begins_s,
        duration_s=max(0.0, snapshot.duration_s - sum(part.duration_s for part in parts)),
        size_bytes=max(0, snapshot.bytes_written - sum(part.size_bytes for part in parts)),
        is_finished=False,
    )


def _gap(gap: QueueGap, origin_ms: int) -> RecordingGap:
    return RecordingGap(
        start_s=(gap.start_ms - origin_ms) / 1000,
        duration_s=(gap.end_ms - gap.start_ms) / 1000,
        dropped_frames=gap.dropped_frames,
        reason=GapReason.SLOW_DISK,
    )
