"""Copies of films: whole under a name of their own, or not there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.media.film_copy import copy_film

DAY_S = 24 * 3600


def test_a_copy_that_is_not_wanted_any_more_is_given_up_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("powerstream_desktop.service.media.film_copy._PIECE_BYTES", 10)
    film, folder = tmp_path / "film.mp4", tmp_path / "recordings"
    film.write_bytes(bytes(100))
    asked: list[int] = []

    def is_wanted() -> bool:
        asked.append(sum(each.stat().st_size for each in folder.iterdir()))
        return len(asked) < 4

    with pytest.raises(SystemFault, match="ending"):
        copy_film(film, folder, is_wanted)
    assert len(asked) == 4
    assert list(folder.iterdir()) == []
    assert film.stat().st_size == 100


def test_what_a_service_that_was_killed_left_of_a_copy_goes_after_a_day(tmp_path: Path) -> None:
    film, folder = tmp_path / "film.mp4", tmp_path / "recordings"
    folder.mkdir()
    film.write_bytes(b"film")
    old, young = folder / ".import-old.mp4", folder / ".import-young.mp4"
    for each in (old, young):
        each.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * DAY_S,) * 2)
    assert copy_film(film, folder, lambda: True) == folder / "film.mp4"
    assert sorted(each.name for each in folder.iterdir()) == [".import-young.mp4", "film.mp4"]
