"""The waveform of a replay: how loud it is, some times a second, as bytes for a picture.

Sound is decoded whole, because any gap could hold what is looked for; pictures are not even read.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import av
import numpy as np
import numpy.typing as npt

from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.library.workshop.safe_input import length_ms, opened_media, sound_of

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

MOST_PER_SECOND: Final = 50.0
FEWEST_PER_SECOND: Final = 1.0
_WANTED_PEAKS: Final = 36_000
"""An hour at ten a second; longer films get fewer a second, shorter ones more."""
MOST_PEAKS: Final = 400_000
_QUIETEST_DB: Final = -54.0
"""What is drawn as nothing."""
_FRAMES_AT_ONCE: Final = 256
_LONGEST_FRAME: Final = 16
"""In peaks: FLAC has a third of a second in one frame at most."""


def measure_waveform(task: MediaTask) -> Mapping[str, Any]:
    """Return ``perSecond``, and ``peaks`` as base64 of one byte each: 0 for silence, 255 for full scale, in decibels between."""
    with opened_media(task.file) as (container, _):
        sound = sound_of(container)
        duration_ms = length_ms(container)
        per_second = peaks_per_second(duration_ms / 1000)
        peaks = b"" if sound is None else _peaks(container, sound, per_second, duration_ms, task)
    return {"perSecond": per_second, "peaks": base64.b64encode(peaks).decode("ascii")}


def peaks_per_second(duration_s: float) -> float:
    """Return how many peaks a second a film of that length gets."""
    wanted = _WANTED_PEAKS / max(1.0, duration_s)
    return float(
        math.floor(
            min(MOST_PER_SECOND, max(10.0 if duration_s < _WANTED_PEAKS else FEWEST_PER_SECOND, wanted))
        )
    )


def _peaks(
    container: InputContainer, sound: AudioStream, per_second: float, duration_ms: int, task: MediaTask
) -> bytes:
    loudest = np.zeros(min(MOST_PEAKS, math.ceil(duration_ms / 1000 * per_second) + 1), np.float32)
    begin_s = float((sound.start_time or 0) * (sound.time_base or 0))
    for times_s, lengths_s, levels in _levels(container, sound):
        first = np.floor((times_s - begin_s) * per_second).astype(np.int64)
        last = np.ceil((times_s + lengths_s - begin_s) * per_second).astype(np.int64) - 1
        for further in range(min(_LONGEST_FRAME, int((last - first).max()) + 1)):
            places = first + further
            inside = (places >= 0) & (places < len(loudest)) & ((places <= last) | (further == 0))
            np.maximum.at(loudest, places[inside], levels[inside])
        if duration_ms:
            task.report(float(times_s[-1] - begin_s) * 1000 / duration_ms)
    return _as_bytes(loudest)


def _levels(
    container: InputContainer, sound: AudioStream
) -> Iterator[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float32]]]:
    """Yield times, lengths and highest samples, from 0 to 1, of a good many frames at once."""
    times_s: list[float] = []
    lengths_s: list[float] = []
    levels: list[float] = []
    for packet in container.demux(sound):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            if frame.time is not None:
                times_s.append(frame.time)
                lengths_s.append(frame.samples / frame.sample_rate if frame.sample_rate else 0.0)
                levels.append(_highest(frame))
        if len(times_s) >= _FRAMES_AT_ONCE:
            yield np.array(times_s), np.array(lengths_s), np.array(levels, np.float32)
            times_s, lengths_s, levels = [], [], []
    if times_s:
        yield np.array(times_s), np.array(lengths_s), np.array(levels, np.float32)


def _highest(frame: av.AudioFrame) -> float:
    samples = frame.to_ndarray()
    if samples.dtype.kind == "f":
        highest = float(max(samples.max(), -samples.min()))
        return highest if math.isfinite(highest) else 0.0
    middle = 128 if samples.dtype == np.uint8 else 0
    full = 2.0 ** (8 * samples.dtype.itemsize - 1)
    return max(int(samples.max()) - middle, middle - int(samples.min())) / full


def _as_bytes(loudest: npt.NDArray[np.float32]) -> bytes:
    """Return decibels as bytes, for an ear hears quarters and not differences."""
    decibels = 20 * np.log10(np.maximum(loudest, 1e-6))
    shown = np.clip(1 - decibels / _QUIETEST_DB, 0, 1)
    return (shown * 255).astype(np.uint8).tobytes()
