"""A whole scene on air in both renditions: switched by command, its camera killed while live, and both in step."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import Publishing, SourceBack, SourceLost, Stats
from powerstream_desktop.engine.control.studio_commands import SwitchScene
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings, ToneContent
from powerstream_desktop.engine.scene.scene import Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    Colour,
    ColourContent,
    ImageContent,
    ScreenContent,
    Source,
    TextContent,
)
from powerstream_desktop.engine.scene.studio import Studio, Transition, TransitionKind
from powerstream_desktop.engine.video_settings import Latency, VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from tests.e2e.support.ffprobe import stream_facts
from tests.e2e.support.live_broadcast import Target
from tests.e2e.support.moving_picture import NUMBER_SIDE
from tests.e2e.support.relay_broadcast import INGEST_KEY, RelayBroadcast
from tests.e2e.support.stage import Stage
from tests.e2e.support.studio_engine import StudioEngine

pytestmark = [pytest.mark.e2e, pytest.mark.exacting]

SIZE, TALL_SIZE = (640, 360), (360, 640)
WINDOW_WIDTH = 202
"""Of the portrait: nine sixteenths of the height, even."""
READ_BITS = 8
"""Of the numbers on the screen, as many as the window shows."""
WIDE, TALL = "wide", "tall"
CAMERA_PLACE = Place(x=0.70, y=0.70, width=0.25, height=0.25)
LOGO_PLACE = Place(x=0.45, y=0.70, width=0.2, height=0.2)
WORDS_PLACE = Place(x=0.35, y=0.30, width=0.5, height=0.15)
CAMERA_LUMA, GREEN_LUMA = 150, 100
BEFORE_S, OTHER_S, AFTER_S = 3.0, 2.0, 3.0
FADE_S = 0.3


@dataclass(frozen=True, slots=True)
class Show:
    """What became of a show.

    Attributes:
        wide, tall: what the two servers recorded.
        engine: its reports.
        killed_s, lost_s, back_s: monotonic time of the camera's death, and of its loss and return as they were told.
        on_air_s: monotonic time at which the relay took the stream.
    """

    wide: Path
    tall: Path
    stats: list[Stats]
    killed_s: float
    lost_s: float
    back_s: float


def studio(folder: Path, display: str) -> Studio:
    return Studio(
        sources=(
            Source(id="screen", name="Screen", content=ScreenContent(display=display)),
            Source(id="camera", name="Camera", content=CameraContent(device=str(camera_clip(folder)))),
            Source(id="logo", name="Logo", content=ImageContent(path=logo(folder))),
            Source(id="words", name="Words", content=TextContent(text="Live", size=0.12)),
            Source(id="green", name="Green", content=ColourContent(colour=Colour(0, 120, 0))),
        ),
        scenes=(
            Scene(
                id="desk",
                name="Desk",
                layers=(
                    Layer(id="1", source="screen"),
                    Layer(id="2", source="camera", place=CAMERA_PLACE, fit=Fit.STRETCH),
                    Layer(id="3", source="logo", place=LOGO_PLACE, fit=Fit.STRETCH),
                    Layer(id="4", source="words", place=WORDS_PLACE),
                ),
            ),
            Scene(id="pause", name="Pause", layers=(Layer(id="5", source="green"),)),
        ),
        current="desk",
        transition=Transition(kind=TransitionKind.FADE, duration_ms=round(FADE_S * 1000)),
        portrait_window=0.0,
    )


def camera_clip(folder: Path) -> Path:
    path = folder / "camera.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=30, options={"qscale": "2"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(300):
            frame = av.VideoFrame(320, 180, "yuv420p")
            for plane, level in zip(frame.planes, (CAMERA_LUMA, 128, 128), strict=True):
                plane.update(bytes([level + number % 2]) * plane.buffer_size)  # no sensor is free of noise
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def logo(folder: Path) -> Path:
    """Write a white square with a transparent frame."""
    pixels = np.zeros((80, 80, 4), np.uint8)
    pixels[20:60, 20:60] = 255
    context: av.VideoCodecContext = av.CodecContext.create("png", "w")
    context.width, context.height, context.pix_fmt = 80, 80, "rgba"
    context.time_base = Fraction(1, 30)
    [packet] = [*context.encode(av.VideoFrame.from_ndarray(pixels, format="rgba")), *context.encode(None)]
    path = folder / "logo.png"
    path.write_bytes(bytes(packet))
    return path


def encode(size: tuple[int, int]) -> VideoSettings:
    return VideoSettings(width=size[0], height=size[1], bitrate_kbps=1500, latency=Latency.LOW)


@pytest.fixture(scope="module")
def show(shared_stage: Stage) -> Show:
    folder = shared_stage.folder
    screen = shared_stage.screen(size=SIZE, moving_fps=30)
    wide, tall = shared_stage.nginx(WIDE), shared_stage.nginx(TALL)
    relay = RelayBroadcast(
        shared_stage,
        Target(WIDE, wide.server_url, "key-wide"),
        Target(TALL, tall.server_url, "key-tall", rendition="portrait"),
    )
    config = EngineConfig(
        studio=studio(folder, screen.display),
        sound=MixerSettings(channels=(ChannelSettings(id="tone", name="Tone", content=ToneContent()),)),
        landscape=encode(SIZE),
        portrait=encode(TALL_SIZE),
        publish=PublishTarget(
            url=relay.url.rpartition("/")[0], key=Secret(INGEST_KEY), renditions=frozenset(Rendition)
        ),
    )
    with StudioEngine(config, folder / "engine-home") as engine:
        for rendition in Rendition:
            engine.wait_for(
                lambda report, rendition=rendition: (  # type: ignore[misc]
                    isinstance(report, Publishing) and report.rendition is rendition
                ),
                f"the {rendition.value} on air",
            )
        time.sleep(BEFORE_S)
        engine.obey(SwitchScene(scene="pause"))
        time.sleep(OTHER_S)
        engine.obey(SwitchScene(scene="desk"))
        time.sleep(1.0)
        killed_s = time.monotonic()
        os.kill(engine.camera_pid(), signal.SIGKILL)
        lost_s = engine.wait_for(
            lambda report: isinstance(report, SourceLost) and report.source_id == "camera", "the loss"
        )
        back_s = engine.wait_for(
            lambda report: isinstance(report, SourceBack) and report.source_id == "camera", "the return"
        )
        time.sleep(AFTER_S)
        reports = [report for _, report in engine.reports]
    relay.end()
    [at_wide] = wide.recordings("key-wide")
    [at_tall] = tall.recordings("key-tall")
    return Show(
        wide=at_wide,
        tall=at_tall,
        stats=[report for report in reports if isinstance(report, Stats)],
        killed_s=killed_s,
        lost_s=lost_s,
        back_s=back_s,
    )


def lumas(recording: Path) -> Iterator[np.ndarray[tuple[int, int], np.dtype[np.uint8]]]:
    with av.open(str(recording)) as container:
        for frame in container.decode(video=0):
            plane = frame.planes[0]
            yield np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:, : frame.width]


def level_in(
    luma: np.ndarray[tuple[int, int], np.dtype[np.uint8]], place: Place, share: float = 0.5
) -> float:
    """Return the mean level of the middle of a place."""
    height, width = luma.shape
    x, y = place.x + place.width * (1 - share) / 2, place.y + place.height * (1 - share) / 2
    rows = slice(round(y * height), round((y + place.height * share) * height))
    columns = slice(round(x * width), round((x + place.width * share) * width))
    return float(luma[rows, columns].mean())


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured in each picture of the landscape."""

    camera: list[float]
    logo: list[float]
    words: list[int]
    corner: list[int]


