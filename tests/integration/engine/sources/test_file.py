"""Media files in their own size: in a loop, once, begun anew, with their own sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.engine.media_file import MediaFile, probe
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.scene.sources import FileContent
from powerstream_desktop.engine.sound import SAMPLE_RATE
from powerstream_desktop.engine.sources import file
from powerstream_desktop.engine.sources.file import FileSource
from tests.e2e.support.waiting import wait_until
from tests.integration.engine.test_media_files import FPS, FRAMES, make_file
from tests.unit.engine.sources.captures import FakeClock, ignore

pytestmark = pytest.mark.e2e
LENGTH_S = FRAMES / FPS


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("clip") / "clip.mkv")


@pytest.fixture
def clock() -> FakeClock:
    clock = FakeClock()
    clock.now = 0.0
    return clock


@pytest.fixture
def play(clock: FakeClock) -> Iterator[Callable[..., FileSource]]:
    playing: list[FileSource] = []

    def begin(path: Path, *, loop: bool) -> FileSource:
        source = FileSource(FileContent(path=path, loop=loop), ignore, FPS, clock=clock)
        playing.append(source)
        source.open()
        source.start(0.0)
        return source

    yield begin
    for source in playing:
        source.close()


def level_at(source: FileSource, time_s: float) -> int:
    """Return the brightness of a picture, which tells its number in the file."""
    return int(planes_of(source.picture_at(time_s).frame)[0][0, 0])


def await_level(source: FileSource, time_s: float, number: int) -> None:
    wanted = 40 + 8 * number
    wait_until(lambda: abs(level_at(source, time_s) - wanted) <= 3, what=f"picture {number}", timeout_s=10)


def loudness(source: FileSource, start_s: float, length_s: float) -> float:
    heard = source.read_sound(round(start_s * SAMPLE_RATE), round(length_s * SAMPLE_RATE))
    assert heard.shape == (2, round(length_s * SAMPLE_RATE))
    return float(np.sqrt(np.mean(heard**2)))


def test_pictures_have_the_files_size_and_times(clip: Path, play: Callable[..., FileSource]) -> None:
    source = play(clip, loop=True)
    capabilities = source.capabilities
    assert (capabilities.width, capabilities.height) == (320, 180)
    for number in (0, 1, 7, 19):
        await_level(source, number / FPS, number)
    await_level(source, LENGTH_S + 3 / FPS, 3)


def test_a_file_that_is_played_once_keeps_its_last_picture_and_falls_silent(
    clip: Path, play: Callable[..., FileSource]
) -> None:
    source = play(clip, loop=False)
    await_level(source, 0.0, 0)
    for number in range(FRAMES):
        await_level(source, number / FPS, number)
    assert abs(level_at(source, 5 * LENGTH_S) - (40 + 8 * (FRAMES - 1))) <= 3
    assert loudness(source, 5 * LENGTH_S, 0.2) == 0.0


def test_a_restart_begins_picture_and_sound_anew_at_the_same_time(
    clip: Path, play: Callable[..., FileSource], clock: FakeClock
) -> None:
    source = play(clip, loop=False)
    await_level(source, 10 / FPS, 10)
    serial = source.picture_at(10 / FPS).serial
    clock.now = 9.0
    source.restart()
    assert source.picture_at(9.0).serial > serial
    assert abs(level_at(source, 9.0) - 40) <= 3
    await_level(source, 9.0 + 5 / FPS, 5)
    assert loudness(source, 8.5, 0.5) == 0.0
    at = iter(np.arange(9.0, 9.0 + LENGTH_S, 0.1))
    wait_until(lambda: loudness(source, next(at), 0.1) > 0.1, what="the tone", timeout_s=5)


def test_a_disk_that_takes_its_time_cuts_nothing_off_the_beginning(
    clip: Path, play: Callable[..., FileSource], clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = play(clip, loop=False)

    def probe_slowly(path: Path) -> MediaFile:
        clock.now = 9.3
        return probe(path)

    monkeypatch.setattr(file, "probe", probe_slowly)
    clock.now = 9.0
    source.restart()
    assert abs(level_at(source, 9.3) - 40) <= 3
    await_level(source, 9.3 + 5 / FPS, 5)


def test_a_file_without_sound_is_silent(tmp_path: Path, play: Callable[..., FileSource]) -> None:
    source = play(make_file(tmp_path / "silent.mkv", sound=False), loop=True)
    assert loudness(source, 0.0, 0.1) == 0.0


def test_the_shape_of_a_files_pixels_is_told(tmp_path: Path, play: Callable[..., FileSource]) -> None:
    path = tmp_path / "wide.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 360, 288, "yuv420p"
        stream.sample_aspect_ratio = Fraction(16, 11)
        for number in range(3):
            frame = av.VideoFrame(360, 288, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    capabilities = play(path, loop=True).capabilities
    assert (capabilities.width, capabilities.height) == (360, 288)
    assert capabilities.pixel_aspect == pytest.approx(16 / 11)


def test_a_restart_of_a_file_that_is_gone_fails_and_the_playing_goes_on(
    tmp_path: Path, play: Callable[..., FileSource]
) -> None:
    path = make_file(tmp_path / "clip.mkv")
    source = play(path, loop=False)
    await_level(source, 0.0, 0)
    path.unlink()
    with pytest.raises(UserError, match=r"no file 'clip\.mkv'"):
        source.restart()
    await_level(source, 3 / FPS, 3)


def test_a_file_that_was_not_opened_has_no_picture() -> None:
    with pytest.raises(BugError):
        FileSource(FileContent(path=Path("none")), ignore, FPS).picture_at(0.0)
