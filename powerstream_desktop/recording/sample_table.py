"""Where each frame of a track is in the file, when it is shown and how long: what a player seeks by (ISO/IEC 14496-12, 8.6 and 8.7)."""

from __future__ import annotations

import itertools
import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Final

from powerstream_desktop.common.mp4_boxes import box_header, full_box
from powerstream_desktop.recording.fragments import Run
from powerstream_desktop.recording.packed_column import PackedColumn

_ONE_DESCRIPTION: Final = 1
_MAX_U32: Final = 2**32 - 1
_MAX_PREROLL_FRAMES: Final = 32
"""80 ms, the longest that any codec asks for, in the shortest of its frames."""


class SampleTable:
    """The frames of one track, a few bytes for each. Used by one thread."""

    def __init__(self) -> None:
        self._durations = PackedColumn()
        # Of the newest frame, which is in no column yet: the next one tells whether it is true.
        self._last_duration = 0
        self._sizes = PackedColumn()
        self._delays = PackedColumn()
        self._keys = PackedColumn()
        self._run_positions: array[int] = array("Q")
        self._run_lengths = array("I")
        self._end = 0
        self._shown_until = 0
        self._key_count = 0

    def __len__(self) -> int:
        return len(self._sizes)

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

    def boxes(self, *, preroll: int = 0) -> list[bytes]:
        """Return the boxes that follow a track's description, in pieces: joined they take tens of MiB after a day.

        Args:
            preroll: how long a decoder must run before what it gives is right, in ticks; 0 if it is right at once.
        """
        durations = itertools.chain(self._durations, [self._last_duration] if len(self._sizes) else ())
        parts = [_counted(b"stts", durations)]
        if self._key_count < len(self._sizes):
            numbers = array("I", (number for number, is_key in enumerate(self._keys, 1) if is_key))
            parts.append(full_box(b"stss", struct.pack(">I", len(numbers)), _big_endian(numbers)))
        if len(self._delays):
            missing = len(self._sizes) - len(self._delays)
            parts.append(_counted(b"ctts", itertools.chain(self._delays, itertools.repeat(0, missing))))
        parts.append(self._runs_box())
        sizes = list(map(_big_endian, self._sizes.blocks()))
        parts += [box_header(b"stsz", 12 + sum(map(len, sizes))), struct.pack(">III", 0, 0, len(self._sizes))]
        parts += sizes
        parts.append(self._positions_box())
        if preroll and len(self._sizes):
            parts += self._preroll_boxes(preroll)
        return parts

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

    def _positions_box(self) -> bytes:
        """Return where the runs are; in 64 bits, which old players do not know, only if it must be."""
        is_long = max(self._run_positions, default=0) > _MAX_U32
        positions = self._run_positions if is_long else array("I", self._run_positions)
        count = struct.pack(">I", len(positions))
        return full_box(b"co64" if is_long else b"stco", count, _big_endian(positions))

    def _preroll_boxes(self, preroll: int) -> tuple[bytes, bytes]:
        """Return what tells a player that seeks how many frames before its goal it must begin to decode (10.1)."""
        first_duration = next(itertools.chain(self._durations, [self._last_duration]))
        frames = min(-(-preroll // max(first_duration, 1)), _MAX_PREROLL_FRAMES)
        every_frame = struct.pack(">III", 1, len(self._sizes), 1)
        return (
            full_box(b"sgpd", b"roll", struct.pack(">IIh", 2, 1, -frames), version=1),
            full_box(b"sbgp", b"roll", every_frame),
        )


def _shown_until(run: Run) -> int:
    ends = itertools.accumulate(run.durations[1:], initial=run.time + run.durations[0])
    return max(end + delay for end, delay in zip(ends, run.delays or itertools.repeat(0), strict=False))


def _counted(kind: bytes, values: Iterable[int]) -> bytes:
    """Return a box in which equal values that follow one another are counted."""
    entries = array("I")
    value, count = 0, 0
    for each in values:  # two million after ten hours: `itertools.groupby` takes three times as long
        if each == value:
            count += 1
            continue
        if count:
            entries.append(count)
            entries.append(value)
        value, count = each, 1
    if count:
        entries.extend((count, value))
    return full_box(kind, struct.pack(">I", len(entries) // 2), _big_endian(entries))


def _big_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
