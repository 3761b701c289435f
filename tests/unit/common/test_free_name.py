"""A file gets a name that nobody has, and nothing is overwritten, also where somebody comes at the last moment."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.free_name import rename_to_free


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", refuse)


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of a disk that has hard links, and of one that has none."""
    if not request.param:
        if sys.platform == "win32":
            pytest.skip("Windows renames without a link")
        without_links(monkeypatch)
    return tmp_path


def test_a_free_name_is_given(disk: Path) -> None:
    (disk / "one").write_bytes(b"mine")
    rename_to_free(disk / "one", disk / "two")
    assert ((disk / "two").read_bytes(), (disk / "one").exists()) == (b"mine", False)


@pytest.mark.parametrize("content", [b"somebody else's", b""])
def test_a_name_that_is_taken_stays_who_has_it(disk: Path, content: bytes) -> None:
    (disk / "one").write_bytes(b"mine")
    (disk / "two").write_bytes(content)
    with pytest.raises(FileExistsError):
        rename_to_free(disk / "one", disk / "two")
    assert ((disk / "one").read_bytes(), (disk / "two").read_bytes()) == (b"mine", content)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_link_that_leads_nowhere_has_its_name_too(disk: Path) -> None:
    (disk / "one").write_bytes(b"mine")
    (disk / "two").symlink_to(disk / "nowhere")
    with pytest.raises(FileExistsError):
        rename_to_free(disk / "one", disk / "two")
    assert (disk / "two").is_symlink()
    assert not (disk / "nowhere").exists()


def test_what_the_disk_refuses_is_passed_on_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"mine")
    with pytest.raises(FileNotFoundError):
        rename_to_free(tmp_path / "one", tmp_path / "no folder" / "two")
    assert (tmp_path / "one").read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames in one step")
@pytest.mark.parametrize(("has_links", "step"), [(True, "unlink"), (False, "replace")])
def test_a_last_step_that_is_refused_leaves_nothing_in_the_way_of_the_next_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool, step: str
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"mine")
    if not has_links:
        without_links(monkeypatch)
    real = getattr(Path, step)

    def refuse(self: Path, *args: object) -> object:
        if self == one:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        return real(self, *args)

    with monkeypatch.context() as busy:
        busy.setattr(Path, step, refuse)
        with pytest.raises(OSError, match="busy"):
            rename_to_free(one, two)
    assert (one.read_bytes(), two.exists()) == (b"mine", False)
    rename_to_free(one, two)
    assert (two.read_bytes(), one.exists()) == (b"mine", False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames in one step")
@pytest.mark.parametrize(("has_links", "step"), [(True, "unlink"), (False, "replace")])
def test_a_disk_that_refuses_what_it_has_done_costs_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool, step: str
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"mine")
    if not has_links:
        without_links(monkeypatch)
    real = getattr(Path, step)

    def answer_lost(self: Path, *args: object) -> object:
        done = real(self, *args)
        if self == one:  # asked a second time, the server knows the old name no more
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return done

    with monkeypatch.context() as far:
        far.setattr(Path, step, answer_lost)
        with pytest.raises(FileNotFoundError):
            rename_to_free(one, two)
    assert two.read_bytes() == b"mine"
