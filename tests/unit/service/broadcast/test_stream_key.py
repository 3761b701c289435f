from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.broadcast.stream_key import kept_stream_key, new_stream_key


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(tmp_path)})
    paths.ensure()
    return paths


def test_no_two_keys_are_the_same() -> None:
    assert new_stream_key() != new_stream_key()


def test_the_key_for_encoders_stays_the_same(paths: Paths) -> None:
    assert kept_stream_key(paths).key == kept_stream_key(paths).key


@pytest.mark.skipif(sys.platform == "win32", reason="the profile folder's access list does it there")
def test_only_its_owner_may_read_the_key(paths: Paths) -> None:
    assert stat.S_IMODE(kept_stream_key(paths).path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "short", "x" * 257, "two\nlines of it"])
def test_a_file_that_holds_no_key_is_refused(paths: Paths, content: str) -> None:
    kept_stream_key(paths).path.write_text(content)
    with pytest.raises(UserError, match="does not hold a stream key"):
        kept_stream_key(paths)


def test_a_file_that_cannot_be_read_says_why(paths: Paths) -> None:
    kept_stream_key(paths).path.write_bytes(b"\xff\xff\xff\xff\xff\xff\xff\xff")
    with pytest.raises(SystemFault, match="cannot be used: it is not text"):
        kept_stream_key(paths)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_leaves_no_half_key_behind(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    open_really = os.open

    def open_on_full_disk(path: Path, flags: int, mode: int) -> int:
        os.close(open_really(path, flags, mode))
        return open_really("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(os, "open", open_on_full_disk)
    with pytest.raises(SystemFault, match="No space left on device"):
        kept_stream_key(paths)
    monkeypatch.undo()
    assert kept_stream_key(paths).key
