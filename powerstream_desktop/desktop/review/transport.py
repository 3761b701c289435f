"""How a review moves through its film. Pure.

A review *stands still* on one picture, *plays* forward with sound, or *rewinds*: backward, silent, a picture now and then. Playing and
rewinding turn into each other at once; stepping, seeking to a picture, and both ends of the film make it stand still. Every
pair of state and event is allowed, because keys come whenever they come.

The keys J, K and L are those of every cutting desk: L plays, and each further L plays twice as fast; J rewinds, and each further J
rewinds twice as fast; K stands still.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Motion(Enum):
    """What the review is doing."""

    STILL = "still"
    PLAYING = "playing"
    REWINDING = "rewinding"


class MotionEvent(Enum):
    """What moves it."""

    PLAY = "play"
    HOLD = "hold"
    REWIND = "rewind"
    END = "end"


_M, _E = Motion, MotionEvent
_ANYHOW: Final = {
    _E.PLAY: _M.PLAYING,
    _E.HOLD: _M.STILL,
    _E.REWIND: _M.REWINDING,
    _E.END: _M.STILL,
}
TRANSITIONS: Final[Mapping[Motion, Mapping[MotionEvent, Motion]]] = {
    _M.STILL: _ANYHOW,
    _M.PLAYING: _ANYHOW,
    _M.REWINDING: _ANYHOW,
}

RATES: Final = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
"""How fast a film can be played; sound keeps its pitch."""
_FASTEST_PLAY: Final = 4.0
_FASTEST_REWIND: Final = 16.0


def next_motion(motion: Motion, event: MotionEvent) -> Motion:
    """Return what an event makes of a motion."""
    return TRANSITIONS[motion][event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """Where a review is, and how it moves.

    Attributes:
        length_us: of the film; 0 while that is not known.
        position_us: the beginning of the picture that is seen.
        rate: how fast pressing play plays; one of ``RATES``.
        speed: how fast it plays or rewinds now.
        in_us, out_us: where the selection begins and ends; None where nobody said.
    """

    length_us: int = 0
    position_us: int = 0
    motion: Motion = Motion.STILL
    rate: float = 1.0
    speed: float = 1.0
    in_us: int | None = None
    out_us: int | None = None

    @property
    def selection(self) -> tuple[int, int] | None:
        """From where to where a clip would go: a side that nobody chose is the film's own; None when neither was."""
        if self.in_us is None and self.out_us is None:
            return None
        return self.in_us or 0, self.length_us if self.out_us is None else self.out_us

    def toggled(self) -> Transport:
        """Play at the chosen rate, or stand still if it moves. After the end it begins again."""
        if self.motion is not Motion.STILL:
            return self.held()
        is_at_end = self.length_us > 0 and self.position_us >= self.length_us
        playing = self._moved(MotionEvent.PLAY, self.rate)
        return dataclasses.replace(playing, position_us=0) if is_at_end else playing

    def forward(self) -> Transport:
        """L: play, or play twice as fast."""
        if self.motion is Motion.PLAYING:
            return self._moved(MotionEvent.PLAY, min(_FASTEST_PLAY, max(1.0, self.speed * 2)))
        return self._moved(MotionEvent.PLAY, 1.0)

    def backward(self) -> Transport:
        """J: rewind, or rewind twice as fast."""
        if self.motion is Motion.REWINDING:
            return self._moved(MotionEvent.REWIND, min(_FASTEST_REWIND, self.speed * 2))
        return self._moved(MotionEvent.REWIND, 1.0)

    def held(self) -> Transport:
        """K: stand still."""
        return self._moved(MotionEvent.HOLD, self.speed)

    def ended(self) -> Transport:
        """Stand still at the film's end, or its beginning when it rewound."""
        end_us = 0 if self.motion is Motion.REWINDING else self.length_us
        return dataclasses.replace(self._moved(MotionEvent.END, self.speed), position_us=end_us)

    def at(self, position_us: int) -> Transport:
        """Be elsewhere; what moves goes on from there."""
        highest_us = self.length_us if self.length_us > 0 else position_us
        return dataclasses.replace(self, position_us=min(max(0, position_us), max(0, highest_us)))

    def rewound(self, elapsed_s: float) -> Transport:
        """Be where rewinding has led after so many seconds; stand still at the film's beginning."""
        position_us = self.position_us - round(elapsed_s * self.speed * 1_000_000)
        return self.at(position_us) if position_us > 0 else self.ended()

    def with_rate(self, rate: float) -> Transport:
        """Play at another rate from now on, and whenever play is pressed."""
        is_playing = self.motion is Motion.PLAYING
        return dataclasses.replace(self, rate=rate, speed=rate if is_playing else self.speed)

    def with_length(self, length_us: int) -> Transport:
        """Know how long the film is."""
        return dataclasses.replace(self, length_us=max(0, length_us)).at(self.position_us)

    def with_in(self, at_us: int) -> Transport:
        """Begin the selection there; an end that lies before it is forgotten."""
        keeps_out = self.out_us is not None and self.out_us > at_us
        return dataclasses.replace(self, in_us=at_us, out_us=self.out_us if keeps_out else None)

    def with_out(self, at_us: int) -> Transport:
        """End the selection there; a beginning that lies behind it is forgotten."""
        keeps_in = self.in_us is not None and self.in_us < at_us
        return dataclasses.replace(self, out_us=at_us, in_us=self.in_us if keeps_in else None)

    def unselected(self) -> Transport:
        """Select nothing."""
        return dataclasses.replace(self, in_us=None, out_us=None)

    def _moved(self, event: MotionEvent, speed: float) -> Transport:
        return dataclasses.replace(self, motion=next_motion(self.motion, event), speed=speed)
