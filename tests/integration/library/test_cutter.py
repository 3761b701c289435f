"""Clips of real films: every picture tells its number, every piece of sound where it is from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.library.clips.cut_request import DRAFT_NAME, ClipMode, CutRequest, CutResult
from powerstream_desktop.library.clips.cutter import cut
from tests.bench.engine import stamp
from tests.integration.library.stamped_film import (
    FPS,
    HEIGHT,
    RATE,
    WIDTH,
    Seen,
    luma_of,
    origin_of_sound,
    picture,
    steps,
    watch,
    write_film,
)

AAC_FRAME_S = 1024 / RATE
SECONDS = 8
B_FRAMES = "keyint=60:min-keyint=60:scenecut=0:bframes=3:b-adapt=0"
NO_B_FRAMES = "keyint=45:min-keyint=45:scenecut=0:bframes=0"
OPEN_GROUPS = "keyint=60:min-keyint=60:scenecut=0:bframes=3:b-adapt=0:open-gop=1"
PYRAMID = "keyint=90:min-keyint=90:scenecut=0:bframes=5:b-adapt=0:b-pyramid=normal:ref=3"


@pytest.fixture(
    scope="module",
    params=[B_FRAMES, NO_B_FRAMES, PYRAMID, OPEN_GROUPS],
    ids=["b", "no-b", "pyramid", "open-groups"],
)
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("film") / "film.mp4", SECONDS, x264=request.param)


@pytest.fixture(scope="module")
def usual_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("film") / "film.mp4", SECONDS)


def clip_of(film: Path, folder: Path, request: CutRequest) -> tuple[Path, CutResult, list[float]]:
    told: list[float] = []
    result = cut(film, folder, request, told.append)
    return folder / DRAFT_NAME, result, told


def exact(start_ms: int, end_ms: int, centre_x: float | None = None) -> CutRequest:
    return CutRequest(start_ms=start_ms, end_ms=end_ms, mode=ClipMode.EXACT, centre_x=centre_x)


def assert_sound_fits(seen: Seen, start_s: float, end_s: float, frame_s: float = AAC_FRAME_S) -> None:
    """The sound begins where the picture does, to the millisecond, and ends with it, to one of its frames."""
    second = seen.samples[:RATE]
    heard_from = origin_of_sound(second, start_s + seen.heard_from) - seen.heard_from
    assert heard_from == pytest.approx(start_s, abs=0.0015)
    length_s = len(seen.samples) / RATE + seen.heard_from
    assert length_s == pytest.approx(end_s - start_s, abs=frame_s + 0.001)
    last_origin = origin_of_sound(seen.samples[-RATE // 2 :], start_s + length_s - 0.5)
    assert last_origin == pytest.approx(start_s + length_s - 0.5, abs=0.0015)


def milliseconds(frame: int) -> int:
    return round(frame * 1000 / FPS)


@pytest.mark.parametrize(
    ("first", "behind"), [(37, 199), (60, 181), (0, 240), (121, 122), (65, 118), (50, 178)]
)
def test_an_exact_clip_shows_every_frame_that_is_wanted_and_no_other(
    film: Path, tmp_path: Path, first: int, behind: int
) -> None:
    path, result, _ = clip_of(film, tmp_path, exact(milliseconds(first), milliseconds(behind)))
    seen = watch(path)
    assert seen.numbers == list(range(first, behind))
    assert seen.times[0] == pytest.approx(0, abs=0.001)
    assert all(abs(each - 1 / FPS) < 0.0015 for each in steps(seen.times))
    assert (result.start_ms, result.end_ms) == (milliseconds(first), milliseconds(behind))
    if behind - first > FPS:
        assert_sound_fits(seen, milliseconds(first) / 1000, milliseconds(behind) / 1000)


def test_no_picture_of_an_exact_clip_is_broken(film: Path, tmp_path: Path) -> None:
    path, _, _ = clip_of(film, tmp_path, exact(milliseconds(37), milliseconds(199)))
    with av.open(str(path)) as clip:
        for frame in clip.decode(video=0):
            luma = luma_of(frame)
            number = stamp.read_number(luma)
            assert number is not None
            wanted = luma_of(picture(number))
            assert np.abs(luma.astype(int) - wanted.astype(int)).mean() < 4


def test_of_an_exact_clip_only_the_edges_are_encoded_anew(usual_film: Path, tmp_path: Path) -> None:
    path, _, _ = clip_of(usual_film, tmp_path, exact(milliseconds(37), milliseconds(199)))
    assert len(packets(usual_film) & packets(path)) >= 180 - 60
    assert all(frame in packets(path) for frame in packets_between(usual_film, 60, 178))


def packets(path: Path) -> set[bytes]:
    with av.open(str(path)) as film:
        return {bytes(packet) for packet in film.demux(video=0) if packet.size}


def packets_between(path: Path, first: int, last: int) -> list[bytes]:
    with av.open(str(path)) as film:
        tick_s = film.streams.video[0].time_base or Fraction(1)
        return [
            bytes(packet)
            for packet in film.demux(video=0)
            if packet.pts is not None and first <= round(packet.pts * tick_s * FPS) <= last
        ]


def test_a_seek_into_an_exact_clip_finds_the_right_frame_on_both_sides_of_a_seam(
    usual_film: Path, tmp_path: Path
) -> None:
    path, _, _ = clip_of(usual_film, tmp_path, exact(milliseconds(37), milliseconds(199)))
    with av.open(str(path)) as clip:
        video = clip.streams.video[0]
        for wanted in (161, 0, 22, 23, 100, 24, 160, 5):
            at_s = (milliseconds(37 + wanted) - milliseconds(37)) / 1000
            clip.seek(int(at_s / (video.time_base or Fraction(1))), stream=video)
            found = next(each for each in clip.decode(video) if (each.time or 0) >= at_s - 0.002)
            assert stamp.read_number(luma_of(found)) == 37 + wanted


def test_a_fast_clip_begins_at_the_key_frame_before_and_says_so(film: Path, tmp_path: Path) -> None:
    path, result, _ = clip_of(film, tmp_path, CutRequest(start_ms=3300, end_ms=6033))
    seen = watch(path)
    first, behind = round(result.start_ms * FPS / 1000), round(result.end_ms * FPS / 1000)
    assert first <= 99 and behind >= 181  # noqa: PT018 - what is wanted is inside
    assert behind - 181 <= 6
    assert seen.numbers == list(range(first, behind))
    assert packets(path) <= packets(film)
    assert_sound_fits(seen, result.start_ms / 1000, result.end_ms / 1000)


def test_progress_grows_to_the_end(usual_film: Path, tmp_path: Path) -> None:
    _, _, told = clip_of(usual_film, tmp_path, exact(1234, 6543))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 20


def test_an_upright_clip_keeps_the_part_that_was_placed(usual_film: Path, tmp_path: Path) -> None:
    path, result, _ = clip_of(usual_film, tmp_path, exact(milliseconds(37), milliseconds(97), centre_x=0.75))
    with av.open(str(path)) as clip:
        frames = [luma_of(frame) for frame in clip.decode(video=0)]
    assert len(frames) == 60
    assert frames[0].shape == (HEIGHT, 162)
    left = round(0.75 * WIDTH - 81) // 2 * 2
    wanted = luma_of(picture(37))[:, left : left + 162]
    assert np.abs(frames[0].astype(int) - wanted.astype(int)).mean() < 4
    assert (result.start_ms, result.end_ms) == (milliseconds(37), milliseconds(97))


def test_a_film_of_another_codec_is_encoded_as_a_whole_and_exact_all_the_same(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", 3, codec="libx265", x264="keyint=30:bframes=2:log-level=none")
    path, _, _ = clip_of(film, tmp_path, exact(milliseconds(10), milliseconds(70)))
    assert watch(path).numbers == list(range(10, 70))
    with av.open(str(path)) as clip:
        assert clip.streams.video[0].codec_context.name == "h264"


def test_a_fast_clip_of_another_codec_is_copied(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.mp4", 3, codec="libx265", x264="keyint=30:bframes=2:log-level=none")
    path, result, _ = clip_of(film, tmp_path, CutRequest(start_ms=1500, end_ms=2500))
    first, behind = round(result.start_ms * FPS / 1000), round(result.end_ms * FPS / 1000)
    assert watch(path).numbers == list(range(first, behind))


@pytest.mark.parametrize("container", ["matroska", "flv", "mpegts"])
def test_films_in_other_containers_can_be_cut_exactly(tmp_path: Path, container: str) -> None:
    film = write_film(tmp_path / "film.any", 4, container=container)
    whole = watch(film)
    with av.open(str(film)) as opened:
        begins_s = (opened.start_time or 0) / av.time_base
    start_ms, end_ms = (round((whole.times[number] - begins_s) * 1000) for number in (37, 97))
    path, _, _ = clip_of(film, tmp_path, exact(start_ms, end_ms))
    seen = watch(path)
    assert seen.numbers == list(range(37, 97))
    assert_sound_fits(seen, 37 / FPS, 97 / FPS)


@pytest.mark.parametrize(
    ("codec", "frame_s"), [("libopus", 0.02), ("flac", 0.1), (None, 0.0)], ids=["opus", "flac", "none"]
)
def test_other_sound_and_no_sound_go_with_the_picture(
    tmp_path: Path, codec: str | None, frame_s: float
) -> None:
    film = write_film(tmp_path / "film.mkv", 4, container="matroska", audio=codec)
    path, _, _ = clip_of(film, tmp_path, exact(milliseconds(37), milliseconds(97)))
    seen = watch(path)
    assert seen.numbers == list(range(37, 97))
    if codec is not None:
        assert_sound_fits(seen, milliseconds(37) / 1000, milliseconds(97) / 1000, frame_s)


@pytest.mark.parametrize(("start_ms", "end_ms"), [(3000, 3000), (3000, 2000), (8100, 8200), (1000, 20_000)])
def test_what_cannot_be_cut_is_refused_in_a_sentence(
    usual_film: Path, tmp_path: Path, start_ms: int, end_ms: int
) -> None:
    with pytest.raises(UserError) as refused:
        clip_of(usual_film, tmp_path, exact(start_ms, end_ms))
    assert refused.value.hint


def test_what_is_no_film_is_refused_in_a_sentence(tmp_path: Path) -> None:
    text = tmp_path / "film.mp4"
    text.write_text("These are only words.\n" * 100, "utf-8")
    with pytest.raises(UserError):
        clip_of(text, tmp_path, exact(0, 1000))


def test_a_film_that_is_gone_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        clip_of(tmp_path / "gone.mp4", tmp_path, exact(0, 1000))
