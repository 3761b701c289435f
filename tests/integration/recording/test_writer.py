"""The writer: rhythm of syncs, figures, and what it does when the disk fails."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, Fault
from powerstream_desktop.recording.muxer import FRAGMENT_MS, Mp4Muxer
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.streams import UnrecordableError
from powerstream_desktop.recording.writer import SYNC_INTERVAL_S
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import flv_clip, frames, packets_of, play, shifted
from tests.integration.recording.harness import MemoryRecording
from tests.unit.recording.fakes import FakeDisk, Synced

S = RecordingState


def test_a_recording_goes_through_its_states(tmp_path: Path) -> None:
    packets = packets_of(flv_clip())
    recording = MemoryRecording(tmp_path)
    states = [recording.writer.progress.state]
    states.extend(recording.writer.progress.state for _ in recording.feeding(packets))
    recording.writer.finish()
    states.append(recording.writer.progress.state)
    assert list(dict.fromkeys(states)) == [S.OPENING, S.RECORDING, S.FINALISED]


def test_nothing_is_called_recording_before_a_file_is_there(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    for _ in recording.feeding(packets_of(flv_clip())):
        is_there = (tmp_path / "show.recording.mp4").exists()
        assert (recording.writer.progress.state is S.RECORDING) == is_there
    recording.writer.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["show.mp4"]


def test_a_stream_without_media_finishes_without_a_file(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    recording.writer.finish()
    assert recording.writer.progress.state is S.FINALISED
    assert recording.writer.progress.path is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_synced_once_a_second(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path).feed(packets_of(flv_clip(seconds=6)))
    syncs = [step for step in recording.disk.trace if isinstance(step, Synced)]
    assert 5 <= len(syncs) <= 6
    recording.writer.finish()


def test_the_next_sync_is_due_a_second_after_the_last_and_only_when_something_was_written(
    tmp_path: Path,
) -> None:
    recording = MemoryRecording(tmp_path)
    assert recording.writer.seconds_until_sync() is None
    pending = recording.feeding(packets_of(flv_clip()))
    due_s = next(due_s for _ in pending if (due_s := recording.writer.seconds_until_sync()))
    assert 0 < due_s <= SYNC_INTERVAL_S
    recording.clock.advance(due_s)
    recording.writer.sync_if_due()
    assert recording.writer.seconds_until_sync() is None
    assert isinstance(recording.disk.trace[-1], Synced)
    recording.writer.finish()


def test_durable_time_follows_what_was_given_and_never_promises_too_much(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    for _ in recording.feeding(packets_of(flv_clip(seconds=6))):
        progress = recording.writer.progress
        lag_ms = progress.duration_ms - progress.durable_ms
        assert 0 <= lag_ms <= SYNC_INTERVAL_S * 1000 + 2 * FRAGMENT_MS + 50
        if progress.durable_ms and isinstance(recording.disk.trace[-1], Synced):
            for track in play(recording.disk.content()).values():
                assert track.pts_ms[-1] + 40 >= progress.durable_ms
    recording.writer.finish()
    progress = recording.writer.progress
    assert progress.durable_ms == progress.duration_ms
    assert progress.duration_ms == pytest.approx(6_000, abs=60)
    assert progress.size_bytes == len(recording.disk.content())


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize("share", [0.0, 0.0001, 0.3, 0.7])
def test_a_full_disk_fails_the_recording_and_what_was_written_plays(tmp_path: Path, share: float) -> None:
    packets = packets_of(flv_clip())
    size = len(flv_clip())
    recording = MemoryRecording(tmp_path, disk=FakeDisk(capacity=round(size * share)))
    given_ms = 0
    for packet in recording.feeding(packets):
        if recording.writer.progress.state is S.FAILED:
            break
        given_ms = packet.dts_ms
    progress = recording.writer.progress
    assert progress.state is S.FAILED
    assert progress.cause is not None
    assert "The disk is full" in progress.cause.title
    assert recording.disk.is_closed
    if share > 0.1:
        assert [path.name for path in tmp_path.iterdir()] == ["show.recording.mp4"]
        last_ms = play(recording.disk.content())[MediaKind.VIDEO].pts_ms[-1]
        assert given_ms - last_ms <= FRAGMENT_MS + 100


@pytest.mark.allow_warning_logs
def test_a_disk_that_fills_while_the_index_is_written_leaves_every_frame_playable(tmp_path: Path) -> None:
    packets = packets_of(flv_clip(noise=0))
    whole = MemoryRecording(tmp_path).feed(packets)
    before = len(whole.disk.content())
    whole.writer.finish()
    after = len(whole.disk.content())
    capacities = range(before, after, 199)
    assert len(capacities) > 15
    for capacity in capacities:
        folder = tmp_path / str(capacity)
        folder.mkdir()
        recording = MemoryRecording(folder, disk=FakeDisk(capacity=capacity)).feed(packets)
        assert recording.writer.progress.cause is None
        recording.writer.finish()
        assert recording.writer.progress.state is S.FAILED
        pts_ms = play(recording.disk.content())[MediaKind.VIDEO].pts_ms
        assert frames(packets, MediaKind.VIDEO)[-1].dts_ms - pts_ms[-1] <= FRAGMENT_MS + 100


@pytest.mark.allow_warning_logs
def test_a_disk_that_dies_is_noticed_at_the_next_sync(tmp_path: Path) -> None:
    packets = packets_of(flv_clip(seconds=6))
    recording = MemoryRecording(tmp_path)
    recording.feed(packets[: len(packets) // 2])
    recording.disk.failing_sync = errno.EIO
    failed_ms = next(
        packet.dts_ms
        for packet in recording.feeding(packets[len(packets) // 2 :])
        if recording.writer.progress.state is S.FAILED
    )
    assert failed_ms - packets[len(packets) // 2].dts_ms < 1_600
    assert play(recording.disk.content())[MediaKind.VIDEO].pts_ms[-1] > 2_000


@pytest.mark.allow_warning_logs
def test_after_a_failure_packets_are_ignored_and_closing_changes_nothing(tmp_path: Path) -> None:
    packets = packets_of(flv_clip())
    recording = MemoryRecording(tmp_path, disk=FakeDisk(capacity=50_000)).feed(packets)
    progress = recording.writer.progress
    recording.feed(shifted(packets, 3_000))
    recording.writer.sync_if_due()
    recording.writer.finish()
    assert recording.writer.progress == progress
    assert len(recording.disks) == 1


@pytest.mark.allow_warning_logs
def test_a_folder_that_vanishes_before_the_first_frame_fails_with_a_sentence(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path / "unplugged").feed(packets_of(flv_clip()))
    progress = recording.writer.progress
    assert progress.state is S.FAILED
    assert progress.cause is not None
    assert "is gone" in progress.cause.title


@pytest.mark.allow_warning_logs
def test_a_fault_of_ours_is_told_as_one(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path)
    recording.writer.fail(BugError("The recording broke because of a fault of ours."))
    assert recording.writer.progress.cause is not None
    assert recording.writer.progress.cause.fault is Fault.BUG


def test_frames_that_libavformat_refuses_are_counted_and_the_others_recorded(tmp_path: Path) -> None:
    packets = packets_of(flv_clip(audio="eac3"))
    victim = frames(packets, MediaKind.AUDIO)[20]
    broken = victim.payload[: victim.info.body_offset] + bytes(100)
    packets[packets.index(victim)] = replace(victim, payload=broken)
    recording = MemoryRecording(tmp_path).feed(packets)
    recording.writer.finish()
    assert recording.writer.progress.state is S.FINALISED
    assert recording.writer.progress.refused_frames == 1
    given = [p for p in frames(packets, MediaKind.AUDIO) if p.dts_ms >= recording.writer.progress.origin_ms]
    assert len(play(recording.disk.content())[MediaKind.AUDIO].pts_ms) == len(given) - 1


@pytest.mark.allow_warning_logs
def test_a_stream_of_nothing_but_refused_frames_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UnrecordableError("The stream cannot be written into an MP4 file.")

    packets = packets_of(flv_clip(seconds=6))
    recording = MemoryRecording(tmp_path).feed(packets[:150])
    monkeypatch.setattr(Mp4Muxer, "write", refuse)
    recording.feed(packets[150:300])
    assert recording.writer.progress.cause is None
    recording.feed(packets[300:])
    assert recording.writer.progress.state is S.FAILED
    assert play(recording.disk.content())
