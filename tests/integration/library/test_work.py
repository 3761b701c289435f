"""Work on media, as plain functions: looking into files, pictures, waveforms, checking."""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.library.workshop.pictures import draw_pictures, is_small
from powerstream_desktop.library.workshop.probing import facts_of
from powerstream_desktop.library.workshop.verifying import verify
from powerstream_desktop.library.workshop.waveform import measure_waveform
from tests.integration.library.drawn_films import Film, make_film


def task(file: Path, folder: Path | None = None) -> MediaTask:
    return MediaTask(file=file, folder=folder, request={}, report=lambda _: None)


def picture(path: Path) -> npt.NDArray[np.uint8]:
    with av.open(str(path)) as opened:
        return next(opened.decode(video=0)).to_ndarray(format="rgb24").astype(np.uint8)


def drawn(file: Path, folder: Path) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    folder.mkdir()
    draw_pictures(task(file, folder))
    return picture(folder / "thumbnail.jpg"), picture(folder / "strip.jpg")


@pytest.mark.parametrize(
    ("name", "container"),
    [("a.mp4", "mp4"), ("a.mov", "mp4"), ("a.mkv", "mkv"), ("a.flv", "flv"), ("a.ts", "ts")],
)
def test_a_look_into_a_file_tells_what_is_in_it(tmp_path: Path, name: str, container: str) -> None:
    film = make_film(tmp_path / name, Film(seconds=2))
    facts = facts_of(task(film))
    assert abs(facts.duration_ms - 2000) <= 250
    assert (facts.container, facts.width, facts.height, round(facts.fps)) == (container, 320, 180, 10)
    assert (facts.video_codec, facts.audio_codec, facts.audio_channels, facts.sample_rate) == (
        "h264",
        "aac",
        1,
        48000,
    )
    assert facts.size_bytes == film.stat().st_size
    assert facts.bitrate_kbps == facts.size_bytes * 8 // facts.duration_ms


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", Film(seconds=1)).rename(tmp_path / "a.m3u8")
    assert facts_of(task(film)).container == "mp4"


def test_a_film_without_sound_is_a_film(tmp_path: Path) -> None:
    facts = facts_of(task(make_film(tmp_path / "a.mp4", Film(seconds=1, sound=""))))
    assert (facts.audio_codec, facts.audio_channels, facts.sample_rate) == ("", 0, 0)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "film.mp4 is empty."),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "film.mp4 is a playlist, not a video."),
        (b"Dear diary", "film.mp4 is a text, not a video."),
        (b"\x00\x00\x00\x18ftypisom" + bytes(500), "film.mp4 is damaged."),
    ],
)
def test_what_is_no_video_is_refused_by_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(content)
    with pytest.raises(UserError) as refused:
        facts_of(task(file))
    assert refused.value.title == says
    assert refused.value.hint


def test_a_file_of_sound_alone_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "song.mp4"
    with av.open(str(file), "w") as container:
        stream: Any = container.add_stream("aac", rate=48000)
        stream.layout = "mono"
        block = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        block.sample_rate, block.pts = 48000, 0
        container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    with pytest.raises(UserError, match="has no pictures in it"):
        facts_of(task(file))


