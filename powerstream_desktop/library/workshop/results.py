"""What comes of the workshop's own jobs, read strictly: it was said by a process that has read a stranger's file. Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.frozen_json import MalformedError, from_json
from powerstream_desktop.common.text import printable_text

_MAX_PEAKS: Final = 1_000_000
_MAX_SENTENCE: Final = 200
_MAX_FAULTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Pictures of a replay, both JPEG.

    Attributes:
        thumbnail: 480x270, of a moment that tells what it is about.
        strip: twelve of 160x90 in a row, each of the middle of its twelfth.
    """

    thumbnail: Path
    strip: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """How loud a replay is.

    Attributes:
        peaks: a byte each, 0 for silence and 255 for full scale, in decibels between; none without sound.
        per_second: how many there are for a second.
    """

    peaks: bytes
    per_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Whether a file is whole.

    Attributes:
        faults: what is wrong with it, in sentences; none for a good one.
        packets: how many were read.
        duration_ms: as measured by their times.
    """

    faults: tuple[str, ...]
    packets: int
    duration_ms: int

    @property
    def is_good(self) -> bool:
        """Nothing is wrong with it."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class _WaveformWords:
    perSecond: float  # noqa: N815 - as in JSON
    peaks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _VerificationWords:
    faults: tuple[str, ...]
    packets: int
    durationMs: int  # noqa: N815 - as in JSON


def read_words(kind: Any, words: Mapping[str, Any]) -> Any:
    """Return a result as a value of a dataclass; BugError for anything else."""
    try:
        return from_json(kind, dict(words))
    except MalformedError as error:
        raise BugError("A media process gave an answer that is none.", detail=str(error)) from None


def waveform_of(words: Mapping[str, Any]) -> Waveform:
    """Return the waveform in a job's result."""
    read: _WaveformWords = read_words(_WaveformWords, words)
    try:
        peaks = base64.b64decode(read.peaks, validate=True)
    except (binascii.Error, ValueError):
        raise BugError("A media process gave a waveform that is none.") from None
    if len(peaks) > _MAX_PEAKS or not 0 < read.perSecond <= 1000:
        raise BugError("A media process gave a waveform that is none.")
    return Waveform(peaks=peaks, per_second=read.perSecond)


def verification_of(words: Mapping[str, Any]) -> Verification:
    """Return the verification in a job's result."""
    read: _VerificationWords = read_words(_VerificationWords, words)
    sentences = tuple(printable_text(each)[:_MAX_SENTENCE] for each in read.faults[:_MAX_FAULTS])
    return Verification(faults=sentences, packets=max(0, read.packets), duration_ms=max(0, read.durationMs))
