"""The recorder: a thread that writes, and the door to it for everybody else.

The relay offers packets and goes on; the queue and the thread behind it take whatever the disk does. Threads: the owner's
(``start``, ``close``), the relay's loop (``offer``), the writer's own, and any (``snapshot``).
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
from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.recording.folder import prepare_folder
from powerstream_desktop.recording.naming import UNFINISHED_SUFFIX, recording_stem
from powerstream_desktop.recording.packet_queue import PacketQueue, QueueGap
from powerstream_desktop.recording.raw_file import OSFile, RawFile
from powerstream_desktop.recording.snapshot import (
    RecordingCause,
    RecordingGap,
    RecordingResult,
    RecordingSnapshot,
)
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.packet import MediaPacket

CLOSE_TIMEOUT_S: Final = 60.0
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
        folder: where the files go; made when missing.
        name: the user's name for the recording; without one it is named after the time of its first frame.
        clock: monotonic seconds, for the rhythm of syncs.
        wall_now: local wall time, for the file's name; called on the writer thread.
        open_raw: creates the file under the muxer.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        clock: Clock = monotonic,
        wall_now: Callable[[], datetime] = _local_now,
        open_raw: Callable[[Path], RawFile] = OSFile,
    ) -> None:
        self._folder = folder
        self._name = name
        self._clock = clock
        self._wall_now = wall_now
        self._open_raw = open_raw
        self._queue = PacketQueue()
        # Set once by ``start``, before the thread runs; then read by all.
        self._writer: RecordingWriter | None = None
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
        if self._thread is not None:
            raise BugError("A recording was started twice.")
        prepare_folder(self._folder)
        self._writer = RecordingWriter(
            self._folder,
            self._begin_first_file,
            clock=self._clock,
            open_raw=self._open_raw,
        )
        # A daemon: a disk that hangs must not keep the process from ending, and the file survives a kill anyway.
        self._thread = threading.Thread(target=self._run, args=(self._writer,), name="recorder", daemon=True)
        self._thread.start()

    def offer(self, packets: Sequence[MediaPacket]) -> None:
        """Record packets of one stream, in order. From any one thread; never blocks, never raises.

        Packets offered before ``start`` wait; those after ``close``, or after a failure, are ignored.
        """
        self._queue.offer(packets)

    def snapshot(self) -> RecordingSnapshot:
        """Return how the recording stands; from any thread, quick."""
        if self._writer is None:
            return RecordingSnapshot(state=RecordingState.OPENING)
        load = self._queue.load()
        progress = self._writer.progress
        return RecordingSnapshot(
            state=progress.state,
            path=progress.path,
            began_at=self._began_at,
            duration_s=progress.duration_ms / 1000,
            durable_s=progress.durable_ms / 1000,
            bytes_written=progress.size_bytes,
            gaps=tuple(_gap(gap, progress.origin_ms) for gap in load.gaps),
            dropped_frames=progress.refused_frames + sum(gap.dropped_frames for gap in load.gaps),
            queue_bytes=load.size_bytes,
            queue_s=load.span_s,
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
        logged_gaps = 0
        try:
            while not self._queue.is_finished and writer.progress.state is not RecordingState.FAILED:
                writer.write(self._queue.take(writer.seconds_until_sync()))
                writer.sync_if_due()
                logged_gaps = self._log_gaps(logged_gaps)
            writer.finish()
        except Exception as error:
            logger.exception("the recorder's thread broke")
            writer.fail(BugError("The recording broke because of a fault of ours.", detail=repr(error)))
        finally:
            self._queue.discard()

    def _log_gaps(self, logged: int) -> int:
        gaps = self._queue.load().gaps
        if len(gaps) > logged:
            logger.warning(
                "the disk is too slow: the recording lacks frames from %d ms on", gaps[-1].start_ms
            )
        return len(gaps)

    def _result(self) -> RecordingResult:
        snapshot = self.snapshot()
        parts = self._writer.progress.parts if self._writer is not None else ()
        is_late = self._thread is not None and self._thread.is_alive()
        return RecordingResult(
            state=RecordingState.FINALISING if is_late else snapshot.state,
            path=parts[0].path if parts else snapshot.path,
            parts=parts,
            unfinished=snapshot.path if _is_unfinished(snapshot.path) else None,
            began_at=snapshot.began_at,
            duration_s=snapshot.duration_s,
            size_bytes=snapshot.bytes_written,
            gaps=snapshot.gaps,
            dropped_frames=snapshot.dropped_frames,
            cause=_UNFINISHED if is_late else snapshot.cause,
        )


def _is_unfinished(path: Path | None) -> bool:
    return path is not None and path.name.endswith(UNFINISHED_SUFFIX)


def _gap(gap: QueueGap, origin_ms: int) -> RecordingGap:
    return RecordingGap(
        start_s=(gap.start_ms - origin_ms) / 1000,
        duration_s=(gap.end_ms - gap.start_ms) / 1000,
        dropped_frames=gap.dropped_frames,
    )
