"""Disks that fill up, fail or go away while a recording runs: what it costs, and where it goes on (reliability_security.md 1.7)."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from powerstream_desktop.recording.ballast import BALLAST_NAME
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.snapshot import GapReason
from powerstream_desktop.recording.space_policy import LEAST_FREE_BYTES
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.warning import RecordingWarning
from powerstream_desktop.recording.writer import COMES_BACK_S
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import flv_clip, frames, packets_of, play, shifted
from tests.integration.recording.harness import MemoryRecording
from tests.unit.recording.fakes import FakeDisk

pytestmark = pytest.mark.allow_warning_logs

S = RecordingState
W = RecordingWarning
CLIP_MS = 3_000
GOP_MS = 1_000
FRAGMENT_MS = 600
"""And a frame or two."""


def stream(seconds: int, *, noise: int = 8) -> list[MediaPacket]:
    """Return sound and picture with a key frame every second."""
    clip = packets_of(flv_clip(gop_s=1.0, noise=noise, size=(64, 36)))
    return [packet for number in range(seconds // 3) for packet in shifted(clip, number * CLIP_MS)]


def index_at(packets: Sequence[MediaPacket], at_ms: int) -> int:
    return next(index for index, packet in enumerate(packets) if packet.dts_ms >= at_ms)


def with_fallback(tmp_path: Path, *, reserve_bytes: int = 0) -> RecordingOptions:
    return RecordingOptions(
        folder=tmp_path / "usual", fallback_folders=(tmp_path / "fallback",), reserve_bytes=reserve_bytes
    )


def prepared(tmp_path: Path, options: RecordingOptions) -> MemoryRecording:
    recording = MemoryRecording(tmp_path, options=options)
    recording.writer.prepare()
    return recording


def count_of(packets: Sequence[MediaPacket], origin_ms: int) -> int:
    return sum(1 for each in packets if each.info.kind is TagKind.FRAME and each.dts_ms >= origin_ms)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENXIO, errno.ESTALE, errno.EROFS, errno.ENOSPC])
def test_a_disk_that_is_pulled_costs_a_group_of_pictures_and_the_recording_goes_on_elsewhere(
    tmp_path: Path, code: int
) -> None:
    """R08."""
    packets = stream(9)
    recording = prepared(tmp_path, with_fallback(tmp_path))
    pulled = index_at(packets, 4_300)
    recording.feed(packets[:pulled])
    recording.disk.failing_write = code
    recording.feed(packets[pulled:])
    progress = recording.writer.progress
    assert progress.state is S.RECORDING
    assert progress.warning is W.FALLBACK_FOLDER
    assert progress.folder == tmp_path / "fallback"
    recording.writer.finish()
    progress = recording.writer.progress
    assert (progress.state, progress.cause) == (S.FINALISED, None)
    (gap,) = progress.gaps
    assert gap.reason is GapReason.DISK_LOST
    assert gap.start_s + gap.duration_s <= 4.3 + (FRAGMENT_MS + GOP_MS) / 1000
    played = [play(disk.content()) for disk in recording.disks]
    recorded = sum(len(track.pts_ms) for part in played for track in part.values())
    assert recorded + gap.dropped_frames == count_of(packets, progress.origin_ms)
    assert played[1][MediaKind.VIDEO].keyframes[0]
    assert [(part.path.parent.name, part.is_finished) for part in progress.parts] == [
        ("usual", False),
        ("fallback", True),
    ]


def test_a_folder_that_is_gone_when_the_next_file_begins_costs_nothing(tmp_path: Path) -> None:
    packets = stream(6)
    recording = prepared(tmp_path, with_fallback(tmp_path))
    half = index_at(packets, 2_500)
    recording.feed(packets[:half])
    recording.writer.obey(RecordingOrder.SPLIT)
    first = recording.writer.progress.path
    assert first is not None
    kept = tmp_path / "kept"
    shutil.move(first.parent, kept)  # the disk in memory goes on, but no name can be taken in the folder
    recording.feed(packets[half:])
    recording.writer.finish()
    progress = recording.writer.progress
    assert progress.gaps == ()
    written = [disk.content() for disk in recording.disks if disk.size]
    counts = [len(play(content)[MediaKind.VIDEO].pts_ms) for content in written]
    assert sum(counts) == len(frames(packets, MediaKind.VIDEO))
    assert progress.folder == tmp_path / "fallback"


def test_without_another_folder_a_disk_that_is_pulled_ends_the_recording(tmp_path: Path) -> None:
    packets = stream(6)
    recording = prepared(tmp_path, RecordingOptions(folder=tmp_path / "usual", reserve_bytes=0))
    recording.feed(packets[: index_at(packets, 2_500)])
    recording.disk.failing_write = errno.EIO
    recording.feed(packets[index_at(packets, 2_500) :])
    recording.writer.finish()
    progress = recording.writer.progress
    assert progress.state is S.FAILED
    assert progress.cause is not None
    assert [part.is_finished for part in progress.parts] == [False]
    assert progress.duration_ms == pytest.approx(2_500, abs=FRAGMENT_MS)


def test_a_fallback_folder_that_cannot_be_used_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    options = RecordingOptions(
        folder=tmp_path / "usual",
        fallback_folders=(tmp_path / "file", tmp_path / "fallback"),
        reserve_bytes=0,
    )
    packets = stream(6)
    recording = prepared(tmp_path, options)
    recording.feed(packets[: index_at(packets, 2_500)])
    recording.disk.failing_write = errno.EIO
    recording.feed(packets[index_at(packets, 2_500) :])
    recording.writer.finish()
    assert recording.writer.progress.folder == tmp_path / "fallback"
    assert recording.writer.progress.state is S.FINALISED


def test_a_folder_that_is_refused_at_the_start_is_replaced_by_the_fallback(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    recorder = Recorder(with_fallback(tmp_path))
    recorder.start()
    snapshot = recorder.snapshot()
    assert (snapshot.folder, snapshot.warning) == (tmp_path / "fallback", W.FALLBACK_FOLDER)
    recorder.offer(stream(3))
    result = recorder.close()
    assert result.path is not None
    assert result.path.parent == tmp_path / "fallback"


@dataclass
class Room:
    """Tells how much is free in each folder."""

    free_bytes: dict[str, int] = field(default_factory=dict)

    def __call__(self, folder: Path) -> int:
        return self.free_bytes.get(folder.name, 10**13)


def bytes_per_s(packets: Sequence[MediaPacket]) -> float:
    return sum(len(packet.payload) for packet in packets) * 1000 / packets[-1].dts_ms


def test_before_the_disk_is_full_the_recording_goes_on_in_the_next_folder_without_a_hole(
    tmp_path: Path,
) -> None:
    packets = stream(9)
    room = Room()
    recording = MemoryRecording(tmp_path, options=with_fallback(tmp_path), free_bytes=room)
    recording.writer.prepare()
    half = index_at(packets, 4_500)
    recording.feed(packets[:half])
    room.free_bytes["usual"] = LEAST_FREE_BYTES - 1
    recording.feed(packets[half:])
    assert recording.writer.progress.warning is W.FALLBACK_FOLDER
    recording.writer.finish()
    progress = recording.writer.progress
    assert (progress.state, progress.gaps) == (S.FINALISED, ())
    assert [(part.path.parent.name, part.is_finished) for part in progress.parts] == [
        ("usual", True),
        ("fallback", True),
    ]
    counts = [len(play(disk.content())[MediaKind.VIDEO].pts_ms) for disk in recording.disks]
    assert sum(counts) == len(frames(packets, MediaKind.VIDEO))


def test_the_room_is_told_in_seconds_as_soon_as_the_rate_is_known(tmp_path: Path) -> None:
    packets = stream(12)
    room = Room({"usual": 10**9})
    options = RecordingOptions(folder=tmp_path / "usual", reserve_bytes=0)
    recording = MemoryRecording(tmp_path, options=options, free_bytes=room)
    recording.writer.prepare()
    early = index_at(packets, 4_000)
    recording.feed(packets[:early])
    assert recording.writer.progress.room_s is None
    recording.feed(packets[early:])
    progress = recording.writer.progress
    bytes_per_s = sum(len(packet.payload) for packet in packets) * 1000 / packets[-1].dts_ms
    assert progress.room_s == pytest.approx(10**9 / bytes_per_s, rel=0.15)
    assert progress.warning is None
    recording.writer.finish()


def test_without_another_folder_a_disk_that_runs_full_ends_the_recording_with_a_whole_file(
    tmp_path: Path,
) -> None:
    packets = stream(6)
    room = Room()
    recording = MemoryRecording(
        tmp_path, options=RecordingOptions(folder=tmp_path / "usual", reserve_bytes=0), free_bytes=room
    )
    recording.writer.prepare()
    half = index_at(packets, 2_500)
    recording.feed(packets[:half])
    room.free_bytes["usual"] = LEAST_FREE_BYTES - 1
    recording.feed(packets[half:])
    recording.writer.finish()
    progress = recording.writer.progress
    assert (progress.state, progress.warning) == (S.FAILED, W.SPACE_OUT)
    assert progress.cause is not None
    assert "The disk is full" in progress.cause.title
    assert [path.name for path in (tmp_path / "usual").iterdir()] == ["show.mp4"]
    pts_ms = play(recording.disk.content())[MediaKind.VIDEO].pts_ms
    assert 2_400 < pts_ms[-1] < 3_600


def test_once_there_is_room_again_the_recording_goes_on_in_a_new_file_and_the_hole_is_told(
    tmp_path: Path,
) -> None:
    packets = stream(20)
    room = Room()
    recording = MemoryRecording(
        tmp_path, options=RecordingOptions(folder=tmp_path / "usual", reserve_bytes=0), free_bytes=room
    )
    recording.writer.prepare()
    full, free = index_at(packets, 2_500), index_at(packets, 11_000)
    recording.feed(packets[:full])
    room.free_bytes["usual"] = LEAST_FREE_BYTES - 1
    recording.feed(packets[full:free])
    assert recording.writer.progress.state is S.FAILED
    assert not recording.writer.is_over
    room.free_bytes["usual"] = 100 * LEAST_FREE_BYTES
    recording.feed(packets[free:])
    progress = recording.writer.progress
    assert (progress.state, progress.cause, progress.warning) == (S.RECORDING, None, None)
    recording.writer.finish()
    progress = recording.writer.progress
    assert (progress.state, progress.cause) == (S.FINALISED, None)
    assert [part.is_finished for part in progress.parts] == [True, True]
    (gap,) = progress.gaps
    assert gap.reason is GapReason.DISK_LOST
    played = [play(disk.content()) for disk in recording.disks]
    recorded = sum(len(track.pts_ms) for part in played for track in part.values())
    assert recorded + gap.dropped_frames == count_of(packets, progress.origin_ms)
    assert gap.start_s + gap.duration_s < 11 + COMES_BACK_S + GOP_MS / 1000


def test_while_the_disk_stays_full_no_file_is_begun(tmp_path: Path) -> None:
    packets = stream(20)
    room = Room()
    recording = MemoryRecording(
        tmp_path, options=RecordingOptions(folder=tmp_path / "usual", reserve_bytes=0), free_bytes=room
    )
    recording.writer.prepare()
    full = index_at(packets, 2_500)
    recording.feed(packets[:full])
    room.free_bytes["usual"] = LEAST_FREE_BYTES - 1
    recording.feed(packets[full:])
    recording.writer.finish()
    assert recording.writer.progress.state is S.FAILED
    assert len(recording.disks) == 1


def test_a_disk_that_reports_a_fault_is_not_tried_again(tmp_path: Path) -> None:
    packets = stream(20)
    recording = prepared(tmp_path, RecordingOptions(folder=tmp_path / "usual", reserve_bytes=0))
    recording.feed(packets[: index_at(packets, 2_500)])
    recording.disk.failing_write = errno.EIO
    recording.feed(packets[index_at(packets, 2_500) :])
    assert recording.writer.is_over
    assert len(recording.disks) == 1


def test_a_disk_with_too_little_room_is_refused_before_anything_is_called_recording(tmp_path: Path) -> None:
    recorder = Recorder(with_fallback(tmp_path), free_bytes=Room({"usual": LEAST_FREE_BYTES - 1}))
    recorder.start()
    assert recorder.snapshot().folder == tmp_path / "fallback"
    recorder.close()


class DiskWithReserve(FakeDisk):
    """A disk that is as good as full, but for what the ballast keeps aside."""

    def __init__(self, folder: Path, capacity: int) -> None:
        super().__init__(capacity=capacity)
        self._ballast = folder / BALLAST_NAME
        self._is_reserve_free = False

    def write_at(self, data: memoryview, position: int) -> int:
        if not self._is_reserve_free and not self._ballast.exists() and self.capacity is not None:
            self._is_reserve_free, self.capacity = True, self.capacity + RESERVE
        return super().write_at(data, position)


RESERVE = 2 * 1024 * 1024


def recording_with_reserve(tmp_path: Path, capacity: int, options: RecordingOptions) -> MemoryRecording:
    recording = MemoryRecording(tmp_path, disk=DiskWithReserve(options.folder, capacity), options=options)
    recording.writer.prepare()
    return recording


def test_a_disk_that_another_program_fills_costs_nothing_thanks_to_the_reserve(tmp_path: Path) -> None:
    packets = stream(6)
    options = with_fallback(tmp_path, reserve_bytes=RESERVE)
    size = sum(len(packet.payload) for packet in packets)
    recording = recording_with_reserve(tmp_path, size // 2, options).feed(packets)
    recording.writer.finish()
    progress = recording.writer.progress
    assert (progress.state, progress.gaps) == (S.FINALISED, ())
    assert [(part.path.parent.name, part.is_finished) for part in progress.parts] == [
        ("usual", True),
        ("fallback", True),
    ]
    counts = [len(play(disk.content())[MediaKind.VIDEO].pts_ms) for disk in recording.disks]
    assert sum(counts) == len(frames(packets, MediaKind.VIDEO))
    assert not list(tmp_path.rglob(BALLAST_NAME))


def test_wherever_the_disk_fills_around_the_end_the_file_is_finished_from_the_reserve(tmp_path: Path) -> None:
    """R05: at each step around the close."""
    packets = stream(3)
    whole = MemoryRecording(tmp_path).feed(packets)
    before = whole.disk.size
    whole.writer.finish()
    after = whole.disk.size
    step = max(1, (after - before) // 12)
    for capacity in range(before, after + step, step):
        folder = tmp_path / str(capacity)
        options = RecordingOptions(folder=folder, reserve_bytes=RESERVE)
        recording = recording_with_reserve(tmp_path, capacity, options).feed(packets)
        recording.writer.finish()
        assert [path.name for path in folder.iterdir()] == ["show.mp4"]
        assert len(play(recording.disk.content())[MediaKind.VIDEO].pts_ms) == len(
            frames(packets, MediaKind.VIDEO)
        )


def test_the_reserve_stands_in_the_folder_only_while_it_is_recorded_into(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path, reserve_bytes=RESERVE), name="show")
    recorder.start()
    assert (tmp_path / BALLAST_NAME).stat().st_size >= RESERVE
    recorder.offer(stream(3))
    recorder.close()
    assert [path.name for path in tmp_path.iterdir()] == ["show.mp4"]


def test_a_recording_that_ends_in_the_same_folder_takes_no_reserve_from_the_one_that_has_begun(
    tmp_path: Path,
) -> None:
    options = RecordingOptions(folder=tmp_path, reserve_bytes=RESERVE)
    ending = Recorder(options, name="first")
    ending.start()
    begun = MemoryRecording(tmp_path, options=options)
    begun.writer.prepare()
    packets = stream(3)
    half = index_at(packets, 1_000)
    begun.feed(packets[:half])
    ending.close()
    begun.feed(packets[half:])
    assert (tmp_path / BALLAST_NAME).stat().st_size >= RESERVE
    begun.writer.finish()
    assert not (tmp_path / BALLAST_NAME).exists()
