"""The way of a channel's sound through delay and filters, changed without a gap or a click.

A *lane* is one delay and one row of filters. When either is to change, the new lane runs beside the old one, on the same
history, until its filters have settled; then one fades into the other. Wishes that come in the meantime wait, and only the
last one counts: a slider that is dragged makes a few lanes a second. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from powerstream_desktop.engine.mixer.delay_line import DelayLine
from powerstream_desktop.engine.mixer.filter_chain import FilterChain
from powerstream_desktop.engine.mixer.settings import MAX_OFFSET_MS, MIN_OFFSET_MS
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

FADE: Final = SAMPLE_RATE // 50
"""Samples (20 ms) in which one lane fades into the next."""
SETTLE: Final = SAMPLE_RATE // 4
"""Samples (250 ms) after which a filter that starts has found its levels."""
MAX_FILTER_LATENCY: Final = SAMPLE_RATE // 2
MAX_DELAY: Final = (MAX_OFFSET_MS - MIN_OFFSET_MS) * SAMPLE_RATE // 1000 + MAX_FILTER_LATENCY


@dataclass(slots=True)
class Lane:
    """One way through.

    Attributes:
        delay: samples, before the filters.
        chain: the filters.
    """

    delay: int
    chain: FilterChain

    def run(self, line: DelayLine, count: int) -> Samples:
        """Return the next samples."""
        return self.chain.process(line.read(self.delay, count))


class Lanes:
    """The lane that is heard, and the one that is coming."""

    def __init__(self, lane: Lane) -> None:
        self._line = DelayLine(MAX_DELAY)
        self._lane = lane
        self._coming: Lane | None = None
        # Of the coming lane: samples since it should have begun to fade in; negative while it settles.
        self._progress = 0

    @property
    def lane(self) -> Lane:
        """The newest lane: the one that is coming, or else the one that is heard."""
        return self._coming or self._lane

    @property
    def is_changing(self) -> bool:
        """A lane is coming; another one has to wait."""
        return self._coming is not None

    def change(self, lane: Lane) -> None:
        """Go over to a lane with filters of its own; only when none is coming."""
        self._coming = lane
        self._progress = -SETTLE if lane.chain.has_filters else 0

    def run(self, samples: Samples) -> Samples:
        """Take the next samples and return as many."""
        count = samples.shape[1]
        self._line.write(samples)
        heard = self._lane.run(self._line, count)
        if self._coming is None:
            return heard
        coming = self._coming.run(self._line, count)
        weights = np.clip(
            np.arange(self._progress + 1, self._progress + count + 1, dtype=np.float32) / FADE, 0, 1
        )
        self._progress += count
        if self._progress >= FADE:
            self._lane, self._coming = self._coming, None
        mixed: Samples = heard + weights * (coming - heard)
        return mixed