def test_pictures_in_a_codec_that_is_not_taken_are_refused_by_its_name(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mkv", Film(seconds=1, codec="mpeg4"))
    with pytest.raises(UserError, match="holds pictures in mpeg4"):
        facts_of(task(film))


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file gone\.mp4"):
        facts_of(task(tmp_path / "gone.mp4"))


@pytest.mark.parametrize(("name", "seconds"), [("short.mp4", 4.0), ("long.mp4", 36.0)])
def test_the_strip_shows_the_middle_of_each_twelfth(tmp_path: Path, name: str, seconds: float) -> None:
    """The picture is brighter from second to second: a tile's brightness is its time."""

    def brighter(film: Film, time_s: float) -> npt.NDArray[np.uint8]:
        return np.full((film.height, film.width, 3), 20 + round(time_s / film.seconds * 215), np.uint8)

    film = make_film(tmp_path / name, Film(seconds=seconds, gop=10, sound=""), brighter)
    _, strip = drawn(film, tmp_path / "out")
    assert strip.shape == (90, 1920, 3)
    tiles = [float(strip[20:70, tile * 160 + 20 : tile * 160 + 140].mean()) for tile in range(12)]
    middles = [20 + (tile + 0.5) / 12 * 215 for tile in range(12)]
    assert max(abs(shown - wanted) for shown, wanted in zip(tiles, middles, strict=True)) < 215 / 12


def test_of_a_long_film_nothing_but_key_frames_is_read(tmp_path: Path) -> None:
    """All else in it is made unreadable, and nobody notices."""

    def brighter(film: Film, time_s: float) -> npt.NDArray[np.uint8]:
        return np.full((film.height, film.width, 3), 20 + round(time_s / film.seconds * 215), np.uint8)

    film = make_film(tmp_path / "a.mp4", Film(seconds=36, gop=10, sound=""), brighter)
    with av.open(str(film)) as opened:
        others = [
            (each.pos, each.size) for each in opened.demux(video=0) if each.size and not each.is_keyframe
        ]
    content = bytearray(film.read_bytes())
    for place, size in others:
        assert place is not None
        content[place : place + size] = bytes(size)
    film.write_bytes(content)
    _, strip = drawn(film, tmp_path / "out")
    tiles = [float(strip[20:70, tile * 160 + 20 : tile * 160 + 140].mean()) for tile in range(12)]
    middles = [20 + (tile + 0.5) / 12 * 215 for tile in range(12)]
    assert max(abs(shown - wanted) for shown, wanted in zip(tiles, middles, strict=True)) < 215 / 12


def test_the_picture_of_a_film_that_begins_in_the_dark_is_not_dark(tmp_path: Path) -> None:
    film = make_film(
        tmp_path / "a.mp4", Film(seconds=30, gop=20, black_before_s=10.5, black_after_s=13, sound="")
    )
    thumbnail, _ = drawn(film, tmp_path / "out")
    assert thumbnail.shape == (270, 480, 3)
    assert thumbnail.mean() > 60


def test_a_film_of_which_all_is_dark_has_pictures_all_the_same(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", Film(seconds=2, black_before_s=100))
    thumbnail, _ = drawn(film, tmp_path / "out")
    assert thumbnail.max() < 30


def test_an_upright_film_is_shown_whole(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", Film(seconds=2, width=180, height=320, sound=""))
    thumbnail, _ = drawn(film, tmp_path / "out")
    assert thumbnail[:, :150].max() < 40
    assert thumbnail[:, 330:].max() < 40
    assert thumbnail[:, 170:310].mean() > 60


def test_a_film_that_is_to_be_turned_is_shown_upright(tmp_path: Path) -> None:
    """Telephones write lying pictures, and that a player is to turn them by a quarter to the right."""

    def bright_above(film: Film, _: float) -> npt.NDArray[np.uint8]:
        picture = np.zeros((film.height, film.width, 3), np.uint8)
        picture[: film.height // 2] = 200
        return picture

    film = make_film(tmp_path / "a.mp4", Film(seconds=2, sound=""), bright_above)
    content = bytearray(film.read_bytes())
    matrix = content.index(b"tkhd") + 44
    content[matrix : matrix + 36] = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 180 << 16, 0, 1 << 30)
    film.write_bytes(content)
    facts = facts_of(task(film))
    assert (facts.width, facts.height) == (180, 320)
    thumbnail, _ = drawn(film, tmp_path / "out")
    left, right = thumbnail[:, 170:230], thumbnail[:, 250:310]
    assert left.mean() < 60
    assert right.mean() > 150


@pytest.mark.parametrize(
    ("size", "fps", "duration_ms", "is_whole"),
    [
        ((1280, 720), 30, 20_000, True),
        ((1280, 720), 30, 25_000, False),
        ((1920, 1080), 60, 4_000, True),
        ((1920, 1080), 60, 10_000, False),
        ((3840, 2160), 60, 2_000, False),
        ((320, 180), 10, 24_001, False),
    ],
)
def test_a_film_is_decoded_whole_only_if_it_is_short_and_small(
    size: tuple[int, int], fps: int, duration_ms: int, is_whole: bool
) -> None:
    assert is_small(*size, Fraction(fps), duration_ms) is is_whole


def test_a_film_that_was_cut_off_has_pictures_of_what_is_left(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.ts", Film(seconds=40, sound=""))
    film.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    thumbnail, strip = drawn(film, tmp_path / "out")
    assert thumbnail.mean() > 60
    assert strip[:, -160:].mean() > 60


def peaks(words: Mapping[str, Any]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(words["peaks"]), np.uint8)


def test_the_waveform_is_high_where_it_is_loud_and_nowhere_else(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", Film(seconds=4, loud_from_s=1, loud_until_s=2))
    words = measure_waveform(task(film))
    found, per_second = peaks(words), round(words["perSecond"])
    assert abs(len(found) - 4 * per_second) <= per_second // 4
    assert found[: round(0.9 * per_second)].max() < 40
    assert found[round(1.1 * per_second) : round(1.9 * per_second)].min() > 230
    assert found[round(2.2 * per_second) : round(3.8 * per_second)].max() < 40


def test_a_film_without_sound_has_an_empty_waveform(tmp_path: Path) -> None:
    assert len(peaks(measure_waveform(task(make_film(tmp_path / "a.mp4", Film(seconds=1, sound="")))))) == 0


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.flv", "a.ts"])
def test_a_whole_film_is_found_good(tmp_path: Path, name: str) -> None:
    film = make_film(tmp_path / name, Film(seconds=3))
    words = verify(task(film))
    assert words["faults"] == []
    assert words["packets"] > 30
    assert abs(words["durationMs"] - 3000) < 300


def test_a_film_whose_sound_breaks_off_is_found_out(tmp_path: Path) -> None:
    words = verify(task(make_film(tmp_path / "a.mp4", Film(seconds=6, sound_ends_s=2))))
    assert any("go on for" in fault for fault in words["faults"])


def test_a_film_whose_last_pictures_are_gone_is_found_out(tmp_path: Path) -> None:
    film = make_film(tmp_path / "a.mp4", Film(seconds=4, sound=""))
    content = bytearray(film.read_bytes())
    media = content.index(b"mdat") + 4
    end = content.index(b"moov", media) - 4
    content[media + (end - media) // 2 : end] = bytes(end - media - (end - media) // 2)
    film.write_bytes(content)
    assert "The last pictures cannot be decoded." in verify(task(film))["faults"]
