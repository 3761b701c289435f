"""Between a device's clock and the program's: blocks go in as they come, and exactly what is asked for comes out.

The device's thread writes, the program's reads. A device that stops is silent from the next read on, and fades in when it
is back. What is late by more than a schedule can use is thrown away, never queued (broadcasters.md, audio complaints): also what
came in one go after a pause, for its time has been filled with silence. Only a device that always delivers in such bursts, and so
runs empty within a second of each, is given the room that it needs.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

import numpy as np

from powerstream_desktop.engine.mixer.drift_control import DriftControl
from powerstream_desktop.engine.mixer.resampler import REACH, TAPS, Resampler
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples, silence

CAPACITY_S: Final = 2.5
"""More than the program makes up after a stall."""
_MOST_AT_ONCE_S: Final = 2.0
"""Of a burst: what is waited for must fit in."""
_EDGE: Final = SAMPLE_RATE // 200
"""Samples (5 ms) of fading at the edges of silence and of cuts."""
_LUMP_MEMORY: Final = 0.9
_BURSTS: Final = SAMPLE_RATE
"""Samples (1 s); what runs empty again before so much was read, and that three times in a row, delivers in bursts."""
_IN_A_ROW: Final = 3
_HICCUP: Final = SAMPLE_RATE // 2
"""A pause shorter than this (500 ms) was not the device stopping but a block that came late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFigures:
    """How an input does.

    Attributes:
        level_ms: sound that waits in the buffer, as of the last read.
        starved: times that it ran empty.
        cut_ms: sound thrown away because it was late.
    """

    level_ms: float
    starved: int
    cut_ms: float


class DriftingInput:
    """A buffer that is written by one clock and read by another.

    Args:
        rate: nominal, of what is written, in hertz.
        resampler: reads between the samples.
    """

    def __init__(self, rate: int = SAMPLE_RATE, *, resampler: Resampler | None = None) -> None:
        self._rate = rate
        self._resampler = resampler or Resampler(rate)
        self._capacity = round(CAPACITY_S * rate)
        self._lock = threading.Lock()
        # Guarded by _lock: written by the device's thread, taken by the program's.
        self._blocks: list[Samples] = []
        self._waiting = 0
        self._lump = 0.0
        self._overflowed = 0
        # The rest belongs to the program's thread.
        self._control = DriftControl()
        self._held = silence(0)
        self._place = float(REACH)  # of the next sample to be read, within _held
        self._is_playing = self._fades_in = False
        self._silent = _HICCUP  # samples of silence since it ran empty
        self._heard = 0  # samples read since it was silent
        self._short = 0  # times in a row that it was soon silent again
        self._burst = 0.0  # samples that came between two reads, of late
        self._starved = 0
        self._cut = 0
        self._figures = InputFigures(level_ms=0.0, starved=0, cut_ms=0.0)

    @property
    def figures(self) -> InputFigures:
        """How it does; from any thread."""
        return self._figures

    def write(self, samples: Samples) -> None:
        """Append a block of any length; from the device's thread. The caller must not write to it again."""
        count = samples.shape[1]
        with self._lock:
            self._blocks.append(samples)
            self._waiting += count
            self._lump = max(float(count), self._lump * _LUMP_MEMORY)
            while self._waiting > self._capacity:
                oldest = self._blocks.pop(0)
                self._waiting -= oldest.shape[1]
                self._overflowed += oldest.shape[1]

    def read(self, count: int) -> Samples:
        """Return the next ``count`` samples at 48 kHz; silence for what is not there."""
        lump = self._collect()
        step = self._rate / SAMPLE_RATE * (1 + self._control.bend)
        need = count * step
        if not self._is_playing:
            enough = need + self._control.margin_s * self._rate + lump
            if self._left() < enough:
                self._silent += count
                return silence(count)
            self._begin(enough)
        playing = count if self._left() >= need else int(self._left() / step)
        out = silence(count)
        heard = out[:, :playing]
        if playing:
            heard[:] = self._resampler.read(
                self._held, self._place + step * np.arange(playing, dtype=np.float64)
            )
            self._place += playing * step
            self._heard += playing
        if self._fades_in:
            _fade(heard, is_in=True)
            self._fades_in = False
        if playing < count:
            self._stop(heard)
        else:
            self._cut_what_is_late(heard)
        self._forget()
        self._note()
        return out

    def _collect(self) -> float:
        """Take what was written; return how much comes at once, of late: a block, or a burst of them."""
        with self._lock:
            blocks, self._blocks = self._blocks, []
            came, self._waiting = self._waiting, 0
            overflowed, self._overflowed = self._overflowed, 0
            lump = self._lump
        self._cut += overflowed
        if blocks:
            self._burst = max(float(came), self._burst * _LUMP_MEMORY)
            self._held = np.concatenate([self._held, *blocks], axis=1)
            surplus = self._held.shape[1] - self._capacity - TAPS
            if surplus > 0:
                self._drop(surplus)
        at_once = lump if self._short < _IN_A_ROW else max(lump, self._burst)
        return min(at_once, _MOST_AT_ONCE_S * self._rate)

    def _left(self) -> float:
        """Return how many samples can still be read."""
        return max(0.0, float(self._held.shape[1]) - REACH - self._place)

    def _begin(self, enough: float) -> None:
        """Play from so many samples before the newest one on."""
        if self._silent < _HICCUP:
            self._control.starved()
        if self._short < _IN_A_ROW:
            self._drop(int(self._left() - enough))
        self._heard = 0
        self._control.begin()
        self._is_playing = self._fades_in = True

    def _stop(self, heard: Samples) -> None:
        """The buffer is empty: end softly, and start anew when enough is there again."""
        _fade(heard, is_in=False)
        self._is_playing = False
        self._starved += 1
        self._short = self._short + 1 if self._heard < max(_BURSTS, 1.5 * self._burst) else 0
        self._silent = 0
        self._held = silence(0)
        self._place = float(REACH)

    def _cut_what_is_late(self, heard: Samples) -> None:
        surplus = round(self._control.left_over(self._left() / self._rate, heard.shape[1]) * self._rate)
        if surplus > 0:
            self._drop(surplus)
            _fade(heard, is_in=False)  # a cut is a jump in the sound; a short dip hides it
            self._fades_in = True

    def _drop(self, count: int) -> None:
        self._held = self._held[:, count:]
        self._cut += count

    def _forget(self) -> None:
        """Let go of what is behind the place that is read next, but for what the resampler reaches back to."""
        gone = int(self._place) - REACH
        if gone > 0:
            self._held = self._held[:, gone:]
            self._place -= gone

    def _note(self) -> None:
        self._figures = InputFigures(
            level_ms=self._left() / self._rate * 1000,
            starved=self._starved,
            cut_ms=self._cut / self._rate * 1000,
        )


def _fade(samples: Samples, *, is_in: bool) -> None:
    """Fade the beginning in or the end out, in place."""
    length = min(_EDGE, samples.shape[1])
    if length == 0:
        return
    ramp = np.arange(1, length + 1, dtype=np.float32) / np.float32(length + 1)
    if is_in:
        samples[:, :length] *= ramp
    else:
        samples[:, -length:] *= ramp[::-1]
