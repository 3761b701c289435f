"""The program's sound, slot by slot, with the time at which it is to be heard. Pure but for the mixer that it reads.

The mixer is late by the delay that its filters and offsets need. Picture and sound are labelled by what they show: composed
pictures are held for as many whole slots as fit into the delay, and the samples are labelled earlier by the rest, exactly to
the sample. When the delay changes, labels never go back: what would overlap is cut off, a gap is filled with silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence

BACKLOG_S: Final = 2.0
"""Sound made up after a stall; what is older is left out, as a process that slept for an hour must not replay it."""


class DelayedSound(Protocol):
    """What the mixer is to the program."""

    @property
    def delay_ms(self) -> float:
        """By how much what ``read`` returned last is late."""

    def read(self, position: int, count: int, /) -> Samples:
        """Return ``count`` samples; never blocks."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundBlock:
    """The sound of one slot.

    Attributes:
        samples: any number, also none.
        position: of the first one on the timeline of the pictures, in samples.
    """

    samples: Samples
    position: int


class ProgramSound:
    """Reads the mixer by the schedule. Owned by the program's thread.

    Args:
        sound: the mixer.
        fps: slots a second.
    """

    def __init__(self, sound: DelayedSound, fps: int) -> None:
        self._sound = sound
        self._fps = fps
        self._read_to = 0
        self._labelled_to = 0

    @property
    def held_slots(self) -> int:
        """How many slots the pictures have to wait now."""
        return self._delay * self._fps // SAMPLE_RATE

    def read(self, slot: int, held_slots: int) -> SoundBlock:
        """Return the sound up to the end of a slot, slots that were skipped before it included.

        Args:
            slot: larger than that of the call before.
            held_slots: how many slots the picture of this one has waited.
        """
        end = (slot + 1) * SAMPLE_RATE // self._fps
        start = max(self._read_to, end - round(BACKLOG_S * SAMPLE_RATE))
        self._read_to = end
        samples = self._sound.read(start, end - start)
        return self._labelled(samples, start - self._delay + held_slots * SAMPLE_RATE // self._fps)

    @property
    def _delay(self) -> int:
        return round(self._sound.delay_ms * SAMPLE_RATE / 1000)

    def _labelled(self, samples: Samples, label: int) -> SoundBlock:
        missing = label - self._labelled_to
        if 0 < missing <= SAMPLE_RATE // self._fps + 1:
            samples = np.concatenate((silence(missing), samples), axis=1)
            label -= missing
        elif missing < 0:
            samples = samples[:, -missing:]
            label -= missing
        self._labelled_to = label + samples.shape[1]
        return SoundBlock(samples, label)
