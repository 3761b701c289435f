"""Figure 2: what it costs to lay a camera, an image with alpha and a clock over the screen, above the screen alone.

The engine's own compositor is driven in this process, so that the encoder, whose work depends on what the picture shows,
does not blur the difference. Both scenes get the same new screen in each frame, in turn.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Final

import av
import numpy as np

from powerstream_desktop.engine.compositor.compositor import Compositor, PlacedPicture
from powerstream_desktop.engine.compositor.converter import Converter
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.layout import lay_out
from powerstream_desktop.engine.scene.scene import Layer
from powerstream_desktop.engine.sources.text import TextSource
from tests.bench.engine.capturers import FPS
from tests.bench.engine.full_scene import (
    CAMERA_LAYER,
    CAMERA_SIZE,
    CLOCK,
    CLOCK_LAYER,
    LOGO_LAYER,
    SCREEN_LAYER,
    make_logo,
)
from tests.unit.engine.sources.qt_application import host_with_application

CANVAS: Final = (1920, 1080)
DIFFERENT_FRAMES: Final = 6
"""Pictures of each moving source, taken in a circle: more than fit into a processor's cache."""
WARM_UP_FRAMES: Final = 30
NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Processor time a frame, in milliseconds.

    Attributes:
        frames: composed of each scene.
        single_ms: the screen alone: a conversion.
        extra_ms: what the other layers cost above that, on average.
        extra_p99_ms: the same, of one frame in a hundred: those in which the clock changes are one in thirty.
    """

    frames: int
    single_ms: float
    extra_ms: float
    extra_p99_ms: float


def measure_composition(*, seconds: int) -> Composition:
    """Compose ``seconds`` of program, as fast as it goes; takes about a third of that."""
    screens = cycle([_noise(*CANVAS, seed) for seed in range(DIFFERENT_FRAMES)])
    cameras = cycle([_camera(seed) for seed in range(DIFFERENT_FRAMES)])
    logo, clock = Picture(_logo(), 1), _Clock()
    single, scene = Compositor(*CANVAS), Compositor(*CANVAS)
    single_ms, scene_ms = [], []
    with closing(clock):
        for number in range(seconds * FPS + WARM_UP_FRAMES):
            screen, camera = Picture(next(screens), number), Picture(next(cameras), number)
            begin_ns = time.process_time_ns()
            single.compose([_whole(screen)])
            middle_ns = time.process_time_ns()
            scene.compose([_whole(screen), *_above(camera, logo, clock.at(number / FPS))])
            end_ns = time.process_time_ns()
            if number >= WARM_UP_FRAMES:
                single_ms.append((middle_ns - begin_ns) / NS_PER_MS)
                scene_ms.append((end_ns - middle_ns) / NS_PER_MS)
    return _summed_up(single_ms, scene_ms)


class _Clock:
    """The engine's own text source, whose time runs as the program does."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._source = TextSource(CLOCK, host_with_application(), CANVAS, wall_clock=lambda: self._now_s)
        self._source.show_at(
            round(CLOCK_LAYER.place.width * CANVAS[0]), round(CLOCK_LAYER.place.height * CANVAS[1])
        )
        self._source.open()

    def at(self, time_s: float) -> Picture:
        self._now_s = time_s
        return self._source.picture_at(time_s)

    def close(self) -> None:
        self._source.close()


def _summed_up(single_ms: Sequence[float], scene_ms: Sequence[float]) -> Composition:
    usual_ms = median(single_ms)
    extra_ms = [each - usual_ms for each in scene_ms]
    return Composition(
        frames=len(scene_ms),
        single_ms=mean(single_ms),
        extra_ms=mean(scene_ms) - mean(single_ms),
        extra_p99_ms=quantiles(extra_ms, n=100)[98],
    )


def _whole(picture: Picture) -> PlacedPicture:
    return _placed(SCREEN_LAYER, picture)


def _above(camera: Picture, logo: Picture, clock: Picture) -> Iterator[PlacedPicture]:
    yield _placed(CAMERA_LAYER, camera)
    yield _placed(LOGO_LAYER, logo)
    yield _placed(CLOCK_LAYER, clock)


def _placed(layer: Layer, picture: Picture) -> PlacedPicture:
    layout = lay_out(layer.place, layer.crop, layer.fit, source=picture.size, canvas=CANVAS)
    assert layout is not None
    return PlacedPicture(layer=layer.id, picture=picture, rect=layout.rect, crop=layout.crop)


def _camera(seed: int) -> av.VideoFrame:
    """Return a picture as a camera's process hands it out: in the program's planes."""
    return Converter().opaque(_noise(*CAMERA_SIZE, seed), *CAMERA_SIZE)


def _noise(width: int, height: int, seed: int) -> av.VideoFrame:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    return av.VideoFrame.from_ndarray(pixels, format="bgra").reformat(format="bgr0")


def _logo() -> av.VideoFrame:
    with (
        tempfile.TemporaryDirectory(prefix="powerstream-bench-") as name,
        av.open(str(make_logo(Path(name)))) as container,
    ):
        return next(container.decode(video=0))
