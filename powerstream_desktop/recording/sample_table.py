"""Where each frame of a track is in the file, when it is shown and how long: what a player seeks by (ISO/IEC 14496-12, 8.6 and 8.7)."""

from __future__ import annotations

import itertools
import operator
import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Final

from powerstream_desktop.common.mp4_boxes import full_box
from powerstream_desktop.recording.fragments import Run
from powerstream_desktop.recording.packed_column import PackedColumn

_ONE_DESCRIPTION: Final = 1


class SampleTable:
    """The frames of one track, a few bytes for each. Used by one thread."""

    def __init__(self) -> None:
        self._durations = PackedColumn()
        self._last_duration = (
            0  # of the newest frame, which is in no column yet: the next one tells whether it is true
        )
        self._sizes = PackedColumn()
        self._delays = PackedColumn()
        self._keys = PackedColumn()
        self._run_positions: array[int] = array("Q")
        self._run_lengths = array("I")
        self._end = 0
        self._shown_until = 0
        self._key_count = 0

    @property
    def duration(self) -> int:
        """Length of the track in its ticks."""
        return self._end

    @property
    def shown_until(self) -> int:
        """When the frame that is shown last disappears, in ticks of the track; delays make it later than ``duration``."""
        return self._shown_until

    @property
    def held_bytes(self) -> int:
        """Bytes that the table takes in memory."""
        columns = (self._durations, self._sizes, self._delays, self._keys)
        runs = (self._run_positions, self._run_lengths)
        return sum(each.held_bytes for each in columns) + sum(len(each) * each.itemsize for each in runs)

    def add(self, run: Run) -> None:
        """Add frames that follow those before.

        The last frame before lasts until the first of these begins, whatever the fragment before said.
        """
        if not run.sizes:
            return
        if len(self._sizes):
            self._durations.extend([self._last_duration + run.time - self._end])
        self._add_delays(run)
        *durations, self._last_duration = run.durations
        self._durations.extend(durations)
        self._sizes.extend(run.sizes)
        self._keys.extend(run.keys)
        self._key_count += sum(run.keys)
        self._run_positions.append(run.position)
        self._run_lengths.append(len(run.sizes))
        self._end = run.time + sum(run.durations)
        self._shown_until = max(self._shown_until, _shown_until(run))

    def boxes(self) -> bytes:
        """Return the boxes that follow a track's description."""
        durations = itertools.chain(self._durations, [self._last_duration] if len(self._sizes) else ())
        parts = [_counted(b"stts", durations)]
        if self._key_count < len(self._sizes):
            numbers = array("I", (number for number, is_key in enumerate(self._keys, 1) if is_key))
            parts.append(full_box(b"stss", struct.pack(">I", len(numbers)), _big_endian(numbers)))
        if len(self._delays):
            missing = len(self._sizes) - len(self._delays)
            parts.append(_counted(b"ctts", itertools.chain(self._delays, itertools.repeat(0, missing))))
        parts.append(self._runs_box())
        sizes = b"".join(map(_big_endian, self._sizes.blocks()))
        parts.append(full_box(b"stsz", struct.pack(">II", 0, len(self._sizes)), sizes))
        positions = struct.pack(">I", len(self._run_positions)) + _big_endian(self._run_positions)
        parts.append(full_box(b"co64", positions))
        return b"".join(parts)

    def _add_delays(self, run: Run) -> None:
        """Keep delays from the first run on that has some; those before had none."""
        if run.delays is None and not len(self._delays):
            return
        self._delays.extend(itertools.repeat(0, len(self._sizes) - len(self._delays)))
        self._delays.extend(run.delays if run.delays is not None else itertools.repeat(0, len(run.sizes)))

    def _runs_box(self) -> bytes:
        entries = []
        first = 1
        for length, group in itertools.groupby(self._run_lengths):
            entries.append(struct.pack(">III", first, length, _ONE_DESCRIPTION))
            first += sum(1 for _ in group)
        return full_box(b"stsc", struct.pack(">I", len(entries)), *entries)


def _shown_until(run: Run) -> int:
    ends = itertools.accumulate(run.durations, initial=run.time)
    next(ends)
    return max(map(operator.add, ends, run.delays or itertools.repeat(0)))


def _counted(kind: bytes, values: Iterable[int]) -> bytes:
    """Return a box in which equal values that follow one another are counted."""
    entries = array("I")
    for value, group in itertools.groupby(values):
        entries.extend((sum(1 for _ in group), value))
    return full_box(kind, struct.pack(">I", len(entries) // 2), _big_endian(entries))


def _big_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
