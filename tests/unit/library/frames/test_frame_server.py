"""The frame server with films that carry their pictures' numbers."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frame_protocol import (
    FRAME_COMMANDS,
    AskFrame,
    FilmOpened,
    FilmRefused,
    FrameCommand,
    FrameLost,
    FrameReport,
    FrameShown,
    OpenFilm,
    ReportStream,
)
from powerstream_desktop.library.frames.film import Film
from powerstream_desktop.library.frames.frame_server import FrameServer, most_kept
from tests.bench.engine.stamp import read_number
from tests.unit.library.frames.film_maker import SIZE, make_film

PICTURES = 70


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("film") / "numbered film.mp4", PICTURES)


def served(*commands: FrameCommand) -> list[tuple[FrameReport, bytes]]:
    reports = io.BytesIO()
    confined: list[Path] = []
    FrameServer(reports, confined.append).serve(io.BytesIO(b"".join(map(FRAME_COMMANDS.encode, commands))))
    assert confined == [Path(each.file) for each in commands if isinstance(each, OpenFilm)]
    return list(ReportStream().take(reports.getvalue()))


def ask(number: int, at_us: int, steps: int = 0, size: tuple[int, int] = SIZE) -> AskFrame:
    return AskFrame(number=number, at_us=at_us, steps=steps, width=size[0], height=size[1])


def number_in(report: FrameReport, picture: bytes) -> int | None:
    assert isinstance(report, FrameShown)
    rows = np.frombuffer(picture, np.uint8).reshape(-1, report.stride)[: report.height, : report.width * 4]
    return read_number(np.ascontiguousarray(rows[:, 1::4]))


def test_a_film_tells_its_size_and_length(film: Path) -> None:
    [(opened, _)] = served(OpenFilm(number=1, file=str(film)))
    assert isinstance(opened, FilmOpened)
    assert (opened.width, opened.height, opened.frame_us) == (*SIZE, 33_333)
    assert abs(opened.length_us - PICTURES * 1_000_000 / 30) < 50_000


def test_a_film_in_which_no_place_can_be_reached_is_refused_in_words(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stuck:
        def seek(self, *_: object, **__: object) -> None:
            raise av.error.InvalidDataError(1, "no place")

    opened = Film(film)
    with monkeypatch.context() as patched:
        patched.setattr(opened, "_container", Stuck())
        with pytest.raises(PowerStreamError, match="is damaged"):
            opened.seek(0)
    opened.close()


def test_every_picture_is_found_by_its_moment(film: Path) -> None:
    wanted = [40, 3, 69, 0, 31, 30, 29, 15]
    asked = [ask(place + 2, number * 1_000_000 // 30 + 500) for place, number in enumerate(wanted)]
    _, *shown = served(OpenFilm(number=1, file=str(film)), *asked)
    assert [number_in(*each) for each in shown] == wanted


def test_steps_go_on_and_back_picture_by_picture(film: Path) -> None:
    asked = [ask(place + 2, 1_000_500, step) for place, step in enumerate(range(-20, 21))]
    _, *shown = served(OpenFilm(number=1, file=str(film)), *asked)
    assert [number_in(*each) for each in shown] == list(range(10, 51))


def test_a_picture_is_no_larger_than_its_place_and_than_itself(film: Path) -> None:
    small, large = (128, 500), (9000, 9000)
    _, first, second = served(
        OpenFilm(number=1, file=str(film)), ask(2, 0, size=small), ask(3, 0, size=large)
    )
    assert isinstance(first[0], FrameShown)
    assert isinstance(second[0], FrameShown)
    assert (first[0].width, first[0].height) == (128, 64)
    assert (second[0].width, second[0].height) == SIZE


@pytest.mark.parametrize(
    "content", [b"", b"no film at all" * 100, b"\x00\x00\x00\x18ftypisom" + b"\x00" * 200]
)
def test_what_is_no_film_is_refused_as_such(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken.mp4"
    file.write_bytes(content)
    (refused, _), (lost, _) = served(OpenFilm(number=1, file=str(file)), ask(2, 0))
    assert isinstance(refused, FilmRefused)
    assert refused.title.startswith("broken.mp4 is ")
    assert lost == FrameLost(number=2)


def test_a_file_that_is_not_there_is_refused_as_such(tmp_path: Path) -> None:
    [(refused, _)] = served(OpenFilm(number=1, file=str(tmp_path / "gone.mp4")))
    assert isinstance(refused, FilmRefused)
    assert refused.title == "There is no file gone.mp4."


def test_another_film_takes_the_place_of_the_first(film: Path, tmp_path: Path) -> None:
    other = make_film(tmp_path / "other.mp4", 5)
    *_, shown = served(
        OpenFilm(number=1, file=str(film)),
        ask(2, 1_000_500),
        OpenFilm(number=3, file=str(other)),
        ask(4, 9_999_999),
    )
    assert number_in(*shown) == 4


def test_a_film_that_breaks_off_shows_what_there_is(film: Path, tmp_path: Path) -> None:
    content = bytearray(film.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = b"\xff" * 400
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(content)
    _, first = served(OpenFilm(number=1, file=str(damaged)), ask(2, 0))
    assert number_in(*first) == 0


def test_large_pictures_are_kept_in_smaller_numbers() -> None:
    assert most_kept(320, 180) == 240
    assert 8 < most_kept(1920, 1080) < most_kept(1280, 720) < 240
    assert most_kept(7680, 4320) == 8
