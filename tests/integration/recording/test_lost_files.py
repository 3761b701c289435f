"""Another program takes the file away, or the disk only pretends: it is told in seconds, and a new file begins (R10)."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile, RawFile
from powerstream_desktop.recording.recorder import STALL_S, Recorder
from powerstream_desktop.recording.snapshot import GapReason
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.truth_watch import FileFacts
from powerstream_desktop.recording.warning import RecordingWarning
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import flv_clip, packets_of, play, shifted
from tests.integration.recording.harness import MemoryRecording
from tests.unit.recording.fakes import FakeClock, FakeDisk

pytestmark = pytest.mark.allow_warning_logs

CLIP_MS = 3_000


def stream(seconds: int) -> list[MediaPacket]:
    clip = packets_of(flv_clip(gop_s=1.0, noise=8, size=(64, 36)))
    return [packet for number in range(seconds // 3) for packet in shifted(clip, number * CLIP_MS)]


def record(
    folder: Path, packets: list[MediaPacket], *, at_ms: int, harm: Callable[[Path], None]
) -> RecordingWriter:
    """Record into real files, at the pace of a clock of ours, and harm the first one on the way."""
    clock = FakeClock()
    options = RecordingOptions(folder=folder, reserve_bytes=0)
    writer = RecordingWriter(options, lambda: "show", clock=clock, open_raw=OSFile, free_bytes=lambda _: None)
    start_s, is_harmed = clock.now_s, False
    for packet in packets:
        clock.now_s = start_s + packet.arrived_s
        if packet.dts_ms >= at_ms and not is_harmed and writer.progress.path is not None:
            harm(writer.progress.path)
            is_harmed = True
        writer.write([packet])
        writer.tend()
    return writer


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can take an open file away there")
@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        lambda path: path.rename(path.with_name("elsewhere.mp4")),
        lambda path: os.truncate(path, 1_000),
        lambda path: (
            path.with_name("another").write_bytes(b"another") and path.with_name("another").replace(path)
        ),
    ],
    ids=["removed", "renamed", "truncated", "replaced"],
)
def test_a_file_that_another_program_harms_is_noticed_and_a_new_one_begins(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    writer = record(tmp_path, stream(9), at_ms=4_200, harm=harm)
    assert writer.progress.state is RecordingState.RECORDING
    writer.finish()
    (gap,) = writer.progress.gaps
    assert gap.reason is GapReason.FILE_LOST
    assert gap.start_s + gap.duration_s <= 4.2 + 5.0
    last = writer.progress.parts[-1]
    assert last.is_finished
    assert last.begins_s == pytest.approx(gap.start_s + gap.duration_s)
    assert play(last.path)[MediaKind.VIDEO].keyframes[0]
    assert last.begins_s + last.duration_s == pytest.approx(9.0, abs=0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can take an open file away there")
def test_a_file_that_was_removed_is_no_part_of_the_recording(tmp_path: Path) -> None:
    writer = record(tmp_path, stream(9), at_ms=4_200, harm=Path.unlink)
    writer.finish()
    assert [part.path for part in writer.progress.parts] == list(tmp_path.iterdir())


class PretendingDisk(FakeDisk):
    """Takes everything; its file does not grow."""

    def facts(self) -> FileFacts:
        return FileFacts(size_bytes=2**40, is_there=True)


def test_a_file_that_does_not_grow_is_told_and_followed_by_a_new_one(tmp_path: Path) -> None:
    recording = MemoryRecording(tmp_path, disk=PretendingDisk())
    told: dict[RecordingWarning | None, int] = {}
    for packet in recording.feeding(stream(24)):
        told.setdefault(recording.writer.progress.warning, packet.dts_ms)
    assert told[RecordingWarning.NOT_GROWING] <= 16_500
    assert recording.writer.progress.warning is None
    recording.writer.finish()
    assert len(recording.disks) == 2
    assert recording.writer.progress.gaps == ()


def test_a_disk_on_which_no_file_grows_does_not_get_one_after_the_other(tmp_path: Path) -> None:
    opened: list[FakeDisk] = []

    def open_raw(path: Path) -> RawFile:
        opened.append(PretendingDisk())
        return opened[-1].open(path)

    clock = FakeClock()
    options = RecordingOptions(folder=tmp_path, reserve_bytes=0)
    writer = RecordingWriter(
        options, lambda: "show", clock=clock, open_raw=open_raw, free_bytes=lambda _: None
    )
    start_s = clock.now_s
    for packet in stream(60):
        clock.now_s = start_s + packet.arrived_s
        writer.write([packet])
        writer.tend()
    assert writer.progress.warning is RecordingWarning.NOT_GROWING
    writer.finish()
    assert len(opened) == 2


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    gate = threading.Event()
    yield gate
    gate.set()


def test_a_disk_that_hangs_is_told_as_soon_as_seconds_wait_for_it(
    tmp_path: Path, gate: threading.Event
) -> None:
    disk = FakeDisk(gate=gate)
    recorder = Recorder(RecordingOptions(folder=tmp_path, reserve_bytes=0), open_raw=disk.open)
    recorder.start()
    packets = stream(12)
    recorder.offer(packets[:200])
    disk.is_waiting.wait()
    for packet in packets[200:]:
        recorder.offer([packet])
        snapshot = recorder.snapshot()
        is_told = snapshot.warning is RecordingWarning.NOT_GROWING
        assert is_told == (snapshot.queue_s > STALL_S)
    assert recorder.snapshot().warning is RecordingWarning.NOT_GROWING
    gate.set()
    recorder.close()
    assert recorder.snapshot().warning is None


def test_a_disk_that_answers_no_question_is_left(tmp_path: Path) -> None:
    class Mute(FakeDisk):
        def facts(self) -> FileFacts:
            raise OSError(5, "Input/output error")

    opened: list[RawFile] = []

    def open_raw(path: Path) -> RawFile:
        opened.append((Mute() if not opened else FakeDisk()).open(path))
        return opened[-1]

    clock = FakeClock()
    options = RecordingOptions(
        folder=tmp_path / "usual", fallback_folders=(tmp_path / "fallback",), reserve_bytes=0
    )
    writer = RecordingWriter(options, lambda: "show", clock=clock, open_raw=open_raw)
    writer.prepare()
    start_s = clock.now_s
    for packet in stream(6):
        clock.now_s = start_s + packet.arrived_s
        writer.write([packet])
        writer.tend()
    writer.finish()
    assert writer.progress.folder == tmp_path / "fallback"
    assert [part.is_finished for part in writer.progress.parts] == [False, True]
