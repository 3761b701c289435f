"""What ``powerstream vod clip`` and ``export`` do besides asking the service."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn, cast

import click
import pytest

from powerstream_desktop.cli import ctl, vod
from powerstream_desktop.cli.main import main
from powerstream_desktop.cli.vod_clips import MomentType, clip_as_it_is, copy_film
from powerstream_desktop.client.clips import Clips
from powerstream_desktop.client.errors import ServiceGoneError, may_have_changed
from powerstream_desktop.common.errors import SystemFault, UserError
from tests.unit.desktop.review.fake_clips import FakeClips


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


def test_a_clip_of_a_service_that_is_gone_is_told_as_failed() -> None:
    clips = FakeClips()
    clip = clips.make("as1", start_ms=0, end_ms=1000)
    assert clip_as_it_is(cast("Clips", clips), clip) == clip
    clips.clips.clear()
    with pytest.raises(ServiceGoneError, match="started anew") as raised:
        clip_as_it_is(cast("Clips", clips), clip)
    assert may_have_changed(raised.value)


@pytest.mark.parametrize("name", vod.COMMANDS)
def test_every_command_of_the_library_is_where_it_is_said_to_be(name: str) -> None:
    found = vod.command.get_command(click.Context(vod.command), name)
    assert found is not None
    assert (found.name, bool(found.help)) == (name, True)
    assert ctl.command.get_command(click.Context(ctl.command), "vod") is vod.command


@pytest.mark.parametrize(("has_changed", "code"), [(True, 1), (False, 2)])
def test_what_may_have_been_done_in_part_has_failed_and_what_was_refused_was_never_begun(
    has_changed: bool, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone() -> NoReturn:
        raise ServiceGoneError("It is gone.", has_changed=has_changed)

    monkeypatch.setattr("powerstream_desktop.cli.vod_library.service", gone)
    monkeypatch.setattr(sys, "argv", ["powerstream", "vod", "show", "as1"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert capsys.readouterr().err == "powerstream: It is gone.\n"
