"""What is made of replays for those who look through them, and imports, as the client gives them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from powerstream_desktop.client.errors import not_understood
from powerstream_desktop.client.reading import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """How loud a replay is.

    Attributes:
        per_second: peaks for each second.
        peaks: a byte each: 0 for silence, 255 for full scale, in decibels between; none without sound.
    """

    words: Words
    per_second: float
    peaks: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBegun:
    """An import runs, or waits for others; ``library`` events with its id tell how far it is.

    Attributes:
        total: files that are looked into.
    """

    words: Words
    import_id: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveformWords:
    """A waveform as the API writes it."""

    words: Words
    per_second: float
    peaks: str

    def waveform(self) -> Waveform:
        """Return it as it is used; BadAnswerError if it is none."""
        try:
            peaks = base64.b64decode(self.peaks, validate=True)
        except (binascii.Error, ValueError):
            raise not_understood("peaks are not base64") from None
        return Waveform(words=self.words, per_second=self.per_second, peaks=peaks)
