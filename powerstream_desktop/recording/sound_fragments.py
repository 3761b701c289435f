"""Which fragments of a damaged recording can be believed.

A fragment says of its frames when they are shown and where they lie. One flipped bit in it, and a player would read the wrong
bytes or wait for hours: so a fragment counts only if its frames fill its media exactly and if its times go on from those
before. Of two neighbours whose times contradict each other, the one that also contradicts what came before is the wrong one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.mp4_boxes import boxes_in
from powerstream_desktop.recording.fragments import FRAGMENT, FileBox, Run, runs_in

_MAX_FRAMES: Final = 100_000
"""In a run; half a second has some dozens."""
_LONGEST_DELAY_S: Final = 20
"""From decoding to presentation."""
_LONGEST_HOLE_S: Final = 7 * 3600
"""A little more than ``parts.LONGEST_HOLE_MS``."""
_HAS_OFFSET: Final = 0x001
_HAS_FIRST_FLAGS: Final = 0x004
_COLUMNS: Final = (0x100, 0x200, 0x400, 0x800)
_PARSER_ERRORS: Final = (struct.error, ValueError, IndexError, StopIteration, OverflowError, RuntimeError)
"""What reading numbers that make no sense ends in; a generator turns ``StopIteration`` into ``RuntimeError``."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A fragment that is whole.

    Attributes:
        position: of its first byte in the file.
        size: bytes of its header and its media together.
        runs: its frames.
    """

    position: int
    size: int
    runs: tuple[Run, ...]


def tracks_of(header: bytes) -> dict[int, int]:
    """Return the ticks a second of each track that the file's header names; none if it makes no sense."""
    try:
        found = {}
        for kind, body in boxes_in(header):
            if kind == b"trak":
                parts = dict(boxes_in(body))
                (track,) = struct.unpack_from(">I", parts[b"tkhd"], 12)
                (ticks,) = struct.unpack_from(">I", dict(boxes_in(parts[b"mdia"]))[b"mdhd"], 12)
                found[track] = ticks
    except (KeyError, *_PARSER_ERRORS):
        return {}
    return found if all(found.values()) else {}


def sound_fragment(
    position: int, body: bytes, media_bytes: int, ticks_per_s: Mapping[int, int]
) -> Fragment | None:
    """Return a fragment if what it says of its frames can be.

    Args:
        position: of its first byte in the file.
        body: of its header.
        media_bytes: size of the box with its media, which follows, without that box's own header of 8 bytes.
        ticks_per_s: of each track of the file.
    """
    try:
        if not _has_possible_sizes(body):
            return None
        runs = tuple(runs_in(FileBox(kind=FRAGMENT, body=body, position=position)))
    except _PARSER_ERRORS:
        return None
    media_at = position + 8 + len(body) + 8
    if not runs or not _fill(runs, media_at, media_at + media_bytes):
        return None
    if not all(
        each.track in ticks_per_s and _has_possible_times(each, ticks_per_s[each.track]) for each in runs
    ):
        return None
    return Fragment(position, 8 + len(body) + 8 + media_bytes, runs)


def in_order(fragments: Iterable[Fragment], ticks_per_s: Mapping[int, int]) -> Iterator[Fragment]:
    """Yield those of the fragments whose times go on from one another."""
    before: dict[int, tuple[int, int]] = {}
    waiting: Fragment | None = None
    for fragment in fragments:
        if not _follows(fragment, before, ticks_per_s):
            continue
        if waiting is None:
            waiting = fragment
            continue
        after = before | _last_frames(waiting)
        if _follows(fragment, after, ticks_per_s):
            yield waiting
            before = after
        waiting = fragment
    if waiting is not None:
        yield waiting


def _has_possible_sizes(body: bytes) -> bool:
    """Whether each run is as long as the number of its frames says: that number is believed when memory is taken for them."""
    for kind, track in boxes_in(body):
        if kind != b"traf":
            continue
        for inner, run in boxes_in(track):
            if inner != b"trun":
                continue
            flags, count = struct.unpack_from(">II", run)
            fixed = 8 + 4 * bool(flags & _HAS_OFFSET) + 4 * bool(flags & _HAS_FIRST_FLAGS)
            columns = sum(1 for each in _COLUMNS if flags & each)
            if count > _MAX_FRAMES or len(run) != fixed + 4 * columns * count:
                return False
    return True


def _fill(runs: Iterable[Run], begin: int, end: int) -> bool:
    """Whether the frames lie one behind another from the media's first byte to its last."""
    at = begin
    for run in sorted(runs, key=lambda each: each.position):
        if run.position != at:
            return False
        at += sum(run.sizes)
    return at == end


def _has_possible_times(run: Run, ticks_per_s: int) -> bool:
    longest_delay = _LONGEST_DELAY_S * ticks_per_s
    return (
        run.time < 2**62
        and max(run.durations, default=0) <= _LONGEST_HOLE_S * ticks_per_s
        and max(run.delays or (0,)) <= longest_delay
    )


def _last_frames(fragment: Fragment) -> dict[int, tuple[int, int]]:
    """Return where the last frame of each track begins and ends."""
    last = {}
    for run in fragment.runs:
        if run.durations:
            end = run.time + sum(run.durations)
            last[run.track] = (end - run.durations[-1], end)
    return last


def _follows(
    fragment: Fragment, before: Mapping[int, tuple[int, int]], ticks_per_s: Mapping[int, int]
) -> bool:
    for run in fragment.runs:
        if run.track not in before:
            continue
        begins, ends = before[run.track]
        if not begins <= run.time <= ends + _LONGEST_HOLE_S * ticks_per_s[run.track]:
            return False
    return True
