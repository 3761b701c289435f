from __future__ import annotations

import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.whole_file import replace_file


def test_a_file_is_there_with_its_content_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "scenes.json"
    replace_file(path, b"old")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list decides")
def test_only_this_user_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "scenes.json"
    replace_file(path, b"new")
    assert path.stat().st_mode & 0o077 == 0


def test_what_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    occupied = tmp_path / "scenes.json"
    occupied.mkdir()
    with pytest.raises(OSError, match=r"scenes\.json"):
        replace_file(occupied, b"new")
    assert list(tmp_path.iterdir()) == [occupied]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "nowhere" / "scenes.json", b"new")
    assert list(tmp_path.iterdir()) == []
