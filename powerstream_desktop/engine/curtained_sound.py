"""The mixer's sound behind the curtain: silence while it is drawn, and until the mixer has muted its channels."""

from __future__ import annotations

from typing import Final

import numpy as np

from powerstream_desktop.engine.curtain import Curtain, CurtainWatch
from powerstream_desktop.engine.program_sound import DelayedSound
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

RAMP: Final = SAMPLE_RATE // 200
"""Samples (5 ms) in which the sound goes and comes, so that nothing clicks."""
QUIET: Final = SAMPLE_RATE // 20
"""Samples (50 ms) of silence after the curtain has opened: a channel that was just muted takes 20 ms to fade out."""


class CurtainedSound:
    """A ``DelayedSound``. Owned by the program's thread.

    Args:
        sound: the mixer; read in any case, so that its clocks go on.
        curtain: hides it.
    """

    def __init__(self, sound: DelayedSound, curtain: Curtain) -> None:
        self._sound = sound
        self._watch = CurtainWatch(curtain)
        self._quiet = 0  # samples that still have to be silent
        self._gain = 1.0

    @property
    def delay_ms(self) -> float:
        """The mixer's."""
        return self._sound.delay_ms

    def read(self, position: int, count: int) -> Samples:
        """Return the mixer's next samples, or silence."""
        samples = self._sound.read(position, count)
        _, was_drawn = self._watch.look()
        if was_drawn:
            self._quiet = QUIET
        elif self._quiet == 0 and self._gain == 1.0:
            return samples
        gains = self._gains(count, is_hidden=was_drawn)
        hushed: Samples = samples * gains
        return hushed

    def _gains(self, count: int, *, is_hidden: bool) -> Samples:
        """Return a gain for each sample, and go on to the last of them."""
        steps = np.arange(1, count + 1, dtype=np.float32)
        if is_hidden:
            gains = np.maximum(0.0, self._gain - steps / RAMP)
        else:
            gains = np.clip((steps - self._quiet) / RAMP, self._gain, 1.0)
            self._quiet = max(0, self._quiet - count)
        if count:
            self._gain = float(gains[-1])
        return gains.astype(np.float32)
