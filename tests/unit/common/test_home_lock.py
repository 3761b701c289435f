from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.home_lock import FILE_NAME, HomeLock, is_home_served


def test_only_one_holds_it_and_then_the_next_may(tmp_path: Path) -> None:
    first, second = HomeLock(tmp_path), HomeLock(tmp_path)
    assert first.acquire()
    assert not second.acquire(patience_s=0)
    first.release()
    assert second.acquire(patience_s=0)
    second.release()


def test_homes_do_not_get_into_each_others_way(tmp_path: Path) -> None:
    locks = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        locks.append(HomeLock(tmp_path / name))
    assert [lock.acquire(patience_s=0) for lock in locks] == [True, True]
    for lock in locks:
        lock.release()


def test_one_who_only_looked_keeps_nobody_out(tmp_path: Path) -> None:
    looking, serving = HomeLock(tmp_path), HomeLock(tmp_path)
    assert looking.acquire()
    timer = threading.Timer(0.05, looking.release)
    timer.start()
    assert serving.acquire()
    timer.join()
    serving.release()


def test_whether_a_home_is_served_can_be_looked_at_without_taking_or_making_anything(tmp_path: Path) -> None:
    assert not is_home_served(tmp_path)
    assert list(tmp_path.iterdir()) == []
    lock = HomeLock(tmp_path)
    lock.acquire()
    assert is_home_served(tmp_path)
    lock.release()
    lock.release()
    assert not is_home_served(tmp_path)
    assert lock.acquire(patience_s=0)
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list decides")
def test_the_file_is_for_this_user_only_and_no_link_is_followed(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path)
    lock.acquire()
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    lock.release()
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemFault):
        lock.acquire()
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="cannot be made"):
        HomeLock(tmp_path / "nowhere").acquire()


def test_no_child_inherits_it(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path)
    lock.acquire()
    assert lock._descriptor is not None
    assert not os.get_inheritable(lock._descriptor)
    lock.release()
