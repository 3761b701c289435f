"""The file under the muxer."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.recording.raw_file import OSFile
from powerstream_desktop.recording.safe_file import SafeFile
from tests.unit.recording.fakes import FakeDisk, Synced, Written


def test_a_short_write_goes_on_where_it_stopped() -> None:
    disk = FakeDisk(longest_write=3)
    file = SafeFile(disk)
    file.append(b"0123456789ABCDEF")
    assert disk.content() == b"0123456789ABCDEF"
    assert len(disk.trace) == 6
    assert file.size == 16


def test_what_is_appended_becomes_visible_with_its_first_eight_bytes_which_are_written_last() -> None:
    disk = FakeDisk()
    file = SafeFile(disk)
    file.append(b"SIZETYPEcontent")
    file.append(b"SIZETYPEmore")
    assert disk.trace == [
        Written(8, b"content"),
        Written(0, b"SIZETYPE"),
        Written(23, b"more"),
        Written(15, b"SIZETYPE"),
    ]


def test_a_disk_that_fills_in_a_box_leaves_a_box_without_size_or_type() -> None:
    disk = FakeDisk(capacity=20)
    file = SafeFile(disk)
    file.append(b"SIZETYPE")
    with pytest.raises(SystemFault):
        file.append(b"SIZETYPEcontent")
    assert disk.content() == b"SIZETYPE" + bytes(8) + b"cont"


def test_appending_never_syncs_by_itself() -> None:
    disk = FakeDisk()
    file = SafeFile(disk)
    file.append(b"abc")
    file.append(b"def")
    assert Synced() not in disk.trace


def test_a_write_that_goes_back_waits_until_all_before_it_is_durable() -> None:
    disk = FakeDisk()
    file = SafeFile(disk)
    file.append(b"free....index")
    file.patch(0, b"mdat")
    assert disk.trace[-2:] == [Synced(), Written(0, b"mdat")]
    assert disk.trace.count(Synced()) == 1
    assert disk.content() == b"mdat....index"


def test_only_what_was_written_before_a_sync_counts_as_durable() -> None:
    file = SafeFile(FakeDisk())
    file.append(b"12345")
    assert file.durable_size == 0
    file.sync()
    file.append(b"678")
    assert (file.durable_size, file.size) == (5, 8)
    file.close()
    assert file.durable_size == 8


def test_a_full_disk_says_so_and_what_fitted_stays() -> None:
    disk = FakeDisk(capacity=6)
    file = SafeFile(disk)
    file.append(b"1234")
    with pytest.raises(SystemFault, match="The disk is full") as caught:
        file.append(b"5678")
    assert caught.value.detail.startswith("ENOSPC")
    assert disk.content()[:4] == b"1234"


def test_after_a_fault_no_byte_is_written_any_more() -> None:
    disk = FakeDisk(capacity=4)
    file = SafeFile(disk)
    file.append(b"free")
    with pytest.raises(SystemFault):
        file.append(b"index")
    with pytest.raises(SystemFault, match="The disk is full"):
        file.patch(0, b"mdat")
    with pytest.raises(SystemFault, match="The disk is full"):
        file.sync()
    assert disk.content() == b"free"


def test_a_failed_sync_is_a_fault_for_good_and_makes_nothing_durable() -> None:
    disk = FakeDisk(failing_sync=errno.EIO)
    file = SafeFile(disk)
    file.append(b"1234")
    with pytest.raises(SystemFault, match="reports a fault"):
        file.sync()
    disk.failing_sync = None
    with pytest.raises(SystemFault, match="reports a fault"):
        file.sync()
    assert file.durable_size == 0


def test_a_fault_while_closing_still_closes() -> None:
    disk = FakeDisk(failing_sync=errno.EIO)
    file = SafeFile(disk)
    file.append(b"1234")
    with pytest.raises(SystemFault):
        file.close()
    assert disk.is_closed
    assert file.closed


def test_abandoning_keeps_what_it_can_and_never_raises() -> None:
    disk = FakeDisk(capacity=4)
    file = SafeFile(disk)
    with pytest.raises(SystemFault):
        file.append(b"12345")
    file.abandon()
    assert disk.trace[-1] == Synced()
    assert disk.is_closed


def test_abandoning_a_dead_disk_does_not_raise_either() -> None:
    disk = FakeDisk(failing_sync=errno.EIO)
    file = SafeFile(disk)
    file.append(b"1234")
    file.abandon()
    file.close()
    assert disk.is_closed


def test_a_real_file_is_private_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    file = SafeFile(OSFile(path))
    file.append(b"free, then the index")
    file.sync()
    file.patch(0, b"mdat")
    file.close()
    assert path.read_bytes() == b"mdat, then the index"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        OSFile(path)


def test_a_full_disk_is_given_room_once_and_the_write_goes_on_where_it_stood() -> None:
    disk = FakeDisk(capacity=20)
    asked: list[int] = []

    def make_room() -> bool:
        asked.append(len(disk.content()))
        disk.capacity = 40
        return True

    file = SafeFile(disk, make_room=make_room)
    file.append(b"0123456789abcdefghijklmnopqrst")
    assert disk.content() == b"0123456789abcdefghijklmnopqrst"
    with pytest.raises(SystemFault, match="full"):
        file.append(b"0123456789abcdefghijklmnopqrst")
    assert len(asked) == 1


def test_a_full_disk_without_anything_kept_aside_is_a_fault() -> None:
    file = SafeFile(FakeDisk(capacity=4), make_room=lambda: False)
    with pytest.raises(SystemFault, match="full"):
        file.append(b"12345")


def test_a_disk_that_fails_is_not_given_room() -> None:
    file = SafeFile(FakeDisk(failing_write=errno.EIO), make_room=lambda: pytest.fail("no use to it"))
    with pytest.raises(SystemFault):
        file.append(b"12345")


def test_a_file_that_was_cut_is_known_although_the_next_write_makes_it_as_long_as_before(
    tmp_path: Path,
) -> None:
    file = SafeFile(OSFile(tmp_path / "a.mp4"))
    file.append(bytes(1_000))
    os.truncate(tmp_path / "a.mp4", 100)
    file.append(bytes(1_000))
    assert (tmp_path / "a.mp4").stat().st_size == 2_000
    assert file.facts().size_bytes == 100
    file.close()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can take the name from an open file there")
def test_a_real_file_knows_whether_its_name_still_stands_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    file = SafeFile(OSFile(path))
    file.append(b"12345678")
    known = [file.facts().is_there]
    path.rename(tmp_path / "b.mp4")
    known.append(file.facts().is_there)
    path.write_bytes(b"another")
    known.append(file.facts().is_there)
    file.close()
    assert known == [True, False, False]
