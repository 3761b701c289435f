"""Files that are there already."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from powerstream_desktop.recording.existing_file import OverlaidFile, open_existing

CONTENT = bytes(range(100))
PATCHED = CONTENT[:40] + b"patch" + CONTENT[45:]
WHOLE = PATCHED + b"appended"


def overlaid() -> OverlaidFile:
    return OverlaidFile(io.BytesIO(CONTENT), (40, b"patch"), b"appended")


@pytest.mark.parametrize("piece", [1, 3, 7, 39, 41, 64, 1000])
def test_it_reads_as_the_file_that_will_be(piece: int) -> None:
    file = overlaid()
    assert b"".join(iter(lambda: file.read(piece), b"")) == WHOLE


def test_one_can_go_back_and_forth_in_it() -> None:
    file = overlaid()
    for at in range(len(WHOLE)):
        assert file.seek(at) == at
        read = file.read(4)
        assert read
        assert WHOLE.startswith(read, at)
    assert file.seek(len(WHOLE) + 3) == len(WHOLE) + 3
    assert file.read(4) == b""
    assert file.seek(-8, io.SEEK_END) == 100
    assert file.read() == b"appended"
    assert file.seek(-4, io.SEEK_CUR) == file.tell() == 104
    assert file.readable()
    assert file.seekable()


def test_a_file_is_appended_to_and_patched_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "show.mp4"
    path.write_bytes(CONTENT)
    file = open_existing(path)
    assert file.size == file.durable_size == 100
    file.append(b"appended")
    file.patch(40, b"patch")
    file.close()
    assert path.read_bytes() == WHOLE


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_existing(tmp_path / "show.mp4")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(CONTENT)
    (tmp_path / "show.mp4").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        open_existing(tmp_path / "show.mp4")
