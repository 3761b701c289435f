"""The recorder with its thread: the door that never blocks, and what stands behind it."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.packet_queue import MAX_QUEUE_S
from powerstream_desktop.recording.raw_file import OSFile, RawFile
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.snapshot import RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import flv_clip, frames, packets_of, play, shifted
from tests.unit.recording.fakes import FakeDisk

NOON = datetime.fromisoformat("2026-11-22T12:03:05+01:00")
CLIP_MS = 3_000

S = RecordingState


def clip(count: int = 1) -> list[MediaPacket]:
    """Return ``count`` times three seconds of sound and picture, on one timeline."""
    packets = packets_of(flv_clip(gop_s=1.0))
    return [packet for number in range(count) for packet in shifted(packets, number * CLIP_MS)]


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Hold up every call into the disk until it is set; at the end of the test it is, whatever happened."""
    gate = threading.Event()
    yield gate
    gate.set()


@pytest.fixture
def disk(gate: threading.Event) -> FakeDisk:
    """Make a disk that stalls."""
    return FakeDisk(gate=gate)


def test_a_stream_becomes_a_file_named_after_its_start(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path / "videos"), wall_now=lambda: NOON)
    recorder.start()
    for packet in clip():
        recorder.offer([packet])
    result = recorder.close()
    assert result.state is S.FINALISED
    assert result.path == tmp_path / "videos" / "2026-11-22 12-03-05.mp4"
    assert (result.began_at, result.parts[0].is_finished) == (NOON, True)
    assert result.duration_s == pytest.approx(3.0, abs=0.06)
    assert result.size_bytes == result.path.stat().st_size
    assert (result.gaps, result.dropped_frames, result.cause) == ((), 0, None)
    assert [part.path for part in result.parts] == [result.path]
    assert len(play(result.path)[MediaKind.VIDEO].pts_ms) == 90


def test_a_recorder_that_waited_for_its_stream_names_the_file_after_the_first_frame(tmp_path: Path) -> None:
    wall = [NOON]
    recorder = Recorder(RecordingOptions(folder=tmp_path), wall_now=lambda: wall[0])
    recorder.start()
    wall[0] = NOON.replace(hour=15)
    recorder.offer(clip())
    path = recorder.close().path
    assert path is not None
    assert path.name == "2026-11-22 15-03-05.mp4"


def test_the_snapshot_tells_the_whole_story_at_the_end(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), name="show")
    assert recorder.snapshot() == RecordingSnapshot(state=S.OPENING)
    recorder.start()
    recorder.offer(clip())
    result = recorder.close()
    snapshot = recorder.snapshot()
    assert snapshot.state is S.FINALISED
    assert snapshot.path == result.path
    assert snapshot.duration_s == snapshot.durable_s == result.duration_s
    assert snapshot.bytes_written == result.size_bytes
    assert (snapshot.queue_bytes, snapshot.queue_s) == (0, 0.0)


def test_two_recordings_of_one_second_stand_side_by_side(tmp_path: Path) -> None:
    recorders = [Recorder(RecordingOptions(folder=tmp_path), wall_now=lambda: NOON) for _ in range(2)]
    for recorder in recorders:
        recorder.start()
        recorder.offer(clip())
    paths = [recorder.close().path for recorder in recorders]
    assert sorted(path.name for path in paths if path) == [
        "2026-11-22 12-03-05 (2).mp4",
        "2026-11-22 12-03-05.mp4",
    ]
    assert all(path and play(path) for path in paths)


def test_a_wall_clock_that_went_back_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "2026-11-22 12-03-05.mp4").write_bytes(b"the recording of an hour ago")
    recorder = Recorder(RecordingOptions(folder=tmp_path), wall_now=lambda: NOON)
    recorder.start()
    recorder.offer(clip())
    result = recorder.close()
    assert result.path == tmp_path / "2026-11-22 12-03-05 (2).mp4"
    assert (tmp_path / "2026-11-22 12-03-05.mp4").read_bytes() == b"the recording of an hour ago"


def test_a_folder_that_is_a_file_is_refused_before_anything_is_called_recording(tmp_path: Path) -> None:
    (tmp_path / "videos").touch()
    recorder = Recorder(RecordingOptions(folder=tmp_path / "videos"))
    with pytest.raises(UserError, match="is not a folder"):
        recorder.start()
    recorder.offer(clip())
    assert (recorder.snapshot().state, recorder.snapshot().queue_bytes) == (S.FAILED, 0)
    result = recorder.close()
    assert (result.state, result.path) == (S.FAILED, None)
    assert result.cause is not None
    assert "is not a folder" in result.cause.title


def test_a_stream_that_never_came_leaves_no_file(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path))
    recorder.start()
    result = recorder.close()
    assert (result.state, result.path, result.size_bytes) == (S.FINALISED, None, 0)
    assert list(tmp_path.iterdir()) == []


def test_starting_twice_is_a_bug_and_closing_twice_is_none(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path))
    recorder.start()
    with pytest.raises(BugError):
        recorder.start()
    recorder.offer(clip())
    result = recorder.close()
    recorder.offer(clip())
    assert recorder.close() == result


def test_closing_does_not_block_the_loop(tmp_path: Path, disk: FakeDisk, gate: threading.Event) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), open_raw=disk.open)
    recorder.start()
    recorder.offer(clip())

    async def close_while_the_disk_stalls() -> RecordingState:
        closing = asyncio.create_task(recorder.aclose())
        await asyncio.to_thread(disk.is_waiting.wait)
        assert not closing.done()
        gate.set()
        return (await closing).state

    assert asyncio.run(close_while_the_disk_stalls()) is S.FINALISED


