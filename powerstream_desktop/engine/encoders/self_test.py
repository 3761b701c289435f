"""Which size and rate this computer holds: an encoder is run on a moving picture, and its share of the processor measured.

Cost grows with the number of pixels, so two sizes are measured and the others computed from them. What is said to hold leaves
two fifths of the processor to capture, composition, the relay and whatever else is shown on the screen.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import EncoderKind
from powerstream_desktop.engine.encoders.port import VideoEncoder
from powerstream_desktop.engine.encoders.verdicts import SelfTestLine
from powerstream_desktop.engine.picture import NEUTRAL_CHROMA, blank_frame, planes_of
from powerstream_desktop.engine.video_settings import VideoSettings

if TYPE_CHECKING:
    import av

MAX_SHARE: Final = 0.6

MODES: Final = (
    (1280, 720, 30, 3000),
    (1280, 720, 60, 4500),
    (1920, 1080, 30, 4500),
    (1920, 1080, 60, 6000),
    (2560, 1440, 30, 9000),
    (2560, 1440, 60, 13_500),
    (3840, 2160, 30, 20_000),
    (3840, 2160, 60, 30_000),
)
"""Width, height, frames a second, and the kbit/s that go with them."""

_MEASURED: Final = (MODES[0], MODES[2])
_PICTURES: Final = 12
"""Different ones, shown there and back; more would only cost memory."""
_STEP: Final = 6
"""Pixels by which the scene moves from one to the next: a quick pan, dearer than most of what people show."""
_WARM_UP: Final = 20
"""Pictures until the encoder's look-ahead is filled."""
_BATCH: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCost:
    """What one picture of a size costs.

    Attributes:
        pixels: of the picture.
        processor_s: processor time.
        wall_s: time between two pictures when they come as fast as the encoder takes them.
    """

    pixels: int
    processor_s: float
    wall_s: float


def self_test(kind: EncoderKind, limit_s: float = 3.0) -> tuple[SelfTestLine, ...]:
    """Measure an encoder for about ``limit_s``; in a process that does nothing else.

    Raises:
        SystemFault: the encoder does not work.
    """
    began_s = time.monotonic()
    costs = []
    for number, (width, height, fps, kbps) in enumerate(_MEASURED, start=1):
        settings = VideoSettings(width=width, height=height, fps=fps, bitrate_kbps=kbps, codec=kind.codec)
        pictures = moving_pictures(width, height)
        until_s = began_s + number * limit_s / len(_MEASURED)
        costs.append(measure(AVEncoder(kind, settings), pictures, until_s))
    return judge(kind, costs, processors=os.cpu_count() or 1)


def measure(
    encoder: VideoEncoder,
    pictures: Sequence[av.VideoFrame],
    until_s: float,
    *,
    wall: Callable[[], float] = time.monotonic,
    processor: Callable[[], float] = time.process_time,
) -> PictureCost:
    """Encode pictures until a moment of the ``wall`` clock and return what one costs."""
    there_and_back = [*pictures, *pictures[-2:0:-1]]
    slot = 0

    def encode(count: int) -> None:
        nonlocal slot
        for _ in range(count):
            encoder.encode(there_and_back[slot % len(there_and_back)], slot, is_key=slot == 0)
            slot += 1

    encode(_WARM_UP)
    first, wall_s, processor_s = slot, wall(), processor()
    while wall() < until_s or slot == first:
        encode(_BATCH)
    made = slot - first
    return PictureCost(
        pixels=pictures[0].width * pictures[0].height,
        processor_s=(processor() - processor_s) / made,
        wall_s=(wall() - wall_s) / made,
    )


def judge(kind: EncoderKind, costs: Sequence[PictureCost], *, processors: int) -> tuple[SelfTestLine, ...]:
    """Say of each size and rate whether it holds, from two measurements or more of rising size.

    Hardware has a speed of its own besides what it costs; a software encoder is as fast as the processor time it gets, and
    its speed just now says more of what else is running.
    """
    lines = []
    for width, height, fps, _ in MODES:
        processor_s = _at(width * height, [(cost.pixels, cost.processor_s) for cost in costs])
        wall_s = _at(width * height, [(cost.pixels, cost.wall_s) for cost in costs])
        share = fps * processor_s / processors
        holds = share <= MAX_SHARE and (not kind.is_hardware or fps * wall_s <= MAX_SHARE)
        lines.append(
            SelfTestLine(
                encoder=kind.av_name,
                width=width,
                height=height,
                fps=fps,
                processor_share=round(share, 3),
                holds=holds,
            )
        )
    return tuple(lines)


def moving_pictures(width: int, height: int) -> list[av.VideoFrame]:
    """Return pictures of a scene with coarse and fine detail over which a camera pans."""
    random = np.random.default_rng(1)
    scene = np.zeros((height, width + _STEP * _PICTURES), np.float32)
    for grain, strength in ((64, 60.0), (16, 30.0), (4, 10.0), (1, 4.0)):
        coarse = random.standard_normal((height // grain + 1, scene.shape[1] // grain + 1), np.float32)
        detail = np.repeat(np.repeat(coarse, grain, axis=0), grain, axis=1)
        scene += strength * detail[: scene.shape[0], : scene.shape[1]]
    levels = np.clip(scene + 120, 16, 235).astype(np.uint8)
    return [_shown(levels[:, _STEP * number : _STEP * number + width]) for number in range(_PICTURES)]


def _shown(levels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> av.VideoFrame:
    frame = blank_frame(levels.shape[1], levels.shape[0])
    luma, *chroma = planes_of(frame)
    luma[:] = levels
    for plane in chroma:
        plane[:] = NEUTRAL_CHROMA
    return frame


def _at(pixels: int, measured: Sequence[tuple[int, float]]) -> float:
    """Read a straight line through the first and the last measurement; never below the share of the pixels alone."""
    (few, low), (many, high) = measured[0], measured[-1]
    slope = max(0.0, (high - low) / (many - few))
    return high + slope * (pixels - many) if pixels >= few else low
