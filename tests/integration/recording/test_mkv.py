"""Matroska by choice: every frame at its time, and playable however the process or the power ends."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import av
import pytest

from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.mkv_tail import last_cluster_s
from powerstream_desktop.recording.muxer import FRAGMENT_MS
from powerstream_desktop.recording.options import Container, RecordingOptions
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.recovery import look_into
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import (
    X264_B_FRAMES,
    Played,
    flv_clip,
    frames,
    packets_of,
    play,
    shifted,
)
from tests.integration.recording.harness import MemoryRecording, assert_played_as_given
from tests.unit.recording.fakes import FakeDisk, Synced, Written, replayed

FRAME_MS = 34
KILL_LOSS_MS = FRAGMENT_MS + 4 * FRAME_MS
POWER_LOSS_MS = 2_000

FORMATS = {
    "plain": {},
    "B-frames": {"options": X264_B_FRAMES},
    "Opus": {"audio": "libopus"},
    "picture alone": {"audio": None},
    "sound alone": {"video": None},
}


def options(folder: Path, *, split_after_s: float | None = None) -> RecordingOptions:
    return RecordingOptions(
        folder=folder, container=Container.MKV, split_after_s=split_after_s, reserve_bytes=0
    )


def recorded(folder: Path, packets: Sequence[MediaPacket]) -> MemoryRecording:
    return MemoryRecording(folder, options=options(folder)).feed(packets)


def play_mkv(source: bytes | Path) -> dict[MediaKind, Played]:
    return play(source, container_format="matroska")


def readable_ms(content: bytes) -> float:
    """Return up to where both tracks can be read; 0 when the file does not open."""
    try:
        tracks = play_mkv(content)
    except av.FFmpegError:
        return 0.0
    return min(max(track.pts_ms) for track in tracks.values()) if len(tracks) == 2 else 0.0


@pytest.mark.parametrize("name", FORMATS)
def test_every_frame_is_in_the_file_at_its_time(tmp_path: Path, name: str) -> None:
    packets = packets_of(flv_clip(noise=8, **FORMATS[name]))  # type: ignore[arg-type]
    recording = recorded(tmp_path, packets)
    recording.writer.finish()
    progress = recording.writer.progress
    assert progress.state is RecordingState.FINALISED
    assert [path.name for path in tmp_path.iterdir()] == ["show.mkv"]
    given = [
        each for kind in MediaKind for each in frames(packets, kind) if each.dts_ms >= progress.origin_ms
    ]
    assert_played_as_given(play_mkv(recording.disk.content()), given, progress.origin_ms)


def test_a_finished_file_tells_its_length_and_is_gone_through_by_time(tmp_path: Path) -> None:
    recorder = Recorder(options(tmp_path), name="show")
    recorder.start()
    clip = packets_of(flv_clip(gop_s=1.0, noise=8))
    recorder.offer([packet for number in range(4) for packet in shifted(clip, number * 3_000)])
    path = recorder.close().path
    assert path == tmp_path / "show.mkv"
    with av.open(str(path)) as film:
        assert film.duration is not None
        assert film.duration / av.time_base == pytest.approx(12.0, abs=0.1)
        film.seek(9 * av.time_base)
        packet = next(film.demux(video=0))
        assert packet.pts is not None
        assert float(packet.pts * packet.time_base) == pytest.approx(9.0, abs=0.05)


def test_parts_split_without_losing_a_frame(tmp_path: Path) -> None:
    clip = packets_of(flv_clip(gop_s=1.0, noise=8, size=(64, 36)))
    packets = [packet for number in range(3) for packet in shifted(clip, number * 3_000)]
    recording = MemoryRecording(tmp_path, options=options(tmp_path, split_after_s=0.9)).feed(packets)
    recording.writer.finish()
    assert len(recording.disks) == 9
    counts = [len(play_mkv(disk.content())[MediaKind.VIDEO].pts_ms) for disk in recording.disks]
    assert sum(counts) == len(frames(packets, MediaKind.VIDEO))
    assert (tmp_path / "show part 9.mkv").exists()


def test_after_a_kill_at_any_instant_it_plays_to_the_last_cluster(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path, options=options(tmp_path))
    packets = packets_of(flv_clip(seconds=4, noise=8))
    given_ms: list[int] = []
    for packet in recording.feeding(packets):
        if recording.disks:
            at_ms = packet.dts_ms - recording.writer.progress.origin_ms
            given_ms += [at_ms] * (len(recording.disk.trace) - len(given_ms))
    recording.writer.finish()
    steps = recording.disk.trace
    given_ms += [packets[-1].dts_ms] * (len(steps) - len(given_ms))
    whole_ms = readable_ms(replayed(steps))
    for count, step in enumerate(steps):
        cuts = range(0, len(step.data), max(1, len(step.data) // 12)) if isinstance(step, Written) else [0]
        for cut in cuts:
            torn = [Written(step.position, step.data[:cut])] if isinstance(step, Written) else []
            content = replayed([*steps[:count], *torn])
            assert min(given_ms[count], whole_ms) - readable_ms(content) <= KILL_LOSS_MS


def test_after_a_power_cut_at_any_instant_two_seconds_are_missing_at_most(tmp_path: Path) -> None:
    recording = recorded(tmp_path, packets_of(flv_clip(seconds=4, noise=8)))
    recording.writer.finish()
    steps = recording.disk.trace
    whole_ms = readable_ms(replayed(steps))
    for count in range(1, len(steps) + 1):
        last_sync = max(
            (index for index, step in enumerate(steps[:count]) if isinstance(step, Synced)), default=-1
        )
        durable, pending = steps[: last_sync + 1], steps[last_sync + 1 : count]
        reached_ms = readable_ms(replayed(steps[:count]))
        for choice in itertools.product((False, True), repeat=len(pending)):
            kept = [step for step, survives in zip(pending, choice, strict=True) if survives]
            assert reached_ms - readable_ms(replayed([*durable, *kept])) <= POWER_LOSS_MS
    assert whole_ms > 3_500


def test_it_goes_back_once_at_its_end_and_what_is_behind_is_durable_by_then(tmp_path: Path) -> None:
    recording = recorded(tmp_path, packets_of(flv_clip(noise=8)))
    before = len(recording.disk.trace)
    recording.writer.finish()
    size = 0
    for index, step in enumerate(recording.disk.trace):
        if isinstance(step, Written) and step.position < size:
            assert index > before
            assert isinstance(recording.disk.trace[index - 1], Synced)
            assert step.position + len(step.data) <= 4096  # one page of the head
        size = max(size, step.position + len(step.data)) if isinstance(step, Written) else size


@pytest.fixture
def cut_off(tmp_path: Path) -> Path:
    """Make what a process leaves that is killed in the middle of a recording of three seconds."""
    recording = recorded(tmp_path, packets_of(flv_clip(noise=8)))
    path = tmp_path / "left" / "show.recording.mkv"
    path.parent.mkdir()
    path.write_bytes(recording.disk.content())
    recording.writer.finish()
    return path


def test_one_that_was_cut_off_gets_its_final_name_and_length_as_it_is(cut_off: Path) -> None:
    content = cut_off.read_bytes()
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.part.path == cut_off.with_name("show.mkv")
    assert found.part.path.read_bytes() == content
    assert found.part.duration_s == pytest.approx(3.0, abs=1.1)


def test_the_length_of_one_that_was_cut_off_is_that_of_its_last_cluster(cut_off: Path) -> None:
    reached_s = readable_ms(cut_off.read_bytes()) / 1000
    last_s = last_cluster_s(cut_off)
    assert last_s is not None
    assert 0 <= reached_s - last_s <= FRAGMENT_MS / 1000 + 0.1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        bytes(4096),
        b"\x1f\x43\xb6\x75",
        b"\x1f\x43\xb6\x75\x81\xe7",
        b"\x1f\x43\xb6\x75\x81\xe7\x84\x01",
        b"\x1f\x43\xb6\x75\x00" * 99,
        b"\x1f\x43\xb6\x75\x81\xbf",
        b"\x1f\x43\xb6\x75\x81\xbf\xff\xe7",
    ],
)
def test_what_only_looks_like_a_cluster_tells_no_length(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "show.recording.mkv"
    path.write_bytes(content)
    assert last_cluster_s(path) is None
    assert recover_left_behind(path, look_into) is None


@pytest.mark.allow_warning_logs
def test_a_disk_that_fills_up_leaves_what_it_has_playable(tmp_path: Path) -> None:
    packets = packets_of(flv_clip())
    size = len(flv_clip())
    recording = MemoryRecording(tmp_path, disk=FakeDisk(capacity=size // 2), options=options(tmp_path))
    recording.feed(packets)
    assert recording.writer.progress.state is RecordingState.FAILED
    assert play_mkv(recording.disk.content())[MediaKind.VIDEO].pts_ms[-1] > 500
