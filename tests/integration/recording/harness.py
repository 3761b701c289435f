"""A recording's writer on a disk in memory, driven by a clock that follows the media."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.flv.tags import frame_body
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import Played, presentation_ms
from tests.unit.recording.fakes import FakeClock, FakeDisk


class MemoryRecording:
    """Writes packets at the time they would arrive."""

    def __init__(
        self,
        folder: Path,
        *,
        disk: FakeDisk | None = None,
        options: RecordingOptions | None = None,
        free_bytes: Callable[[Path], int | None] = lambda _: None,
    ) -> None:
        self.clock = FakeClock()
        self.disks: list[FakeDisk] = []
        self._first_disk = disk
        self._start_s = self.clock.now_s
        self.writer = RecordingWriter(
            options or RecordingOptions(folder=folder),
            lambda: "show",
            clock=self.clock,
            open_raw=self._open,
            free_bytes=free_bytes,
        )

    @property
    def disk(self) -> FakeDisk:
        """Return the disk of the last file."""
        return self.disks[-1]

    def feed(self, packets: Iterable[MediaPacket]) -> MemoryRecording:
        """Write packets, and sync in their rhythm."""
        for _ in self.feeding(packets):
            pass
        return self

    def feeding(self, packets: Iterable[MediaPacket]) -> Iterator[MediaPacket]:
        """Write packets and yield each when it has been given to the writer."""
        for packet in packets:
            self.clock.now_s = self._start_s + packet.arrived_s
            self.writer.write([packet])
            self.writer.tend()
            yield packet

    def _open(self, path: Path) -> FakeDisk:
        self.disks.append((self._first_disk if not self.disks else None) or FakeDisk())
        return self.disks[-1].open(path)


def assert_played_as_given(
    played: dict[MediaKind, Played], given: Iterable[MediaPacket], base_ms: int
) -> None:
    """Check that a file holds exactly these frames, at exactly their times from ``base_ms`` on."""
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        wanted = [packet for packet in given if packet.kind is kind]
        found = played.get(kind)
        if found is None:
            assert not wanted
            continue
        assert len(found.pts_ms) == len(wanted)
        for found_ms, packet in zip(found.pts_ms, wanted, strict=True):
            assert abs(found_ms - (presentation_ms(packet) - base_ms)) < 0.1
        assert found.bodies == [_stored(packet) for packet in wanted]


def _stored(packet: MediaPacket) -> bytes:
    """Return a frame as MP4 stores it: AV1 without the temporal delimiter that some publishers leave in front."""
    body = bytes(frame_body(packet.payload, packet.info))
    return body.removeprefix(b"\x12\x00") if packet.info.codec == "av01" else body
