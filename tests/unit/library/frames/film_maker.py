"""Small films whose pictures carry their numbers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.bench.engine.stamp import BLOCK, HEIGHT, WIDTH, blocks

SIZE = (WIDTH, HEIGHT * 4)
BLACK, WHITE, GREY = 16, 235, 128


def make_film(file: Path, pictures: int, *, fps: int = 30, group: int = 15, b_frames: int = 2) -> Path:
    """Write a film of numbered pictures, and return where it lies."""
    options = {
        "preset": "ultrafast",
        "g": str(group),
        "keyint_min": str(group),
        "sc_threshold": "0",
        "bf": str(b_frames),
    }
    with av.open(str(file), "w") as film:
        stream = film.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, fps)
        for number in range(pictures):
            frame = numbered(number)
            frame.pts = number
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    return file


def numbered(number: int) -> av.VideoFrame:
    """Return one picture."""
    width, height = SIZE
    planes = np.full((height * 3 // 2, width), GREY, np.uint8)
    for block in blocks(number):
        planes[block.y : block.y + BLOCK, block.x : block.x + BLOCK] = WHITE if block.is_white else BLACK
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")
