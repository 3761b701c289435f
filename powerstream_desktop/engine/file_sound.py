"""The sound of a media file: decoded a second ahead, resampled to 48 kHz stereo, in step with the file's picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

import av
import numpy as np

from powerstream_desktop.engine.media_file import LoopedReader, MediaFile
from powerstream_desktop.engine.sample_buffer import SampleBuffer
from powerstream_desktop.engine.sound import SAMPLE_RATE, Samples

AHEAD: Final = SAMPLE_RATE
"""Samples decoded before they are due."""

_JOIN: Final = SAMPLE_RATE // 20
"""Time stamps nearer than this (50 ms) to where the sound before ended are rounding; farther ones are a gap."""


class FileSound:
    """Plays the sound of a file in a loop of the same length as its picture; a short track ends in silence.

    Args:
        media: the probed file; it must have sound.
        on_loss: told when the file cannot be read any more, and when it can again.
    """

    def __init__(self, media: MediaFile, on_loss: Callable[[str | None], None]) -> None:
        self._reader: LoopedReader[av.AudioFrame] = LoopedReader(
            media, "audio", deliver=self._deliver, on_pass_end=self._end_pass, on_loss=on_loss
        )
        self._length = media.length_s
        self._changed = threading.Condition()
        self._closed = False  # guarded by _changed, as is the buffer
        self._buffer = SampleBuffer()
        # The rest belongs to the reader's thread.
        self._resampler = _new_resampler()
        self._source: tuple[str, str, int] | None = None
        self._position = 0
        self._pass_end = round(media.length_s * SAMPLE_RATE)

    def open(self) -> None:
        """Decode the first piece.

        Raises:
            PowerStreamError: the sound cannot be decoded.
        """
        self._reader.check()

    def start(self) -> None:
        """Start decoding ahead."""
        self._reader.start()

    def read(self, position: int, count: int) -> Samples:
        """Return what is there of those samples, and silence for the rest."""
        with self._changed:
            samples = self._buffer.read(position, count)
            self._changed.notify()
            return samples

    def close(self) -> None:
        """Stop decoding and wait for it."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._reader.close()

    def _deliver(self, frame: av.AudioFrame, time_s: float) -> bool:
        source = (frame.format.name, frame.layout.name, frame.sample_rate)
        if source != self._source:
            self._source, self._resampler = source, _new_resampler()
        stamped = round(time_s * SAMPLE_RATE)
        if stamped < self._position - _JOIN:
            return True  # heard already: the file was lost in mid-pass and is being read again
        if stamped > self._position + _JOIN:
            self._position = stamped
        return self._write(self._resampler.resample(frame))

    def _end_pass(self, next_start_s: float) -> None:
        """Let out what the resampler still holds, then go to the start of the next pass, whatever this one lacked."""
        if self._source is not None:
            self._write(self._resampler.resample(None))
        self._source = None
        self._position = self._pass_end
        self._pass_end = round((next_start_s + self._length) * SAMPLE_RATE)

    def _write(self, frames: list[av.AudioFrame]) -> bool:
        for frame in frames:
            planar: Samples = np.asarray(frame.to_ndarray(), np.float32)
            samples = planar[:, : max(0, self._pass_end - self._position)]
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._buffer.ahead < AHEAD)
                if self._closed:
                    return False
                self._buffer.write(self._position, samples)
            self._position += samples.shape[1]
        return True


def _new_resampler() -> av.AudioResampler:
    return av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
