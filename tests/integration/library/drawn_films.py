"""Small films for work on media, drawn and encoded here: what is in them is known to the frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 48_000
_FRAME = 1024

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What a film is like."""

    seconds: float = 4.0
    fps: int = 10
    width: int = 320
    height: int = 180
    gop: int = 10
    codec: str = "libx264"
    sound: str = "aac"
    black_before_s: float = 0.0
    """Nothing is to be seen before, and all is grey behind ``black_after_s``."""
    black_after_s: float = 1e9
    loud_from_s: float = 0.0
    loud_until_s: float = 1e9
    sound_ends_s: float = 1e9


def draw(film: Film, time_s: float) -> Pixels:
    """Return the picture of a moment: black, or stripes that go through it."""
    picture = np.zeros((film.height, film.width, 3), np.uint8)
    if film.black_before_s <= time_s < film.black_after_s:
        column = np.arange(film.width) + int(time_s * 20)
        picture[:, :, 0] = ((column // 16) % 2 * 200 + 40)[None, :]
        picture[:, :, 1] = ((np.arange(film.height) // 10) % 2 * 180 + 30)[:, None]
        picture[:, :, 2] = 90
    return picture


def make_film(path: Path, film: Film = Film(), draws: Callable[[Film, float], Pixels] = draw) -> Path:
    """Write a film and return its path; the container goes by the path's ending."""
    options = {"g": str(film.gop), "sc_threshold": "0", "bf": "2", "preset": "ultrafast"}
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream(
            film.codec, rate=film.fps, options=options if film.codec == "libx264" else {}
        )
        video.width, video.height, video.pix_fmt = film.width, film.height, "yuv420p"
        sound: Any = container.add_stream(film.sound, rate=SAMPLE_RATE) if film.sound else None
        if sound is not None:
            sound.layout = "mono"
        for number in range(round(film.seconds * film.fps)):
            frame = av.VideoFrame.from_ndarray(draws(film, number / film.fps), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, film.fps)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        if sound is not None:
            for block in _blocks(film):
                container.mux(sound.encode(block))
            container.mux(sound.encode(None))
    return path


def _blocks(film: Film) -> list[av.AudioFrame]:
    blocks = []
    for first in range(0, int(min(film.seconds, film.sound_ends_s) * SAMPLE_RATE), _FRAME):
        time_s = (first + np.arange(_FRAME)) / SAMPLE_RATE
        is_loud = (time_s >= film.loud_from_s) & (time_s < film.loud_until_s)
        wave = (np.sin(time_s * 440 * 2 * np.pi) * 0.8 * is_loud).astype(np.float32)
        block = av.AudioFrame.from_ndarray(wave[None, :], format="fltp", layout="mono")
        block.sample_rate, block.pts, block.time_base = SAMPLE_RATE, first, Fraction(1, SAMPLE_RATE)
        blocks.append(block)
    return blocks
