"""Which frames of a film a clip copies, and which it encodes anew. Pure.

A decoder can begin at an entry only, a key frame, and frames of another encoder may stand only before a clean one, over which nothing
behind it reaches back. So a clip from anywhere to anywhere has an edge at each end. In front, the frames from the first one that is
wanted up to the next clean entry are encoded anew. At the end, what
was encoded is a chain in which a frame may need one that is shown later; it can be broken where everything decoded so far is shown
before everything that is not. Behind the last such place there are at most the few frames between two references: those are encoded
anew. All between is copied as it is.

Times are presentation times in the source's ticks, which also name the frames: no two of a film have the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise

from powerstream_desktop.common.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedFrame:
    """A frame as it stands in the file, in the order of decoding.

    Attributes:
        pts: when it is shown.
        dts: when it is decoded.
        duration: how long it is shown; 0 if the file does not say.
        is_entry: decoding may begin here.
        is_clean: nothing that is decoded later needs what is before.
    """

    pts: int
    dts: int
    duration: int
    is_entry: bool
    is_clean: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From where to where.

    Attributes:
        start: the frame that is shown then is the first one.
        end: frames that are shown from here on do not belong to the clip.
        slack: less than any frame lasts: bounds are given in whole milliseconds, frames begin between them.
    """

    start: int
    end: int
    slack: int

    def has_begun(self, pts: int) -> bool:
        """Tell whether a frame is shown at the start, or before."""
        return pts < self.start + self.slack

    def is_over(self, pts: int) -> bool:
        """Tell whether a frame comes too late."""
        return pts > self.end - self.slack


class PieceKind(Enum):
    """What becomes of the frames of a piece."""

    COPY = "copy"
    ENCODE = "encode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Frames that follow one another.

    Attributes:
        entry: where decoding has to begin to get them.
        first: the first one that is shown.
        last: the last one.
    """

    kind: PieceKind
    entry: int
    first: int
    last: int

    def holds(self, pts: int | None) -> bool:
        """Tell whether a frame is one of these."""
        return pts is not None and self.first <= pts <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipPlan:
    """A clip.

    Attributes:
        start: time of the source at which it begins.
        end: time at which it ends.
        pieces: in the order in which they are shown: one that is copied, perhaps with an edge before and behind it, or a single
            one that is encoded.
        delay: how long before it is shown the first copied frame is decoded.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    delay: int = 0

    @property
    def copied(self) -> Piece | None:
        """The piece that is copied; ``None`` if all is encoded."""
        return next((piece for piece in self.pieces if piece.kind is PieceKind.COPY), None)


def plan_fast(lead: Sequence[CodedFrame], tail: Sequence[CodedFrame], bounds: Bounds) -> ClipPlan:
    """Plan a clip that is copied from the entry before its start on.

    Args:
        lead: from the last entry before the start on (or the first of the film), at least up to the next one or the end.
        tail: from any entry before the end on, up to two seconds behind the end or the end of the film.
        bounds: what is wanted.

    Raises:
        UserError: there is no picture between the bounds.
    """
    frame = _entry_of(lead, bounds)
    entry = frame.pts
    wanted = _wanted_of(tail, bounds)
    kept = _closed_places(tail, at_least=wanted[-1])[0]
    last, behind = _cut_at(tail, kept)
    piece = Piece(kind=PieceKind.COPY, entry=entry, first=entry, last=last)
    end = behind if behind is not None else _end_of(tail, last)
    return ClipPlan(start=entry, end=end, pieces=(piece,), delay=frame.pts - frame.dts)


def plan_exact(lead: Sequence[CodedFrame], tail: Sequence[CodedFrame], bounds: Bounds) -> ClipPlan:
    """Plan a clip of exactly the frames that are wanted, of which as many as possible are copied.

    Args:
        lead: from the last entry before the start on (or the first of the film), up to the next clean one or the end.
        tail: from the last entry before the end on, up to two seconds behind the end or the end of the film.
        bounds: what is wanted.

    Raises:
        UserError: there is no picture between the bounds.
    """
    whole = plan_whole(lead, tail, bounds)
    piece = whole.pieces[0]
    pieces: list[Piece] = []
    begin = lead[0]
    if piece.first != piece.entry or not begin.is_clean:
        entries = [frame for frame in lead[1:] if frame.is_clean and not bounds.is_over(frame.pts)]
        if not entries:
            return whole
        begin = entries[0]
        last_before = max(frame.pts for frame in lead if frame.pts < begin.pts)
        pieces.append(Piece(kind=PieceKind.ENCODE, entry=piece.entry, first=piece.first, last=last_before))
    wanted = _wanted_of(tail, bounds)
    places = _closed_places(tail, at_most=wanted[-1])
    if not places:  # frames reach back over what calls itself an entry
        return whole
    last, _ = _cut_at(tail, places[-1])
    pieces.append(Piece(kind=PieceKind.COPY, entry=begin.pts, first=begin.pts, last=last))
    rest = [pts for pts in wanted if pts > last]
    if rest:
        pieces.append(Piece(kind=PieceKind.ENCODE, entry=tail[0].pts, first=rest[0], last=rest[-1]))
    return ClipPlan(start=whole.start, end=whole.end, pieces=tuple(pieces), delay=begin.pts - begin.dts)


