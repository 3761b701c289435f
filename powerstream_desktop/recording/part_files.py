"""The files of a recording: the one being written, those being finished, and those that take no more frames."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from pathlib import Path

from powerstream_desktop.common.errors import PowerStreamError, SystemFault
from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.finisher import Finisher
from powerstream_desktop.recording.folders import RecordingFolders
from powerstream_desktop.recording.ledger import PartLedger
from powerstream_desktop.recording.naming import part_stem
from powerstream_desktop.recording.options import Container
from powerstream_desktop.recording.part_file import PartFile
from powerstream_desktop.recording.parts import OpenPart
from powerstream_desktop.recording.raw_file import RawFile
from powerstream_desktop.recording.snapshot import GapReason, RecordingPart

logger = logging.getLogger(__name__)


class PartFiles:
    """Opens files, passes them on to be finished, and gives them up. Used by the writer thread; blocks as the disk does.

    Args:
        folders: where they go.
        make_stem: returns the name of the first one without suffix; called when its first frame is there.
        container: what they are.
        open_raw: creates the file under the muxer.
        ledger: told what becomes of each.
    """

    def __init__(
        self,
        folders: RecordingFolders,
        make_stem: Callable[[], str],
        *,
        container: Container,
        open_raw: Callable[[Path], RawFile],
        ledger: PartLedger,
    ) -> None:
        self._folders = folders
        self._make_stem = make_stem
        self._stem: str | None = None
        self._container = container
        self._open_raw = open_raw
        self._ledger = ledger
        self._finisher = Finisher()
        self._unfinished = 0
        self._ending: PartFile | None = None
        """A part that has all its frames, until the next one is open."""
        self._part: PartFile | None = None
        self._number = 0
        self._origin_ms = 0

    @property
    def part(self) -> PartFile | None:
        """The file being written."""
        return self._part

    @property
    def count(self) -> int:
        """How many files there have been, the one being written included."""
        return self._number

    @property
    def origin_ms(self) -> int:
        """The stream's time at which the recording begins; 0 before it has."""
        return self._origin_ms

    @property
    def is_settled(self) -> bool:
        """Whether no file waits to be finished."""
        return self._unfinished == 0

    def open(self, plan: OpenPart) -> PartFile:
        """Open the next file, in the next folder if this one refuses.

        Raises:
            SystemFault: no folder takes it.
            UnrecordableError: the tracks do not go into an MP4.
        """
        if self._stem is None:
            self._stem = self._make_stem()
            self._origin_ms = plan.base_ms
        stem = part_stem(self._stem, self._number + 1)
        while self._part is None:
            try:
                self._part = self._opened(stem, plan)
            except SystemFault as refusal:
                logger.warning("The recording cannot go on in %s: %s", self._folders.current, refusal)
                if not self._folders.advance():
                    raise
        self.pass_on()
        self._number += 1
        return self._part

    def end(self) -> None:
        """Take no more frames into the open file. It is finished when the next one is open, or by ``pass_on``."""
        self._ending, self._part = self._part, None

    def pass_on(self) -> None:
        """Let the file that has ended be finished, if there is one."""
        part, self._ending = self._ending, None
        if part is None:
            return
        self._add(part, duration_ms=part.duration_ms)
        self._unfinished += 1
        self._finisher.hand(self._number, part)

    def give_up(self, *, reason: GapReason, left_out: int, is_there: bool = True) -> None:
        """Leave the open file as it is: a disk or another program made it impossible to go on in it.

        Args:
            reason: of the hole that begins with what the file has not got.
            left_out: how many frames have been left out of the recording so far.
            is_there: whether the file still has its name; one that has not is no file of the recording.
        """
        part, self._part = self._part, None
        if part is None:
            return
        start_ms, frames = part.base_ms + part.on_disk_ms, part.frames_on_the_way
        self._ledger.begin_gap(reason, start_ms=start_ms, frames=frames, left_out=left_out)
        part.abandon()
        if is_there:
            self._add(part, duration_ms=part.on_disk_ms)

    def collect(self) -> PowerStreamError | None:
        """Take over what has been finished meanwhile; return a fault if a file could not be."""
        fault = None
        for finished in self._finisher.take_finished():
            self._unfinished -= 1
            fault = fault or finished.fault
            if finished.fault is None:
                part = finished.part
                self._ledger.note_finished(finished.number, part.path, part.size_bytes)
        return fault

    def close(self) -> PowerStreamError | None:
        """Wait until every file that has ended is finished; return a fault if one could not be."""
        self.pass_on()
        self._finisher.close()
        fault = self.collect()
        self._folders.leave()
        return fault

    def _opened(self, stem: str, plan: OpenPart) -> PartFile:
        if not self._folders.is_on_its_disk:
            raise disk_fault(OSError(errno.ENODEV, os.strerror(errno.ENODEV)))
        return PartFile(
            self._folders.current,
            stem,
            plan,
            container=self._container,
            open_raw=self._open_raw,
            make_room=self._folders.ballast.give_up,
        )

    def _add(self, part: PartFile, *, duration_ms: int) -> None:
        closed = RecordingPart(
            path=part.path,
            begins_s=(part.base_ms - self._origin_ms) / 1000,
            duration_s=duration_ms / 1000,
            size_bytes=part.size_bytes,
            is_finished=False,
        )
        self._ledger.add(self._number, closed, durable_ms=min(part.durable_ms, duration_ms))
