"""The folder: files are whole or not there, and nobody else's are touched."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.relay.hls.folder import HLSFolder
from powerstream_desktop.relay.hls.playlist import SIGNATURE


def test_a_missing_folder_is_made_and_counting_begins_at_0(tmp_path: Path) -> None:
    assert HLSFolder(tmp_path / "a" / "b").prepare() == 0
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_what_a_dead_run_left_is_deleted_and_counting_goes_on_behind_it(tmp_path: Path) -> None:
    for name in ("8.m4s", "9.m4s", "init-3.mp4", "10.m4s.part", "index.m3u8.part"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "index.m3u8").write_text(f"#EXTM3U\n{SIGNATURE}\n")
    assert HLSFolder(tmp_path).prepare() == 11
    assert list(tmp_path.iterdir()) == []


def test_other_peoples_files_survive_everything(tmp_path: Path) -> None:
    (tmp_path / "holiday.mp4").write_bytes(b"dear")
    (tmp_path / "notes").mkdir()
    folder = HLSFolder(tmp_path)
    folder.prepare()
    folder.write("0.m4s", [b"media"])
    folder.clear()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holiday.mp4", "notes"]


def test_somebody_elses_playlist_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.m3u8").write_text("#EXTM3U\n")
    with pytest.raises(UserError, match="not ours"):
        HLSFolder(tmp_path).prepare()
    assert (tmp_path / "index.m3u8").exists()


def test_a_file_in_the_folders_place_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "hls").write_bytes(b"")
    with pytest.raises(UserError, match="not a folder"):
        HLSFolder(tmp_path / "hls").prepare()


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nobody is refused: root, or other rights"
)
def test_a_folder_that_may_not_be_written_to_is_a_user_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written to"):
        HLSFolder(tmp_path).prepare()


def test_pieces_become_one_file_and_replace_the_one_before(tmp_path: Path) -> None:
    folder = HLSFolder(tmp_path)
    folder.write("index.m3u8", [b"one"])
    folder.write("index.m3u8", [b"t", memoryview(b"wo")])
    assert (tmp_path / "index.m3u8").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["index.m3u8"]


def test_a_folder_that_is_gone_is_a_fault_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(SystemFault):
        HLSFolder(tmp_path / "gone").write("0.m4s", [b"media"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_named_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "0.m4s.part").symlink_to("/dev/full")
    with pytest.raises(SystemFault, match="disk is full"):
        HLSFolder(tmp_path).write("0.m4s", [b"media"])
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_deleted_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "0.m4s").mkdir()
    (tmp_path / "0.m4s" / "child").write_bytes(b"")
    HLSFolder(tmp_path).remove(["0.m4s", "missing.m4s"])
    assert (tmp_path / "0.m4s").exists()