def plan_whole(lead: Sequence[CodedFrame], tail: Sequence[CodedFrame], bounds: Bounds) -> ClipPlan:
    """Plan a clip of exactly the frames that are wanted, all encoded anew; as ``plan_exact`` otherwise."""
    entry = _entry_of(lead, bounds).pts
    first = max(
        (frame.pts for frame in lead if entry <= frame.pts and bounds.has_begun(frame.pts)), default=entry
    )
    last = _wanted_of(tail, bounds)[-1]
    piece = Piece(kind=PieceKind.ENCODE, entry=entry, first=first, last=last)
    # A frame that was on screen before the start is shown from the start on.
    start = max(first, bounds.start)
    return ClipPlan(start=start, end=min(bounds.end, _end_of(tail, last, bounds)), pieces=(piece,))


def whole_part(frames: Sequence[CodedFrame]) -> Sequence[CodedFrame]:
    """Return as many frames of a film that breaks off as can be shown without a hole.

    Args:
        frames: in the order of decoding. What was to come is decoded behind the last of them, and so shown behind it as well.
    """
    if not frames:
        return frames
    known_until = frames[-1].dts
    kept = _closed_places(frames, at_most=known_until)
    return frames[: kept[-1]] if kept else ()


def end_of(frames: Sequence[CodedFrame]) -> int:
    """Return when the last frame of a film disappears."""
    return _end_of(frames, max(frame.pts for frame in frames))


def _entry_of(lead: Sequence[CodedFrame], bounds: Bounds) -> CodedFrame:
    if not lead or bounds.is_over(lead[0].pts):
        raise _nothing_there()
    return lead[0]


def _wanted_of(tail: Sequence[CodedFrame], bounds: Bounds) -> list[int]:
    """Return the times of the tail's frames that belong to the clip, in order."""
    wanted = sorted(frame.pts for frame in tail if tail[0].pts <= frame.pts and not bounds.is_over(frame.pts))
    if not wanted:
        raise _nothing_there()
    return wanted


def _closed_places(
    tail: Sequence[CodedFrame], *, at_least: int | None = None, at_most: int | None = None
) -> list[int]:
    """Return how many frames may be kept of the tail so that all of them are shown before all others.

    Args:
        tail: in the order of decoding.
        at_least: this frame shall be among them.
        at_most: no later one shall be.
    """
    newest_kept = list(accumulate((frame.pts for frame in tail), max))
    oldest_left = list(accumulate((frame.pts for frame in reversed(tail)), min))[::-1]
    counts = [
        count
        for count, (newest, oldest) in enumerate(zip(newest_kept, oldest_left[1:], strict=False), 1)
        if newest < oldest
    ]
    return [
        count
        for count in (*counts, len(tail))
        if (at_least is None or newest_kept[count - 1] >= at_least)
        and (at_most is None or newest_kept[count - 1] <= at_most)
    ]


def _cut_at(tail: Sequence[CodedFrame], kept: int) -> tuple[int, int | None]:
    """Return the last frame that is kept and the first one that is not; ``None`` if all are."""
    return max(frame.pts for frame in tail[:kept]), min((frame.pts for frame in tail[kept:]), default=None)


def _end_of(tail: Sequence[CodedFrame], last: int, bounds: Bounds | None = None) -> int:
    """Return when the last frame disappears, as far as the file says so."""
    later = min((frame.pts for frame in tail if frame.pts > last), default=None)
    if later is not None:
        return later
    durations = {frame.pts: frame.duration for frame in tail}
    return last + (durations[last] or _usual_duration(tail) or (bounds.slack if bounds else 1))


def _usual_duration(tail: Sequence[CodedFrame]) -> int:
    times = sorted(frame.pts for frame in tail)
    distances = sorted(later - earlier for earlier, later in pairwise(times))
    return distances[len(distances) // 2] if distances else 0


def _nothing_there() -> UserError:
    return UserError("There is no picture between these two moments.", hint="Choose moments inside the film.")
