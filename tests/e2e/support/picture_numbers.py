"""Reads the numbers that the moving picture of the virtual screen carries back out of a recording."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from tests.e2e.support.moving_picture import NUMBER_BITS, NUMBER_SIDE

MIDDLE_LUMA = 128


def shown_numbers(recording: Path) -> list[int]:
    """Return the number in each picture, in the order of presentation; the screen must have been recorded at its own size."""
    numbers = []
    with av.open(str(recording)) as container:
        for frame in container.decode(video=0):
            luma = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(-1, frame.planes[0].line_size)
            centres = luma[NUMBER_SIDE // 2, NUMBER_SIDE // 2 : NUMBER_BITS * NUMBER_SIDE : NUMBER_SIDE]
            numbers.append(sum(1 << bit for bit, level in enumerate(centres) if level > MIDDLE_LUMA))
    return numbers
