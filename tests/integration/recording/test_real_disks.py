"""Disks that are really full or really read-only: small file systems of their own, which only root may mount."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.recording.options import Container, RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.snapshot import GapReason
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import flv_clip, frames, packets_of, play, shifted
from tests.integration.small_disk import may_mount, run, small_disk
from tests.unit.recording.fakes import FakeClock

MIB = 1024 * 1024

pytestmark = may_mount


def recorder_that_fills_the_disk(folder: Path) -> Recorder:
    """Return one that does not know how little room there is, as if another program filled the disk all at once."""
    options = RecordingOptions(folder=folder, reserve_bytes=0)
    return Recorder(options, name="show", free_bytes=lambda _: None)


@pytest.mark.allow_warning_logs
def test_a_disk_that_fills_up_fails_the_recording_and_keeps_what_it_has(tmp_path: Path) -> None:
    packets = packets_of(flv_clip())
    with small_disk(tmp_path, 1_500_000):
        recorder = recorder_that_fills_the_disk(tmp_path)
        recorder.start()
        recorder.offer(packets + shifted(packets, 3_000))
        result = recorder.close()
        assert result.state is RecordingState.FAILED
        assert result.cause is not None
        assert "The disk is full" in result.cause.title
        assert result.path == tmp_path / "show.recording.mp4"
        pts_ms = play(result.path)[MediaKind.VIDEO].pts_ms
        assert 1_400 < pts_ms[-1] < 2_500


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize("spare_pages", range(4))
def test_a_disk_without_room_for_the_index_keeps_every_frame(tmp_path: Path, spare_pages: int) -> None:
    packets = packets_of(flv_clip(noise=8))
    measured = tmp_path / "measured"
    with_room = Recorder(RecordingOptions(folder=measured))
    with_room.start()
    with_room.offer(packets)
    size = with_room.close().size_bytes
    page = os.sysconf("SC_PAGE_SIZE")
    folder = tmp_path / "tight"
    folder.mkdir()
    with small_disk(folder, (size // page - 1 + spare_pages) * page):
        recorder = recorder_that_fills_the_disk(folder)
        recorder.start()
        recorder.offer(packets)
        result = recorder.close()
        assert result.path is not None
        pts_ms = play(result.path)[MediaKind.VIDEO].pts_ms
        assert pts_ms[-1] > 2_400
        assert (result.state is RecordingState.FINALISED) == (result.path.name == "show.mp4")


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize("container", Container)
def test_a_disk_that_another_program_fills_costs_no_frame_thanks_to_what_was_kept_aside(
    tmp_path: Path, container: Container
) -> None:
    """R05: the disk is really full, the file is finished all the same, and the next one goes elsewhere."""
    packets = packets_of(flv_clip(gop_s=1.0))
    small, other = tmp_path / "small", tmp_path / "other"
    small.mkdir()
    with small_disk(small, 6 * MIB):
        options = RecordingOptions(
            folder=small, fallback_folders=(other,), container=container, reserve_bytes=4 * MIB
        )
        recorder = Recorder(options, name="show", free_bytes=lambda _: None)
        recorder.start()
        (small / "filler").write_bytes(bytes(shutil.disk_usage(small).free - 400_000))
        recorder.offer(packets + shifted(packets, 3_000))
        result = recorder.close()
        assert (result.state, result.gaps) == (RecordingState.FINALISED, ())
        assert [(part.path.parent, part.is_finished) for part in result.parts] == [
            (small, True),
            (other, True),
        ]
        name = "mp4" if container is Container.MP4 else "matroska"
        played = [play(part.path, container_format=name)[MediaKind.VIDEO] for part in result.parts]
        assert sum(len(each.pts_ms) for each in played) == len(frames(packets, MediaKind.VIDEO)) * 2


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize("has_fallback", [True, False])
def test_nothing_is_recorded_into_the_empty_folder_that_an_unmounted_disk_leaves(
    tmp_path: Path, has_fallback: bool
) -> None:
    """R08: what was written there would be hidden as soon as the disk is back."""
    packets = packets_of(flv_clip(gop_s=1.0, size=(64, 36)))
    disk, other = tmp_path / "disk", tmp_path / "other"
    disk.mkdir()
    options = RecordingOptions(
        folder=disk, fallback_folders=(other,) if has_fallback else (), reserve_bytes=0
    )
    clock = FakeClock()
    writer = RecordingWriter(options, lambda: "show", clock=clock, open_raw=OSFile, free_bytes=lambda _: None)
    with small_disk(disk, 6 * MIB):
        writer.prepare()
        writer.write(packets)
        run("umount", "--lazy", str(disk))
        clock.advance(1.0)
        writer.tend()
        writer.write(shifted(packets, 3_000))
        writer.finish()
        run("mount", "-t", "tmpfs", "tmpfs", str(disk))  # for the end of small_disk
    progress = writer.progress
    assert list(disk.iterdir()) == []
    assert [part.path.parent for part in progress.parts] == ([disk, other] if has_fallback else [disk])
    assert progress.state is (RecordingState.FINALISED if has_fallback else RecordingState.FAILED)
    assert [gap.reason for gap in progress.gaps] == [GapReason.DISK_LOST] * has_fallback


def test_a_disk_without_a_free_byte_is_refused_before_anything_is_called_recording(tmp_path: Path) -> None:
    with small_disk(tmp_path, 65_536):
        (tmp_path / "filler").write_bytes(bytes(65_536))
        recorder = Recorder(RecordingOptions(folder=tmp_path))
        with pytest.raises(SystemFault, match="no space left"):
            recorder.start()
        assert recorder.snapshot().state is RecordingState.FAILED


def test_a_read_only_disk_is_refused_before_anything_is_called_recording(tmp_path: Path) -> None:
    with small_disk(tmp_path, 65_536):
        run("mount", "-o", "remount,ro", str(tmp_path))
        recorder = Recorder(RecordingOptions(folder=tmp_path))
        with pytest.raises(UserError, match="cannot be written to"):
            recorder.start()
        with pytest.raises(UserError, match="cannot be written to"):
            Recorder(RecordingOptions(folder=tmp_path / "new")).start()
        assert recorder.snapshot().state is RecordingState.FAILED
