"""What a dead process was recording: it is finished where it lies and gets its final name, and none of it is written anew."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import av
import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.recording import left_behind, recovery
from powerstream_desktop.recording.ballast import BALLAST_NAME
from powerstream_desktop.recording.finding import NEW_NAME, FileState, Finding
from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.recovery import look_into
from powerstream_desktop.recording.safe_file import SafeFile
from powerstream_desktop.recording.writer import RecordingWriter
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import flv_clip, packets_of, play
from tests.integration.recording.damage import finished
from tests.unit.recording.fakes import FakeClock, FakeDisk


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
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert not found.was_finished
    assert found.part.path == cut_off.with_name("show.mp4")
    assert found.original is None
    now = found.part.path.read_bytes()
    assert now[:36] + content[36:52] + now[52 : len(content)] == content
    assert found.part.size_bytes == len(now)
    assert found.part.duration_s == pytest.approx(3.0, abs=1.0)
    before, after = play(content), play(now)
    assert {kind: track.bodies for kind, track in after.items()} == {
        kind: track.bodies for kind, track in before.items()
    }
    assert list(cut_off.parent.iterdir()) == [found.part.path]


@pytest.mark.parametrize("lost", [0, 5_000])
def test_it_looks_as_old_as_it_is(lost: int, cut_off: Path) -> None:
    cut_off.write_bytes(cut_off.read_bytes()[: cut_off.stat().st_size - lost])
    os.utime(cut_off, (1_700_000_000, 1_700_000_000))
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.part.path.stat().st_mtime == 1_700_000_000


def test_the_room_that_was_kept_aside_for_its_end_is_free_for_it(cut_off: Path) -> None:
    reserve = cut_off.with_name(BALLAST_NAME)
    reserve.write_bytes(bytes(1000))

    def look(file: Path, folder: Path) -> Finding:
        assert not reserve.exists()
        return look_into(file, folder)

    found = recover_left_behind(cut_off, look)
    assert found is not None
    assert list(cut_off.parent.iterdir()) == [found.part.path]


def test_it_can_be_gone_through_as_an_ordinary_file(cut_off: Path) -> None:
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    with av.open(str(found.part.path)) as container:
        assert container.streams.video[0].frames == len(play(found.part.path)[MediaKind.VIDEO].pts_ms)
    assert found.part.path.read_bytes()[48:52] == b"mdat"


def test_what_a_write_that_never_finished_left_behind_it_is_in_nobodys_way(cut_off: Path) -> None:
    whole = play(cut_off)
    with cut_off.open("ab") as file:
        file.write(bytes(8) + b"of a fragment that never counted" * 100)
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.original is None
    assert play(found.part.path)[MediaKind.VIDEO].bodies == whole[MediaKind.VIDEO].bodies


def test_a_damaged_one_is_kept_beside_the_one_that_was_made_of_it(cut_off: Path) -> None:
    content = cut_off.read_bytes()[:-5_000]
    cut_off.write_bytes(content)
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.part.path == cut_off.with_name("show.mp4")
    assert found.original == cut_off.with_name("show.recording.mp4.original")
    assert found.original.read_bytes() == content
    assert play(found.part.path)[MediaKind.VIDEO].pts_ms
    assert sorted(cut_off.parent.iterdir()) == [found.part.path, found.original]


def test_a_kill_before_the_new_file_got_its_name_is_made_good(cut_off: Path) -> None:
    cut_off.write_bytes(cut_off.read_bytes()[:-5_000])
    first = recover_left_behind(cut_off, look_into)
    assert first is not None
    folder = cut_off.with_name(".show.recording.mp4.recovering")
    folder.mkdir()
    first.part.path.rename(folder / NEW_NAME)
    found = recover_left_behind(cut_off, look_into)
    assert found == first
    assert not folder.exists()


def test_where_there_is_no_room_for_a_copy_what_plays_gets_its_name_as_it_is(
    cut_off: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = cut_off.read_bytes()[:-5_000]
    cut_off.write_bytes(content)

    def full(path: Path) -> OSFile:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(recovery, "OSFile", full)
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.original is None
    assert found.part.path.read_bytes() == content
    assert list(cut_off.parent.iterdir()) == [found.part.path]


def test_where_there_is_no_room_for_an_index_the_file_plays_without_it(
    cut_off: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = cut_off.read_bytes()
    disk = FakeDisk(capacity=0)
    monkeypatch.setattr(left_behind, "open_existing", lambda path: SafeFile(disk, size=len(content)))
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.part.path.read_bytes() == content
    assert disk.is_closed


def test_a_file_of_that_name_stays_as_it_is(cut_off: Path) -> None:
    other = cut_off.with_name("show.mp4")
    other.write_bytes(b"of somebody else")
    found = recover_left_behind(cut_off, look_into)
    assert found is not None
    assert found.part.path == cut_off.with_name("show (2).mp4")
    assert other.read_bytes() == b"of somebody else"


def test_a_recording_that_was_finished_before_its_process_died_is_found(tmp_path: Path) -> None:
    recorder = Recorder(RecordingOptions(folder=tmp_path), name="show")
    recorder.start()
    recorder.offer(packets_of(flv_clip(seconds=3)))
    result = recorder.close()
    found = recover_left_behind(tmp_path / "show.recording.mp4", look_into)
    assert found is not None
    assert found.was_finished
    assert found.part.path == result.path
    assert found.part.duration_s == pytest.approx(result.duration_s, abs=0.1)


def test_a_file_in_which_nothing_plays_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "show.recording.mp4"
    assert recover_left_behind(path, look_into) is None
    for content in (b"", b"\0" * 4096):
        path.write_bytes(content)
        assert recover_left_behind(path, look_into) is None
        assert path.read_bytes() == content


# --- whoever looks into the file is not trusted, and may fail ----------------------------------------------------------


def test_a_look_that_fails_leaves_everything_where_it_is(cut_off: Path) -> None:
    content = cut_off.read_bytes()

    def failing(file: Path, folder: Path) -> Finding:
        (folder / NEW_NAME).write_bytes(b"half")
        raise UserError("It breaks what reads it.")

    with pytest.raises(UserError, match="breaks"):
        recover_left_behind(cut_off, failing)
    assert cut_off.read_bytes() == content
    assert list(cut_off.parent.iterdir()) == [cut_off]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_look_that_makes_a_link_is_not_followed(cut_off: Path) -> None:
    content = cut_off.read_bytes()

    def malicious(file: Path, folder: Path) -> Finding:
        (folder / NEW_NAME).symlink_to("/etc/passwd")
        return Finding(state=FileState.DAMAGED, duration_s=1.0, size_bytes=len(content))

    with pytest.raises(BugError):
        recover_left_behind(cut_off, malicious)
    assert cut_off.read_bytes() == content
    assert list(cut_off.parent.iterdir()) == [cut_off]


def test_a_file_that_somebody_still_writes_to_is_not_written_to(cut_off: Path) -> None:
    def slow(file: Path, folder: Path) -> Finding:
        found = look_into(file, folder)
        with file.open("ab") as other:
            other.write(b"more")
        return found

    with pytest.raises(BugError, match="still writes"):
        recover_left_behind(cut_off, slow)
    assert cut_off.read_bytes().endswith(b"more")


def test_a_finished_file_that_its_disk_lost_the_end_of_is_saved_like_an_unfinished_one(
    tmp_path: Path,
) -> None:
    content = finished()[: finished().rfind(b"moov") - 4]
    path = tmp_path / "show.mp4"
    path.write_bytes(content)
    found = recover_left_behind(tmp_path / "show.recording.mp4", look_into)
    assert found is not None
    assert found.part.path == path
    assert not found.was_finished
    assert found.original == tmp_path / "show.mp4.original"
    assert found.original.read_bytes() == content
    assert play(path)[MediaKind.VIDEO].bodies == play(finished())[MediaKind.VIDEO].bodies
