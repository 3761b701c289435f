"""Where clips are written."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.clips.clip_place import ClipPlace, clip_name


@pytest.mark.parametrize(
    ("start_ms", "is_upright", "name"),
    [
        (0, False, "Show clip 00-00-00.mp4"),
        (1_562_999, False, "Show clip 00-26-02.mp4"),
        (36_000_000, True, "Show clip 10-00-00 9x16.mp4"),
    ],
)
def test_a_clip_is_named_after_its_film_and_its_beginning(start_ms: int, is_upright: bool, name: str) -> None:
    assert clip_name("Show", start_ms, is_upright=is_upright) == name


def test_a_clip_is_written_where_nobody_looks_and_moves_out_when_it_is_whole(tmp_path: Path) -> None:
    place = ClipPlace("cl1", (tmp_path,))
    place.make()
    assert place.folder.parent == tmp_path
    assert place.folder.name.startswith(".")
    place.draft.write_bytes(b"clip")
    (place.folder / "more").write_bytes(b"rest")
    assert place.publish("Show.mp4").read_bytes() == b"clip"
    place.remove()
    place.remove()
    assert [each.name for each in tmp_path.iterdir()] == ["Show.mp4"]


def test_what_a_service_that_was_killed_left_goes_after_a_day(tmp_path: Path) -> None:
    old, young = ClipPlace("cl1", (tmp_path,)), ClipPlace("cl2", (tmp_path,))
    old.make()
    young.make()
    old.draft.write_bytes(b"half a clip")
    film = tmp_path / ".powerstream-clip-of-somebody"
    film.write_bytes(b"a file is none of ours")
    two_days_ago = time.time() - 2 * 24 * 3600
    for each in (old.folder, film):
        os.utime(each, (two_days_ago, two_days_ago))
    ClipPlace("cl3", (tmp_path,)).make()
    assert not old.folder.exists()
    assert young.folder.exists()
    assert film.exists()


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    place = ClipPlace("cl1", (tmp_path / "gone", tmp_path / "gone too"))
    with pytest.raises(SystemFault, match="No clip can be written into"):
        place.make()
    place.remove()
    assert list(tmp_path.iterdir()) == []
