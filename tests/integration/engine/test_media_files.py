"""Media files as sources: rates, loops, shapes, colours, and what is said when one cannot be played."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.engine.file_sound import FileSound
from powerstream_desktop.engine.media_file import probe
from powerstream_desktop.engine.picture import Picture, planes_of
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples
from powerstream_desktop.engine.sources.file_pass import FilePass
from tests.e2e.support.waiting import wait_until

FPS = 25
FRAMES = 20
LOSSES: list[str | None] = []


def make_file(
    path: Path, *, width: int = 320, height: int = 180, sound: bool = True, video: bool = True
) -> Path:
    """Write 0.8 s: grey frames that get brighter, beside a tone of whole periods at 44.1 kHz mono."""
    with av.open(str(path), "w") as container:
        streams = []
        if video:
            picture = container.add_stream("mpeg4", rate=FPS, options={"qscale": "2"})
            picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
            streams.append(picture)
        if sound:
            track = container.add_stream("pcm_s16le", rate=44_100, layout="mono")
        if video:
            for number in range(FRAMES):
                frame = av.VideoFrame(width, height, "yuv420p")
                for plane, level in zip(planes_of(frame), (40 + 8 * number, 128, 128), strict=True):
                    plane[:] = level
                frame.pts, frame.time_base = number, Fraction(1, FPS)
                container.mux(picture.encode(frame))
            container.mux(picture.encode(None))
        if sound:
            times = np.arange(44_100 * FRAMES // FPS) / 44_100
            wave = (np.sin(2 * np.pi * 500 * times) * 16_000).astype(np.int16)
            samples = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
            samples.sample_rate, samples.pts, samples.time_base = 44_100, 0, Fraction(1, 44_100)
            container.mux(track.encode(samples))
            container.mux(track.encode(None))
    return path


def brightness(picture: Picture) -> int:
    y, _, _ = planes_of(picture.frame)
    return int(y[y.shape[0] // 2, y.shape[1] // 2])


def test_a_file_is_known_before_it_is_played(tmp_path: Path) -> None:
    media = probe(make_file(tmp_path / "clip.mov"))
    assert media.has_sound
    assert media.start_s == 0.0
    assert media.length_s == pytest.approx(0.8, abs=0.001)
    assert not probe(make_file(tmp_path / "mute.mov", sound=False)).has_sound


def test_pictures_come_at_their_times_through_loops_without_a_jump(tmp_path: Path) -> None:
    source = FilePass(
        probe(make_file(tmp_path / "clip.mov")), loop=True, first_serial=1, on_loss=LOSSES.append
    )
    source.open()
    source.start()
    try:
        for slot in range(60):  # 2 s of a program at 30 frames a second: two and a half loops
            time_s = slot / 30
            number = int(time_s * FPS + 0.03) % FRAMES

            def shows_it(time_s: float = time_s, number: int = number) -> bool:
                return abs(brightness(source.picture_at(time_s)) - (40 + 8 * number)) <= 3

            wait_until(shows_it, what=f"picture {number} at slot {slot}", timeout_s=10)
        assert source.next_serial > 50
    finally:
        source.close()
    assert LOSSES == []


def test_sound_is_resampled_and_loops_without_a_click(tmp_path: Path) -> None:
    sound = FileSound(probe(make_file(tmp_path / "clip.mov")), LOSSES.append)
    sound.open()
    sound.start()
    heard: list[Samples] = []
    try:
        for position in range(0, 2 * SAMPLE_RATE, 1600):
            wait_until(lambda: sound._buffer.ahead >= 1600, what="decoded sound", timeout_s=10)
            heard.append(sound.read(position, 1600))
    finally:
        sound.close()
    samples = np.concatenate(heard, axis=1)
    assert np.array_equal(samples[0], samples[1])
    ideal = np.sin(2 * np.pi * 500 * np.arange(samples.shape[1]) / SAMPLE_RATE) * samples[0].max()
    assert np.abs(samples[0] - ideal).max() < 0.05


def test_a_file_that_vanishes_is_told_and_its_last_picture_stays(tmp_path: Path) -> None:
    losses: list[str | None] = []
    path = make_file(tmp_path / "clip.mov", sound=False)
    source = FilePass(probe(path), loop=True, first_serial=1, on_loss=losses.append)
    source.open()
    path.unlink()
    source.start()
    try:
        wait_until(lambda: losses, what="the loss to be told", timeout_s=10)
        assert losses == ["There is no file 'clip.mov'."]
        assert brightness(source.picture_at(5.0)) == pytest.approx(40, abs=2)
    finally:
        source.close()


def test_every_file_that_cannot_be_played_gets_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("this is no film\n" * 100)
    (tmp_path / "empty.mp4").touch()
    make_file(tmp_path / "sound.mov", video=False)
    sentences = {
        "missing.mp4": "There is no file 'missing.mp4'.",
        ".": "is a folder",
        "text.mp4": "is not a media file, or it is damaged",
        "empty.mp4": "is not a media file, or it is damaged",
        "sound.mov": "The file 'sound.mov' has no video.",
    }
    for name, words in sentences.items():
        with pytest.raises(UserError) as caught:
            probe(tmp_path / name)
        assert words in caught.value.title


def test_a_playlist_that_points_at_the_network_is_not_followed(tmp_path: Path) -> None:
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"
    )
    with pytest.raises(PowerStreamError):
        probe(playlist)
