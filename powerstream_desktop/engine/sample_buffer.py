"""Samples by their place on the program's timeline: written ahead by a reader, taken by the schedule. Pure."""

from __future__ import annotations

from collections import deque

from powerstream_desktop.engine.sound import Samples, silence


class SampleBuffer:
    """A window of sound; places nobody wrote are silent, and what was read is gone."""

    def __init__(self) -> None:
        self._blocks: deque[tuple[int, Samples]] = deque()
        self._read_to = 0

    @property
    def ahead(self) -> int:
        """Samples from the last read to the end of what was written."""
        if not self._blocks:
            return 0
        position, samples = self._blocks[-1]
        end: int = position + samples.shape[1]
        return max(0, end - self._read_to)

    def write(self, position: int, samples: Samples) -> None:
        """Lay samples at a place, which must not lie before the end of those written earlier."""
        self._blocks.append((position, samples))

    def read(self, position: int, count: int) -> Samples:
        """Return the samples of a place and forget all before its end; ``position`` never goes back."""
        out = silence(count)
        end = position + count
        while self._blocks and self._blocks[0][0] < end:
            start, samples = self._blocks[0]
            stop = start + samples.shape[1]
            first, last = max(start, position), min(stop, end)
            if first < last:
                out[:, first - position : last - position] = samples[:, first - start : last - start]
            if stop > end:
                break
            self._blocks.popleft()
        self._read_to = end
        return out
