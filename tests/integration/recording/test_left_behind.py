"""What a dead process was recording: it gets its final name and its length, and nothing of it is written anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import flv_clip, packets_of, play
from tests.unit.recording.fakes import FakeClock


@pytest.fixture
def cut_off(tmp_path: Path) -> Path:
    """Make what a process leaves that is killed in the middle of a recording of three seconds."""
    written, left = tmp_path / "written", tmp_path / "left"
    for folder in (written, left):
        folder.mkdir()
    writer = RecordingWriter(
        RecordingOptions(folder=written), lambda: "show", clock=FakeClock(), open_raw=OSFile
    )
    writer.write(packets_of(flv_clip(seconds=3)))
    path = left / "show.recording.mp4"
    shutil.copyfile(written / path.name, path)
    writer.finish()
    return path


def test_a_recording_that_was_cut_off_gets_its_final_name_and_loses_nothing(cut_off: Path) -> None:
    content = cut_off.read_bytes()
    found = recover_left_behind(cut_off)
    assert found is not None
    assert not found.was_finished
    assert found.part.path == cut_off.with_name("show.mp4")
    assert found.part.path.read_bytes() == content
    assert found.part.size_bytes == len(content)
    assert found.part.duration_s == pytest.approx(3.0, abs=1.0)
    assert play(found.part.path)[MediaKind.VIDEO].pts_ms
    assert not cut_off.exists()


def test_a_file_of_that_name_stays_as_it_is(cut_off: Path) -> None:
    other = cut_off.with_name("show.mp4")
    other.write_bytes(b"of somebody else")
    found = recover_left_behind(cut_off)
    assert found is not None
    assert found.part.path == cut_off.with_name("show (2).mp4")
    assert other.read_bytes() == b"of somebody else"


def test_a_recording_that_was_finished_before_its_process_died_is_found(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), name="show")
    recorder.start()
    recorder.offer(packets_of(flv_clip(seconds=3)))
    result = recorder.close()
    found = recover_left_behind(tmp_path / "show.recording.mp4")
    assert found is not None
    assert found.was_finished
    assert found.part.path == result.path
    assert found.part.duration_s == pytest.approx(result.duration_s, abs=0.1)


def test_a_file_in_which_nothing_plays_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "show.recording.mp4"
    assert recover_left_behind(path) is None
    for content in (b"", b"\0" * 4096):
        path.write_bytes(content)
        assert recover_left_behind(path) is None
        assert path.read_bytes() == content
