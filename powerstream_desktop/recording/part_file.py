"""One file of a recording, from its first byte to its final name."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.recording.disk_faults import disk_fault
from powerstream_desktop.recording.folder import create_unfinished, publish, sync_folder
from powerstream_desktop.recording.mkv_muxer import MkvMuxer
from powerstream_desktop.recording.muxer import Mp4Muxer
from powerstream_desktop.recording.options import Container
from powerstream_desktop.recording.parts import OpenPart
from powerstream_desktop.recording.raw_file import RawFile
from powerstream_desktop.recording.timeline import TrackClock
from powerstream_desktop.recording.truth_watch import FileFacts
from powerstream_desktop.rtmp.flv.tags import frame_body
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket

_TRACK_LOST_MS: Final = 2_000
"""A track that lags so far behind the other has ended, or its publisher has."""


class PartFile:
    """The file being written. Used by the writer thread, and from ``finish`` or ``abandon`` on by whoever calls that.

    Args:
        folder: where.
        stem: wanted name without suffix.
        plan: tracks and time base.
        container: what the file is.
        open_raw: creates the file under the muxer.
        make_room: frees what was kept aside in the folder; called when the disk is full.

    Raises:
        SystemFault: the disk refused.
        UnrecordableError: the tracks do not go into the container; no file is left behind.
    """

    def __init__(
        self,
        folder: Path,
        stem: str,
        plan: OpenPart,
        *,
        container: Container,
        open_raw: Callable[[Path], RawFile],
        make_room: Callable[[], bool],
    ) -> None:
        self.folder = folder
        self.base_ms = plan.base_ms
        self.path, self._file = create_unfinished(folder, stem, container, open_raw, make_room)
        try:
            muxer = MkvMuxer if container is Container.MKV else Mp4Muxer
            self._muxer = muxer(self._file, video=plan.video, audio=plan.audio)
            _sync_folder(folder)
        except PowerStreamError:
            self._file.abandon()
            # An empty file is in nobody's way, and the fault is what matters.
            with contextlib.suppress(OSError):
                self.path.unlink()
            raise
        self._clocks = {kind: TrackClock(plan.base_ms) for kind in (MediaKind.VIDEO, MediaKind.AUDIO)}
        self._ends_ms: dict[MediaKind, int] = {}
        """Where each track has got to."""
        self._begins_ms: dict[MediaKind, int] = {}
        """Where each track's newest frame begins: up to there the muxer has passed it on."""
        self._complete_before_last_ms = 0
        self._on_disk_ms = 0
        self._durable_ms = 0
        self._frames_on_the_way: deque[int] = deque()
        """Where each frame begins that is not on the disk yet: those of a fragment."""

    @property
    def duration_ms(self) -> int:
        """Milliseconds of media given to the file."""
        return max(self._ends_ms.values(), default=0)

    @property
    def on_disk_ms(self) -> int:
        """Milliseconds of media, sound and picture, that the file plays if nothing more is written."""
        return self._on_disk_ms

    @property
    def frames_on_the_way(self) -> int:
        """Frames given to the file that it does not play if nothing more is written."""
        return len(self._frames_on_the_way)

    @property
    def durable_ms(self) -> int:
        """Milliseconds of media, sound and picture, that would survive a power cut."""
        return self._durable_ms

    @property
    def size_bytes(self) -> int:
        """Bytes in the file."""
        return self._file.size

    @property
    def is_dirty(self) -> bool:
        """Whether a sync would make more durable than there is."""
        return self._file.durable_size < self._file.size

    def write(self, packet: MediaPacket) -> bool:
        """Write one frame.

        Returns:
            whether it was taken: a frame from before the file's beginning is not.

        Raises:
            UnrecordableError: libavformat refuses this frame.
            SystemFault: the disk refused.
        """
        body = bytes(frame_body(packet.payload, packet.info))
        if not body:
            return True  # an access unit without content (DJI): nothing that could be lost
        dts, pts = self._clocks[packet.kind].place(packet.dts_ms, packet.info.cts_ms)
        if pts < 0:
            return False
        self._frames_on_the_way.append(packet.dts_ms - self.base_ms)
        size_before = self._file.size
        self._muxer.write(
            packet.kind, body, dts=dts, pts=pts, is_keyframe=packet.info.is_keyframe or _is_sound(packet)
        )
        complete_ms = self._complete_ms()
        if self._file.size > size_before:
            # The fragment is on the disk, but neither the frame that was passed on now nor the one before: libavformat
            # holds one back.
            self._on_disk_ms = self._complete_before_last_ms
            while self._frames_on_the_way and self._frames_on_the_way[0] < self._on_disk_ms:
                self._frames_on_the_way.popleft()
        self._complete_before_last_ms = complete_ms
        self._begins_ms[packet.kind] = packet.dts_ms - self.base_ms
        self._ends_ms[packet.kind] = packet.dts_ms + packet.delta_ms - self.base_ms
        return True

    def facts(self) -> FileFacts:
        """Return what the system says of the file.

        Raises:
            SystemFault: the disk does not answer properly.
        """
        return self._file.facts()

    def sync(self) -> None:
        """Make what is in the file durable.

        Raises:
            SystemFault: the disk refused.
        """
        on_disk_ms = self._on_disk_ms
        self._file.sync()
        self._durable_ms = on_disk_ms

    def finish(self) -> None:
        """Write the index, make all of it durable and give the file its final name, in this order.

        Raises:
            SystemFault: the disk refused.
            UnrecordableError: libavformat refused to write the index.
        """
        self._muxer.close()
        self._file.close()
        self._durable_ms = self.duration_ms
        self.path = publish(self.path)

    def abandon(self) -> None:
        """Leave the file as a fault left it: its fragments play, its name says that it is unfinished. Never raises."""
        self._file.abandon()
        self._muxer.abandon()

    def _complete_ms(self) -> int:
        """Return up to where every track has been passed on; one that ended long ago does not count."""
        return min(
            (at_ms for at_ms in self._begins_ms.values() if self.duration_ms - at_ms < _TRACK_LOST_MS),
            default=0,
        )


def _is_sound(packet: MediaPacket) -> bool:
    return packet.kind is MediaKind.AUDIO


def _sync_folder(folder: Path) -> None:
    try:
        sync_folder(folder)
    except OSError as error:
        raise disk_fault(error) from error
