"""What the writer thread does: packets in, files and figures out.

Every fault of disk or stream ends here. A disk that refuses, fills up or loses the file costs the recording what the file had
not got yet: it goes on at the next key frame, in the next folder if the disk is to blame. When there is none it fails; its
files keep what they have, and whatever comes afterwards is left out, until a disk that was full or away takes files again.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.recording.disk_faults import PassingFault, disk_fault
from powerstream_desktop.recording.folder import free_bytes_in
from powerstream_desktop.recording.folders import RecordingFolders
from powerstream_desktop.recording.ledger import PartLedger
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.part_file import PartFile
from powerstream_desktop.recording.part_files import PartFiles
from powerstream_desktop.recording.parts import FinishPart, OpenPart, PartAction, PartPlanner
from powerstream_desktop.recording.progress import WriterProgress
from powerstream_desktop.recording.raw_file import RawFile
from powerstream_desktop.recording.snapshot import GapReason, RecordingCause
from powerstream_desktop.recording.split_policy import SplitPolicy
from powerstream_desktop.recording.states import RecordingEvent, RecordingState, next_state
from powerstream_desktop.recording.streams import UnrecordableError
from powerstream_desktop.recording.truth_watch import Truth
from powerstream_desktop.recording.warning import RecordingWarning
from powerstream_desktop.recording.watch import RecordingWatch
from powerstream_desktop.rtmp.packet import MediaPacket

SYNC_INTERVAL_S: Final = 1.0
"""With the length of a fragment, what a power cut costs at most (reliability_security.md 1.6)."""
WATCH_INTERVAL_S: Final = 1.0
COMES_BACK_S: Final = 5.0
"""Between two looks whether a disk that was full or away takes files again."""
_MAX_REFUSED_IN_A_ROW: Final = 300
"""Some broken frames are worth a count; several seconds of nothing else are a recording that does not record."""

logger = logging.getLogger(__name__)


class RecordingWriter:
    """Writes one recording into as many files as it takes. Used by one thread.

    Args:
        options: where to, and when a new file begins.
        make_stem: returns the name of the first file without suffix; called when its first frame is there.
        clock: for the rhythm of syncs and looks.
        open_raw: creates the file under the muxer.
        free_bytes: tells the room in a folder; ``None`` if the system does not.
    """

    def __init__(
        self,
        options: RecordingOptions,
        make_stem: Callable[[], str],
        *,
        clock: Clock,
        open_raw: Callable[[Path], RawFile],
        free_bytes: Callable[[Path], int | None] = free_bytes_in,
    ) -> None:
        self._clock = clock
        self._splits = SplitPolicy.of(options)
        self._planner = PartPlanner()
        self._ledger = PartLedger()
        self._folders = RecordingFolders(options, free_bytes=free_bytes)
        self._files = PartFiles(
            self._folders,
            make_stem,
            container=options.container,
            open_raw=open_raw,
            ledger=self._ledger,
        )
        self._watch = RecordingWatch(self._folders)
        self._synced_s = self._watched_s = clock()
        self._refused_in_a_row = 0
        self._left_standing = 0
        """Number of the last file that was left because it did not grow; 0 if none was."""
        self._finishing_fault: PowerStreamError | None = None
        self._waits_until_s: float | None = None
        """When it is looked again whether a disk takes files; ``None`` while one does, or for ever."""
        self.progress = WriterProgress(folder=options.folder)
        """Replaced as a whole by the writer thread; any thread may read it."""

    def prepare(self) -> None:
        """Make the folder ready.

        Raises:
            UserError: it is none, or may not be written to.
            SystemFault: the disk is full or does not answer properly.
        """
        self._folders.prepare()
        self._watch.begin_folder()
        self._report()

    def obey(self, order: RecordingOrder) -> None:
        """Do as the owner wants, at the next key frame."""
        match order:
            case RecordingOrder.SPLIT:
                self._planner.split()
            case RecordingOrder.PAUSE:
                self._planner.pause()
            case RecordingOrder.RESUME:
                self._planner.resume()
        self._report()

    def write(self, packets: Sequence[MediaPacket]) -> None:
        """Write packets; blocks as long as the disk does, never raises for what disk or stream do."""
        for packet in packets:
            if self._has_failed:
                self._planner.pass_by(packet)
                continue
            self._split_if_due(packet)
            try:
                self._perform(self._planner.receive(packet))
            except SystemFault as fault:
                self._go_elsewhere(fault)
            except PowerStreamError as fault:
                self.fail(fault)
        self._leave_a_full_disk()
        self._report()

    def tend(self) -> None:
        """Do what is due by time: make durable, look after file and disk, take over what is finished."""
        self.sync_if_due()
        part = self._files.part
        if part is not None and self._watched_s + WATCH_INTERVAL_S <= self._clock():
            self._watched_s = self._clock()
            self._look_at_file(part)
            self._look_at_disk()
            self._report()
        self._collect()
        if self._waits_until_s is not None and self._waits_until_s <= self._clock():
            self._come_back()

    def seconds_until_tending(self) -> float | None:
        """Return when ``tend`` is due; ``None`` while there is nothing to tend."""
        if self._files.part is None:
            is_idle = self._files.is_settled and self._waits_until_s is None
            return None if is_idle else WATCH_INTERVAL_S
        watch_s = max(0.0, self._watched_s + WATCH_INTERVAL_S - self._clock())
        sync_s = self.seconds_until_sync()
        return watch_s if sync_s is None else min(watch_s, sync_s)

    def sync_if_due(self) -> None:
        """Make what is written durable when the last time is a second ago."""
        part = self._files.part
        if part is None or self.seconds_until_sync() != 0:
            return
        try:
            part.sync()
        except SystemFault as fault:
            self._go_elsewhere(fault)
        self._synced_s = self._clock()
        self._report()

    def seconds_until_sync(self) -> float | None:
        """Return when ``sync_if_due`` is due; ``None`` while there is nothing to make durable."""
        part = self._files.part
        if part is None or not part.is_dirty:
            return None
        return max(0.0, self._synced_s + SYNC_INTERVAL_S - self._clock())

    def finish(self) -> None:
        """Write what is held back and finish every file; never raises for what disk or stream do."""
        if not self._has_failed:
            self._become(RecordingEvent.CLOSED)
            try:
                self._perform(self._planner.finish())
            except PowerStreamError as fault:
                self.fail(fault)
        self._finishing_fault = self._files.close() or self._finishing_fault
        if not self._has_failed:
            if self._finishing_fault is None:
                self._become(RecordingEvent.FINISHED)
            else:
                self._fail_because(self._finishing_fault)
        self._report()

    def fail(self, fault: PowerStreamError) -> None:
        """Give up because of ``fault``, keeping what the file has; the first fault is the one that is told."""
        self._files.give_up(reason=GapReason.DISK_LOST, left_out=self._planner.left_out)
        if not self._has_failed:
            self._fail_because(fault)
        self._report()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be recorded, whatever the disk does."""
        return self._has_failed and self._waits_until_s is None

    @property
    def _has_failed(self) -> bool:
        return self.progress.state is RecordingState.FAILED

    def _split_if_due(self, packet: MediaPacket) -> None:
        part = self._files.part
        if part is not None and self._splits.is_due(
            part_ms=packet.dts_ms - part.base_ms, part_bytes=part.size_bytes
        ):
            self._planner.split()

    def _perform(self, actions: Sequence[PartAction]) -> None:
        try:
            for action in actions:
                match action:
                    case OpenPart():
                        self._open(action)
                    case FinishPart():
                        self._files.end()
                    case _:
                        self._write_frame(action.packet)
        finally:
            self._files.pass_on()
        paused_at_ms = self._planner.paused_at_ms
        if paused_at_ms is not None:
            self._ledger.begin_gap(GapReason.PAUSED, start_ms=paused_at_ms, left_out=self._planner.left_out)

    def _open(self, plan: OpenPart) -> None:
        folder = self._folders.current
        self._files.open(plan)
        self._ledger.end_gap(
            end_ms=plan.base_ms, origin_ms=self._files.origin_ms, left_out=self._planner.left_out
        )
        self._watch.begin_file()
        if self._folders.current != folder:
            self._watch.begin_folder()
        if self.progress.state is not RecordingState.RECORDING:
            self._become(RecordingEvent.FILE_OPENED)

    def _write_frame(self, packet: MediaPacket) -> None:
        part = self._files.part
        if part is None:
            return
        try:
            is_taken = part.write(packet)
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

    def _look_at_file(self, part: PartFile) -> None:
        try:
            truth = self._watch.look_at_file(part)
            is_there = truth is not Truth.LOST or part.facts().is_there
        except SystemFault as fault:
            self._go_elsewhere(fault)
            return
        if truth is Truth.STANDING:
            self._leave_standing_file(part)
        elif truth is Truth.LOST and not self._folders.is_on_its_disk:
            self._go_elsewhere(disk_fault(OSError(errno.ENODEV, os.strerror(errno.ENODEV))))
        elif truth is Truth.LOST:
            logger.error("the recording's file %s was removed, moved or cut: another one begins", part.path)
            self._begin_anew(GapReason.FILE_LOST, is_there=is_there)

    def _leave_standing_file(self, part: PartFile) -> None:
        """Let another file begin; one that has not grown either would only be the first of many."""
        number = self._files.count
        if self._left_standing == number or (self._left_standing and not self._watch.has_file_grown):
            return
        logger.error("the recording's file %s does not grow: another one begins", part.path)
        self._left_standing = number
        self._planner.split()

    def _look_at_disk(self) -> None:
        if not self._is_where_files_go():
            return  # lost, or leaving already
        space = self._watch.look_at_disk(
            media_ms=self.progress.duration_ms, size_bytes=self.progress.size_bytes
        )
        if space.warning is RecordingWarning.SPACE_OUT:
            self._leave_folder()
        else:
            self._folders.keep_ballast()

    def _leave_a_full_disk(self) -> None:
        """Go on elsewhere as soon as the disk has been full once: what was kept aside in it is little."""
        if self._is_where_files_go() and self._folders.ballast.is_given_up:
            self._leave_folder()

    def _is_where_files_go(self) -> bool:
        part = self._files.part
        return part is not None and part.folder == self._folders.current

    def _leave_folder(self) -> None:
        """Close the file properly and go on in the next folder, or stop if there is none."""
        logger.warning("the disk of the recording is full: %s", self._folders.current)
        if self._advance():
            self._planner.split()
            return
        try:
            self._perform(self._planner.finish())
        except PowerStreamError as fault:
            self.fail(fault)
        else:
            self._ledger.begin_gap(
                GapReason.DISK_LOST,
                start_ms=self._files.origin_ms + self._ledger.end_ms,
                left_out=self._planner.left_out,
            )
            self._fail_because(disk_fault(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))

    def _come_back(self) -> None:
        """Go on at the next key frame if a disk takes files again; look again later if none does."""
        if not self._folders.come_back(self._watch.has_room_again):
            self._waits_until_s = self._clock() + COMES_BACK_S
            return
        logger.warning("There is room again: the recording goes on in %s.", self._folders.current)
        self._waits_until_s = None
        self._planner.begin_anew()
        self._watch.begin_folder()
        self.progress = replace(self.progress, cause=None)
        self._become(RecordingEvent.ROOM_AGAIN)
        self._report()

    def _go_elsewhere(self, fault: SystemFault) -> None:
        """Go on in the next folder: this one's disk has refused."""
        was_leaving = self._files.part is not None and not self._is_where_files_go()
        self._begin_anew(GapReason.DISK_LOST)
        if was_leaving or self._advance():
            logger.warning("%s The recording goes on in %s.", fault.title, self._folders.current)
        else:
            self._fail_because(fault)

    def _begin_anew(self, reason: GapReason, *, is_there: bool = True) -> None:
        self._files.give_up(reason=reason, left_out=self._planner.left_out, is_there=is_there)
        self._planner.begin_anew()

    def _advance(self) -> bool:
        if not self._folders.advance():
            return False
        self._watch.begin_folder()
        return True

    def _collect(self) -> None:
        if self._files.is_settled:
            return
        self._finishing_fault = self._files.collect() or self._finishing_fault
        self._report()

    def _fail_because(self, fault: PowerStreamError) -> None:
        logger.error("recording failed: %s (%s)", fault.title, fault.detail)
        is_passing = isinstance(fault, PassingFault) and self.progress.state is not RecordingState.FINALISING
        self._waits_until_s = self._clock() + COMES_BACK_S if is_passing else None
        self.progress = replace(self.progress, cause=RecordingCause.of(fault))
        self._become(RecordingEvent.FAULT)

    def _become(self, event: RecordingEvent) -> None:
        self.progress = replace(self.progress, state=next_state(self.progress.state, event))

    def _report(self) -> None:
        """Publish the figures of the open part together with those of the others."""
        part, parts, before = self._files.part, self._ledger.parts, self.progress
        origin_ms = self._files.origin_ms
        last_path = parts[-1].path if parts else before.path
        self.progress = replace(
            before,
            path=last_path if part is None else part.path,
            part_begins_ms=before.part_begins_ms if part is None else part.base_ms - origin_ms,
            folder=self._folders.current if part is None else part.folder,
            parts=parts,
            part_count=self._files.count,
            origin_ms=origin_ms,
            duration_ms=self._ledger.duration_ms + (0 if part is None else part.duration_ms),
            durable_ms=self._ledger.durable_ms + (0 if part is None else part.durable_ms),
            size_bytes=self._ledger.size_bytes + (0 if part is None else part.size_bytes),
            gaps=self._ledger.gaps,
            is_paused=self._planner.is_paused,
            room_s=self._watch.room_s,
            warning=self._watch.warning,
        )