def stall(recorder: Recorder, disk: FakeDisk, packets: Sequence[MediaPacket]) -> None:
    """Offer packets and wait until the writer hangs in the disk."""
    recorder.offer(packets)
    disk.is_waiting.wait()


@pytest.mark.allow_warning_logs
def test_a_disk_that_stalls_costs_the_recording_frames_but_never_holds_up_the_stream(
    tmp_path: Path, disk: FakeDisk, gate: threading.Event
) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), open_raw=disk.open)
    recorder.start()
    packets = clip(14)
    stall(recorder, disk, packets[:300])
    for packet in packets[300:]:
        recorder.offer([packet])  # returns although the disk does not: a wait here would never end

    stalled = recorder.snapshot()
    (gap,) = stalled.gaps
    assert gap.start_s == pytest.approx(MAX_QUEUE_S, abs=2)
    assert stalled.dropped_frames == gap.dropped_frames
    assert stalled.queue_s == pytest.approx(MAX_QUEUE_S, abs=0.1)

    gate.set()
    while recorder.snapshot().queue_bytes:
        threading.Event().wait(0.001)
    recorder.offer(clip(16)[len(packets) :])
    result = recorder.close()
    (gap,) = result.gaps
    assert result.state is S.FINALISED
    assert gap.start_s + gap.duration_s == pytest.approx(42.0, abs=0.1)
    wanted = [packet for packet in clip(16) if packet.info.kind is TagKind.FRAME]
    played = play(disk.content())
    recorded = sum(len(track.pts_ms) for track in played.values())
    before_the_start = len(wanted) - recorded - gap.dropped_frames
    assert 0 <= before_the_start <= 2  # sound before the first key frame
    pts_ms = played[MediaKind.VIDEO].pts_ms
    holes = [(before, after) for before, after in itertools.pairwise(pts_ms) if after - before > 40]
    assert len(holes) == 1
    (before, after) = holes[0]
    assert after - before == pytest.approx(gap.duration_s * 1000, abs=100)
    assert played[MediaKind.VIDEO].keyframes[pts_ms.index(after)]


@pytest.mark.allow_warning_logs
def test_a_stall_within_the_queue_costs_nothing(
    tmp_path: Path, disk: FakeDisk, gate: threading.Event
) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), open_raw=disk.open)
    recorder.start()
    packets = clip(5)
    stall(recorder, disk, packets[:300])
    recorder.offer(packets[300:])
    gate.set()
    result = recorder.close()
    assert (result.gaps, result.dropped_frames) == ((), 0)
    assert len(play(disk.content())[MediaKind.VIDEO].pts_ms) == len(frames(packets, MediaKind.VIDEO))


def test_a_disk_that_hangs_at_the_end_does_not_keep_the_program(
    tmp_path: Path, disk: FakeDisk, gate: threading.Event
) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), open_raw=disk.open)
    recorder.start()
    stall(recorder, disk, clip())
    late = recorder.close(timeout_s=0.01)
    assert late.state is S.FINALISING
    assert late.cause is not None
    assert "in time" in late.cause.title
    gate.set()
    assert recorder.close().state is S.FINALISED


@pytest.mark.allow_warning_logs
def test_a_full_disk_is_told_in_the_result_and_later_packets_take_no_memory(tmp_path: Path) -> None:
    disk = FakeDisk(capacity=800_000)
    recorder = Recorder(RecordingOptions(folder=tmp_path), name="show", open_raw=disk.open)
    recorder.start()
    recorder.offer(clip())
    result = recorder.close()
    assert result.state is S.FAILED
    assert result.path == tmp_path / "show.recording.mp4"
    assert [(part.path, part.is_finished) for part in result.parts] == [(result.path, False)]
    assert result.cause is not None
    assert "The disk is full" in result.cause.title
    assert play(disk.content())
    recorder.offer(clip())
    assert recorder.snapshot().queue_bytes == 0


@pytest.mark.allow_warning_logs
def test_a_fault_of_our_own_ends_in_a_failed_recording_not_in_a_silent_thread(tmp_path: Path) -> None:
    def broken(path: Path) -> FakeDisk:
        raise ZeroDivisionError(path.name)

    recorder = Recorder(RecordingOptions(folder=tmp_path), open_raw=broken)
    recorder.start()
    recorder.offer(clip())
    result = recorder.close()
    assert result.state is S.FAILED
    assert result.cause is not None
    assert "fault of ours" in result.cause.title


@pytest.mark.allow_warning_logs
def test_a_fault_of_our_own_costs_no_file_that_is_whole_and_leaves_nothing_in_the_folder(
    tmp_path: Path,
) -> None:
    opened: list[Path] = []

    def broken_later(path: Path) -> RawFile:
        opened.append(path)
        if len(opened) == 2:
            raise ZeroDivisionError(path.name)
        return OSFile(path)

    recorder = Recorder(RecordingOptions(folder=tmp_path), name="show", open_raw=broken_later)
    recorder.start()
    packets = packets_of(flv_clip(gop_s=1.0))
    recorder.offer(packets)
    recorder.split()
    recorder.offer(shifted(packets, 3_000))
    result = recorder.close()
    assert result.state is S.FAILED
    assert [(part.path.name, part.is_finished) for part in result.parts] == [("show.mp4", True)]
    assert [path.name for path in tmp_path.iterdir()] == ["show.mp4"]
