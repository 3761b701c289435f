"""Taking and giving names in a folder."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.recording.folder import create_unfinished, prepare_folder, publish
from powerstream_desktop.recording.options import Container
from powerstream_desktop.recording.raw_file import OSFile


def test_a_missing_folder_is_made_and_no_trace_of_the_check_stays(tmp_path: Path) -> None:
    folder = tmp_path / "videos" / "live"
    prepare_folder(folder)
    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "videos"
    file.touch()
    with pytest.raises(UserError, match="is not a folder"):
        prepare_folder(file)
    with pytest.raises(UserError, match="is not a folder"):
        prepare_folder(file / "live")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files on Linux only")
def test_a_folder_that_takes_no_files_is_refused() -> None:
    with pytest.raises((UserError, SystemFault), match="/proc"):
        prepare_folder(Path("/proc"))


def test_the_first_recording_gets_the_wanted_name(tmp_path: Path) -> None:
    path, file = create_unfinished(tmp_path, "show", Container.MP4, OSFile)
    file.close()
    assert path == tmp_path / "show.recording.mp4"


@pytest.mark.parametrize("taken", ["show.mp4", "show.recording.mp4"])
def test_a_name_that_is_taken_finished_or_not_is_numbered(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_bytes(b"an older recording")
    path, file = create_unfinished(tmp_path, "show", Container.MP4, OSFile)
    file.close()
    assert path == tmp_path / "show (2).recording.mp4"
    assert (tmp_path / taken).read_bytes() == b"an older recording"


def test_two_recorders_in_one_second_get_two_files(tmp_path: Path) -> None:
    made = [create_unfinished(tmp_path, "show", Container.MP4, OSFile) for _ in range(3)]
    for _, file in made:
        file.close()
    assert [path.name for path, _ in made] == [
        "show.recording.mp4",
        "show (2).recording.mp4",
        "show (3).recording.mp4",
    ]


def test_a_folder_that_went_away_is_a_system_fault(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="is gone"):
        create_unfinished(tmp_path / "unplugged", "show", Container.MP4, OSFile)


def test_publishing_takes_the_unfinished_suffix_away(tmp_path: Path) -> None:
    unfinished = tmp_path / "show.recording.mp4"
    unfinished.write_bytes(b"whole")
    finished = publish(unfinished)
    assert finished == tmp_path / "show.mp4"
    assert finished.read_bytes() == b"whole"
    assert not unfinished.exists()


def test_publishing_never_replaces_what_came_there_meanwhile(tmp_path: Path) -> None:
    unfinished = tmp_path / "show.recording.mp4"
    unfinished.write_bytes(b"whole")
    (tmp_path / "show.mp4").write_bytes(b"somebody else's")
    finished = publish(unfinished)
    assert finished == tmp_path / "show (2).mp4"
    assert finished.read_bytes() == b"whole"
    assert (tmp_path / "show.mp4").read_bytes() == b"somebody else's"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames without a link")
@pytest.mark.parametrize("taken", [False, True])
def test_a_file_system_without_hard_links_does_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    unfinished = tmp_path / "show.recording.mp4"
    unfinished.write_bytes(b"whole")
    if taken:
        (tmp_path / "show.mp4").write_bytes(b"somebody else's")
    finished = publish(unfinished)
    assert finished.name == ("show (2).mp4" if taken else "show.mp4")
    assert finished.read_bytes() == b"whole"
    assert not unfinished.exists()


def test_an_unfinished_file_that_vanished_is_a_system_fault(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="is gone"):
        publish(tmp_path / "show.recording.mp4")