@pytest.fixture(scope="module")
def seen(show: Show) -> Seen:
    measured = Seen([], [], [], [])
    for luma in lumas(show.wide):
        measured.camera.append(level_in(luma, CAMERA_PLACE))
        measured.logo.append(level_in(luma, LOGO_PLACE, 0.3))
        rows = slice(round(WORDS_PLACE.y * SIZE[1]), round((WORDS_PLACE.y + WORDS_PLACE.height) * SIZE[1]))
        columns = slice(round(WORDS_PLACE.x * SIZE[0]), round((WORDS_PLACE.x + WORDS_PLACE.width) * SIZE[0]))
        measured.words.append(int(luma[rows, columns].max()))
        measured.corner.append(int(luma[-4, 4]))
    return measured


@pytest.mark.parametrize("output", [WIDE, TALL])
def test_no_frame_is_missing_whatever_happens(show: Show, output: str) -> None:
    video, audio = stream_facts(show.wide if output == WIDE else show.tall).both

    assert video.gaps(longer_than_ms=50) == []
    assert audio.gaps(longer_than_ms=40) == []
    assert (video.dts_increases, audio.dts_increases) == (True, True)
    assert set(video.key_frame_intervals_s) == {2.0}
    assert (video.width, video.height) == (SIZE if output == WIDE else TALL_SIZE)
    assert show.stats[-1].frames_skipped == 0
    assert [each.frames_dropped for each in show.stats[-1].renditions] == [0, 0]


