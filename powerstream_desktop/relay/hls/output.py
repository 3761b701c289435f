"""The HLS output: a consumer of the stream, and the thread that writes for it.

The relay's loop cuts the segments, which costs it a few microseconds a frame, and hands each whole segment to the thread. A
disk that hangs therefore costs those who watch here some segments, and nobody else anything. Threads: the relay's loop, which
owns the output, and the writer's own; ``start`` and ``snapshot`` may be called on any.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.relay.hls.folder import HLSFolder
from powerstream_desktop.relay.hls.playlist import PLAYLIST_NAME
from powerstream_desktop.relay.hls.segment import Segment
from powerstream_desktop.relay.hls.segmenter import Segmenter
from powerstream_desktop.relay.hls.snapshot import HLSCause, HLSSnapshot
from powerstream_desktop.relay.hls.writer import SegmentWriter, WriterProgress
from powerstream_desktop.relay.stream.burst import Burst

MAX_WAITING_SEGMENTS: Final = 3
"""About 6 s for a disk that hangs; after that segments are lost, the newest first."""
CLOSE_TIMEOUT_S: Final = 10.0

logger = logging.getLogger(__name__)


class _Order(Enum):
    """What the loop tells the thread besides segments."""

    END = auto()
    """The broadcast is over; another may follow."""
    STOP = auto()


class HLSOutput:
    """Makes a stream watchable from a folder: ``index.m3u8`` and the files it names.

    It is playable about 2 s after the first key frame. The stream may end and begin again; numbers go on.

    Args:
        folder: where; made when missing. What an earlier run left there is deleted, other people's files are not.
        clock: the monotonic time that packets are stamped with.
        utc_now: wall time, for the dates in the playlist.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock = monotonic,
        utc_now: Callable[[], datetime] = lambda: datetime.now(tz=UTC),
    ) -> None:
        self._folder = HLSFolder(folder)
        self._clock = clock
        self._utc_now = utc_now
        self._segmenter = Segmenter()
        self._segments_lost = 0
        self._is_continuous = True
        """Whether the newest segment was handed over."""
        # Only the loop puts something in, so it can keep the bound by looking first.
        self._queue: SimpleQueue[Segment | _Order] = SimpleQueue()
        # Both are set once by ``start``, before the thread runs.
        self._writer: SegmentWriter | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Check and clean the folder, and start the thread. Blocks for that; call it off the relay's loop.

        Raises:
            UserError: the folder is none, may not be written to, or holds somebody else's playlist.
            SystemFault: the disk is full or does not answer properly.
            BugError: it was started before.
        """
        if self._thread is not None:
            raise BugError("An HLS output was started twice.")
        first_number = self._folder.prepare()
        zero = self._utc_now() - timedelta(seconds=self._clock())
        writer = SegmentWriter(self._folder, first_number, lambda at_s: zero + timedelta(seconds=at_s))
        self._writer = writer
        # A daemon: a disk that hangs must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, args=(writer,), name="hls", daemon=True)
        self._thread.start()

    def offer(self, burst: Burst) -> None:
        """Take the packets of one read."""
        for packet in burst.packets:
            segment = self._segmenter.receive(packet)
            if segment is not None:
                self._hand_over(segment)

    def stream_started(self) -> None:
        """A broadcast of the stream begins: a new beginning for players too."""
        self._break_off()

    def stream_ended(self) -> None:
        """The broadcast is over: finish the playlist."""
        self._break_off()
        self._queue.put(_Order.END)

    async def aclose(self, *, remove_files: bool = False) -> None:
        """Write what there is, finish the playlist and wait for the disk, for 10 s at most. Harmless when repeated.

        Args:
            remove_files: leave nothing behind; otherwise the last seconds stay playable until the folder is used again.
        """
        self.stream_ended()
        self._queue.put(_Order.STOP)
        if self._thread is not None:
            await asyncio.to_thread(self._finish, self._thread, remove_files=remove_files)

    def snapshot(self) -> HLSSnapshot:
        """Return how the output stands; quick."""
        progress = self._writer.progress if self._writer is not None else WriterProgress()
        return HLSSnapshot(
            playlist=self._folder.path / PLAYLIST_NAME if progress.has_playlist else None,
            codecs=progress.codecs,
            segments=progress.segments,
            segments_lost=progress.segments_lost + self._segments_lost,
            is_ended=progress.is_ended,
            cause=progress.cause,
            refusals=tuple(HLSCause.of(refusal) for refusal in self._segmenter.refusals.values()),
        )

    def _break_off(self) -> None:
        segment = self._segmenter.break_off()
        if segment is not None:
            self._hand_over(segment)

    def _hand_over(self, segment: Segment) -> None:
        if self._queue.qsize() >= MAX_WAITING_SEGMENTS:
            self._segments_lost += 1
            self._is_continuous = False
            return
        if not self._is_continuous:
            segment = replace(segment, is_discontinuous=True)
            self._is_continuous = True
        self._queue.put(segment)

    def _run(self, writer: SegmentWriter) -> None:
        try:
            while (item := self._queue.get()) is not _Order.STOP:
                if isinstance(item, Segment):
                    writer.write(item)
                else:
                    writer.end()
        except Exception as error:
            logger.exception("The HLS thread broke")
            writer.fail(
                BugError("The stream cannot be watched because of a fault of ours.", detail=repr(error))
            )

    def _finish(self, thread: threading.Thread, *, remove_files: bool) -> None:
        thread.join(CLOSE_TIMEOUT_S)
        if thread.is_alive():
            logger.warning("The disk did not take the end of the HLS stream in time")
        elif remove_files:
            self._folder.clear()
