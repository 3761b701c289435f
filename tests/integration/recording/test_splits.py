"""Splits and pauses with real files: every frame is in exactly one of them, and nobody waits for a file to be finished."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.orders import RecordingOrder
from powerstream_desktop.recording.part_file import PartFile
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.snapshot import GapReason
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.rtmp.flv.tags import frame_body
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import X264_B_FRAMES, flv_clip, frames, packets_of, play, shifted
from tests.integration.recording.harness import MemoryRecording
from tests.unit.recording.fakes import FakeDisk

CLIP_MS = 3_000
GOP_MS = 1_000
BOUNDARIES = 200
SOUND_FRAME_MS = 22
B_FRAMES_DELAY_MS = 68
"""Such a picture is shown two frames after it is decoded, and the sound of a file begins where its decoding does."""
NOISE = 8

X264_PLAIN = (("preset", "ultrafast"),)


def stream(seconds: int, *, options: tuple[tuple[str, str], ...] = X264_PLAIN) -> list[MediaPacket]:
    """Return sound and picture with a key frame every second; no two pictures of the clip that it repeats are alike."""
    clip = packets_of(flv_clip(gop_s=1.0, noise=NOISE, size=(64, 36), options=options))
    return [packet for number in range(seconds // 3) for packet in shifted(clip, number * CLIP_MS)]


def bodies(packets: list[MediaPacket], kind: MediaKind) -> list[bytes]:
    return [bytes(frame_body(packet.payload, packet.info)) for packet in frames(packets, kind)]


@pytest.mark.parametrize(
    ("options", "apart_ms"),
    [(X264_PLAIN, SOUND_FRAME_MS), (X264_B_FRAMES, B_FRAMES_DELAY_MS)],
    ids=["in order", "B-frames"],
)
def test_at_two_hundred_boundaries_no_frame_is_lost_or_doubled_and_every_file_starts_aligned(
    tmp_path: Path, options: tuple[tuple[str, str], ...], apart_ms: float
) -> None:
    """R11 (reliability_security.md 1.7)."""
    packets = stream(BOUNDARIES + 4, options=options)
    recording = MemoryRecording(tmp_path, options=RecordingOptions(folder=tmp_path, split_after_s=0.9))
    recording.feed(packets)
    recording.writer.finish()
    progress = recording.writer.progress
    played = [play(disk.content()) for disk in recording.disks]
    assert len(played) > BOUNDARIES
    for kind in (MediaKind.VIDEO, MediaKind.AUDIO):
        given = [each for each in frames(packets, kind) if each.dts_ms >= progress.origin_ms]
        assert [body for part in played for body in part[kind].bodies] == bodies(given, kind)
    for part in played:
        picture, sound = part[MediaKind.VIDEO], part[MediaKind.AUDIO]
        assert picture.keyframes[0]
        assert abs(sound.pts_ms[0] - picture.pts_ms[0]) <= apart_ms
    assert progress.gaps == ()
    assert progress.refused_frames == 0


def test_parts_follow_one_another_in_name_and_time(tmp_path: Path) -> None:
    options = RecordingOptions(folder=tmp_path, split_after_s=3.0, reserve_bytes=0)
    recorder = Recorder(options, name="show")
    recorder.start()
    recorder.offer(stream(9))
    result = recorder.close()
    assert result.state is RecordingState.FINALISED
    assert [part.path.name for part in result.parts] == ["show.mp4", "show part 2.mp4", "show part 3.mp4"]
    assert [part.begins_s for part in result.parts] == pytest.approx([0.0, 3.0, 6.0], abs=0.05)
    assert all(part.is_finished for part in result.parts)
    assert all(part.size_bytes == part.path.stat().st_size for part in result.parts)
    assert result.duration_s == pytest.approx(9.0, abs=0.1)
    assert recorder.snapshot().parts == 3


def test_a_file_that_grows_too_large_is_split_at_the_next_key_frame(tmp_path: Path) -> None:
    packets = stream(9)
    options = RecordingOptions(
        folder=tmp_path, split_at_bytes=sum(len(each.payload) for each in packets) // 3
    )
    recording = MemoryRecording(tmp_path, options=options).feed(packets)
    recording.writer.finish()
    assert 3 <= len(recording.disks) <= 4
    assert all(play(disk.content())[MediaKind.VIDEO].keyframes[0] for disk in recording.disks)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    gate = threading.Event()
    yield gate
    gate.set()


def test_the_next_file_is_written_while_the_one_before_cannot_be_finished(
    tmp_path: Path, gate: threading.Event
) -> None:
    recording = MemoryRecording(tmp_path)
    packets = stream(9)
    half = next(index for index, packet in enumerate(packets) if packet.dts_ms >= 4_500)
    recording.feed(packets[:half])
    recording.writer.obey(RecordingOrder.SPLIT)
    first_disk = recording.disk
    for _ in recording.feeding(packets[half:]):  # would never end if finishing held up the packets
        if len(recording.disks) == 2:
            first_disk.gate = gate
    first, second = recording.disks
    assert first_disk is first
    assert second.size > 0
    gate.set()
    recording.writer.finish()
    assert [part.is_finished for part in recording.writer.progress.parts] == [True, True]
    counts = [len(play(disk.content())[MediaKind.VIDEO].pts_ms) for disk in (first, second)]
    assert sum(counts) == len(frames(packets, MediaKind.VIDEO))


@pytest.mark.allow_warning_logs
def test_a_file_that_cannot_be_finished_is_told_at_the_end_and_the_next_one_goes_on(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    packets = stream(6)
    half = next(index for index, packet in enumerate(packets) if packet.dts_ms >= 2_500)
    recording.feed(packets[:half])
    recording.disk.capacity = recording.disk.size + 20_000  # takes the rest of the second, and no index
    recording.writer.obey(RecordingOrder.SPLIT)
    recording.feed(packets[half:])
    assert recording.writer.progress.state is RecordingState.RECORDING
    recording.writer.finish()
    progress = recording.writer.progress
    assert [part.is_finished for part in progress.parts] == [False, True]
    assert progress.state is RecordingState.FAILED
    assert progress.cause is not None
    for disk in recording.disks:
        assert play(disk.content())[MediaKind.VIDEO].pts_ms


@pytest.mark.allow_warning_logs
def test_a_fault_of_ours_in_finishing_a_file_is_told_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(part: PartFile) -> None:
        if part.base_ms < GOP_MS:
            raise ZeroDivisionError
        finish_properly(part)

    finish_properly = PartFile.finish
    monkeypatch.setattr(PartFile, "finish", finish)
    packets = stream(3)
    recording = MemoryRecording(tmp_path, options=RecordingOptions(folder=tmp_path, split_after_s=0.9))
    recording.feed(packets)
    recording.writer.finish()
    progress = recording.writer.progress
    assert [part.is_finished for part in progress.parts] == [False, True, True]
    assert progress.cause is not None
    assert "fault of ours" in progress.cause.title
    counts = [len(play(disk.content())[MediaKind.VIDEO].pts_ms) for disk in recording.disks[1:]]
    assert sum(counts) == len([each for each in frames(packets, MediaKind.VIDEO) if each.dts_ms >= GOP_MS])


def test_a_pause_is_a_hole_with_a_reason_between_two_files(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path, reserve_bytes=0), name="show")
    recorder.start()
    packets = stream(12)
    at = [next(n for n, packet in enumerate(packets) if packet.dts_ms >= ms) for ms in (2_500, 7_500)]
    recorder.offer(packets[: at[0]])
    recorder.pause()
    recorder.offer(packets[at[0] : at[1]])
    recorder.resume()
    recorder.offer(packets[at[1] :])
    result = recorder.close()
    assert result.state is RecordingState.FINALISED
    assert [part.begins_s for part in result.parts] == pytest.approx([0.0, 8.0], abs=0.1)
    (gap,) = result.gaps
    assert (gap.reason, gap.dropped_frames) == (GapReason.PAUSED, 0)
    assert (gap.start_s, gap.duration_s) == pytest.approx((3.0, 5.0), abs=0.1)
    assert result.duration_s == pytest.approx(7.0, abs=0.1)
    assert result.dropped_frames == 0


def test_a_paused_recording_says_so_and_its_file_is_finished(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    packets = stream(6)
    recording.feed(packets[: len(packets) // 2])
    recording.writer.obey(RecordingOrder.PAUSE)
    recording.feed(packets[len(packets) // 2 :])
    progress = recording.writer.progress
    assert progress.is_paused
    assert progress.state is RecordingState.RECORDING
    recording.writer.finish()
    progress = recording.writer.progress
    assert [path.name for path in tmp_path.iterdir()] == ["show.mp4"]
    assert (progress.state, progress.gaps) == (RecordingState.FINALISED, ())


def test_orders_that_come_before_the_recorder_started_are_obeyed(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path, reserve_bytes=0), open_raw=FakeDisk().open)
    recorder.pause()
    recorder.offer(stream(3))
    recorder.start()
    result = recorder.close()
    assert (result.parts, result.path) == ((), None)
    assert list(tmp_path.iterdir()) == []
