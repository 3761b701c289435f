"""What ``powerstream vod clip`` and ``export`` do besides asking the service."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from powerstream_desktop.cli.vod_clips import MomentType, copy_film
from powerstream_desktop.common.errors import SystemFault, UserError


@pytest.mark.parametrize(
    ("text", "moment_ms"),
    [
        ("0", 0),
        ("62", 62_000),
        ("62.5", 62_500),
        ("1:02", 62_000),
        ("01:02.250", 62_250),
        ("1:01:02.5", 3_662_500),
        ("90:00", 5_400_000),
    ],
)
def test_moments_are_written_as_people_write_them(text: str, moment_ms: int) -> None:
    assert MomentType().convert(text, None, None) == moment_ms


@pytest.mark.parametrize("text", ["", "a", "1:62", "1:2:3:4", "-5", "1.2345", "1:", "nan"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no moment"):
        MomentType().convert(text, None, None)


def test_a_film_is_copied_into_a_folder_or_to_a_name(tmp_path: Path) -> None:
    film, folder = tmp_path / "film.mp4", tmp_path / "folder"
    film.write_bytes(b"film")
    folder.mkdir()
    assert copy_film(film, folder) == folder / "film.mp4"
    assert copy_film(film, folder / "other.mp4").read_bytes() == b"film"
    assert sorted(each.name for each in folder.iterdir()) == ["film.mp4", "other.mp4"]


def test_nothing_is_overwritten_and_no_folder_made(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film")
    for target in (tmp_path, film, tmp_path / "nowhere" / "film.mp4"):
        with pytest.raises(UserError):
            copy_film(film, target)
    assert [each.name for each in tmp_path.iterdir()] == ["film.mp4"]


def test_of_a_copy_that_fails_nothing_is_left(tmp_path: Path) -> None:
    def half(_: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(SystemFault, match="No space left"):
        copy_film(tmp_path / "film.mp4", tmp_path / "copy.mp4", copy=half)
    assert list(tmp_path.iterdir()) == []
