"""The adapter to libavfilter: a row of filters as one graph. The one place that knows its names and its exceptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final, Protocol, TypeAlias, cast

import av
import av.filter
import numpy as np

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.mixer.arrays import Doubles
from powerstream_desktop.engine.mixer.filter_settings import (
    CompressorSettings,
    FilterSettings,
    GateSettings,
    LimiterSettings,
    NoiseSuppressionSettings,
)
from powerstream_desktop.engine.mixer.levels import factor
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE, Samples

LIMITER_ATTACK_MS: Final = 5
_NAMES: Final = {
    NoiseSuppressionSettings: "noise suppression",
    GateSettings: "gate",
    CompressorSettings: "compressor",
    LimiterSettings: "limiter",
}


class FilterGraph(Protocol):
    """A row of filters that was set up."""

    def process(self, samples: Samples, /) -> Samples:
        """Pass samples through; what comes out may be shorter or longer than what went in.

        Raises:
            SystemFault: a filter gave up.
        """


GraphBuilder: TypeAlias = Callable[[Sequence[FilterSettings]], FilterGraph]
"""Raises ``SystemFault`` when a filter is missing or refuses its parameters."""


def filter_name(settings: FilterSettings) -> str:
    """Return what people call such a filter."""
    return _NAMES[type(settings)]


def latency_of(settings: FilterSettings) -> int:
    """Return by how many samples libavfilter's filter is late, as measured with an impulse."""
    match settings:
        case NoiseSuppressionSettings():
            return 1200  # half of its window of 50 ms
        case LimiterSettings():
            return LIMITER_ATTACK_MS * SAMPLE_RATE // 1000 - 1
        case _:
            return 0


def hoard_of(settings: FilterSettings) -> int:
    """Return how many samples a filter may keep back at times, because it works in blocks."""
    return 600 if isinstance(settings, NoiseSuppressionSettings) else 0


def build_graph(filters: Sequence[FilterSettings]) -> FilterGraph:
    """Set up libavfilter.

    Raises:
        SystemFault: it is too old for a filter, or refuses it.
    """
    try:
        return _AVFilterGraph(filters)
    except (av.FFmpegError, ValueError, RuntimeError) as error:
        raise _translate(error, filters) from error


class _AVFilterGraph:
    """Packed doubles, which gate, compressor and limiter work with, so that nothing is converted between them."""

    def __init__(self, filters: Sequence[FilterSettings]) -> None:
        self._filters = tuple(filters)
        self._position = 0
        self._graph = av.filter.Graph()
        self._graph.threads = 1
        self._input = self._graph.add_abuffer(sample_rate=SAMPLE_RATE, format="dbl", layout="stereo")
        last = self._input
        for settings in filters:
            last = self._add(last, *_spell(settings))
        last = self._add(last, "aformat", "sample_fmts=dbl:channel_layouts=stereo")
        self._output = self._add(last, "abuffersink", "")
        self._graph.configure()

    def process(self, samples: Samples) -> Samples:
        """See ``FilterGraph``."""
        packed = np.ascontiguousarray(samples.T, np.float64).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="dbl", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        frame.time_base = Fraction(1, SAMPLE_RATE)
        frame.pts = self._position
        self._position += samples.shape[1]
        pieces: list[Doubles] = []
        missing = packed.shape[1]
        try:
            self._input.push(frame)
            # Asking for more than went in costs an exception; what is left there is the next call's.
            while missing > 0:
                out = cast("av.AudioFrame", self._output.pull())
                pieces.append(np.asarray(out.to_ndarray(), np.float64))
                missing -= pieces[-1].shape[1]
        except BlockingIOError:
            pass
        except av.FFmpegError as error:
            raise _translate(error, self._filters) from error
        whole = np.concatenate(pieces, axis=1) if pieces else np.empty((1, 0))
        return np.ascontiguousarray(whole.reshape(-1, CHANNELS).T, np.float32)

    def _add(self, last: av.filter.FilterContext, name: str, arguments: str) -> av.filter.FilterContext:
        following = self._graph.add(name, arguments or None)
        last.link_to(following)
        return following


def _spell(settings: FilterSettings) -> tuple[str, str]:
    """Return libavfilter's name and arguments of a filter."""
    match settings:
        case NoiseSuppressionSettings():
            return "afftdn", f"noise_reduction={settings.reduction_db}:noise_floor={settings.floor_dbfs}"
        case GateSettings():
            return "agate", (
                f"threshold={factor(settings.threshold_dbfs)}:range={factor(-settings.reduction_db)}:ratio=9000"
                f":attack={settings.attack_ms}:release={settings.release_ms}:knee=1"
            )
        case CompressorSettings():
            return "acompressor", (
                f"threshold={max(factor(settings.threshold_dbfs), 0.001)}:ratio={settings.ratio}"
                f":attack={settings.attack_ms}:release={settings.release_ms}:makeup={factor(settings.makeup_db)}"
            )
        case LimiterSettings():
            return "alimiter", (
                f"limit={max(factor(settings.limit_dbfs), 0.0625)}:attack={LIMITER_ATTACK_MS}"
                f":release={settings.release_ms}:level=disabled"
            )


def _translate(error: Exception, filters: Sequence[FilterSettings]) -> SystemFault:
    names = " and ".join(dict.fromkeys(filter_name(settings) for settings in filters))
    return SystemFault(
        f"The {names} does not work." if len(filters) == 1 else f"The filters {names} do not work.",
        hint="The sound goes on without. Remove the filter, or choose other values.",
        detail=f"{type(error).__name__}: {error}",
    )