def test_screen_camera_image_and_text_are_seen_together(seen: Seen) -> None:
    picture = 60

    assert seen.camera[picture] == pytest.approx(CAMERA_LUMA, abs=4)
    assert seen.logo[picture] > 200
    assert seen.words[picture] > 200


def test_a_command_switches_the_scene_with_a_fade_and_back(seen: Seen) -> None:
    is_green = [
        camera < CAMERA_LUMA - 20 and words < 130
        for camera, words in zip(seen.camera, seen.words, strict=True)
    ]
    begins = [number for number, (before, now) in enumerate(pairwise(is_green), 1) if now and not before]
    ends = [number for number, (before, now) in enumerate(pairwise(is_green), 1) if before and not now]

    assert len(begins) == len(ends) == 1
    assert (ends[0] - begins[0]) / 30 == pytest.approx(OTHER_S, abs=1.2)
    fading = seen.logo[begins[0] - round(FADE_S * 30) : begins[0] + 3]
    assert sum(1 for before, now in pairwise(fading) if now < before - 5) >= 4, "it fades, and does not cut"


def test_a_camera_that_dies_is_replaced_by_a_placeholder_and_comes_back(show: Show, seen: Seen) -> None:
    assert show.lost_s - show.killed_s < 1.0
    assert show.back_s - show.killed_s < 4.0
    last_scene = seen.camera[-round(AFTER_S * 30) - 150 :]
    is_away = [level < CAMERA_LUMA - 50 for level in last_scene]

    assert any(is_away), "the placeholder was seen"
    assert sum(is_away) / 30 < 4.0
    assert not any(is_away[-60:])


def test_portrait_and_landscape_show_the_same_moment_in_every_slot(show: Show) -> None:
    numbers = [
        [number_in(luma, scale) for luma in lumas(path)]
        for path, scale in ((show.wide, 1.0), (show.tall, TALL_SIZE[0] / WINDOW_WIDTH))
    ]

    assert len(numbers[0]) == len(numbers[1])
    same = [wide == tall for wide, tall in zip(*numbers, strict=True)]
    assert np.mean(same[:60]) > 0.97
    assert np.mean(same) > 0.9  # while a scene fades, nobody can read


def number_in(luma: np.ndarray[tuple[int, int], np.dtype[np.uint8]], scale: float) -> int:
    side = NUMBER_SIDE * scale
    row = round(side / 2)
    return sum(1 << bit for bit in range(READ_BITS) if luma[row, round((bit + 0.5) * side)] > 128)
