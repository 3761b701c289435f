"""The filters that a channel can have, with what can be set of each. The engine has the last word on every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

MAX_FILTERS: Final = 8
"""On one channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """Something that can be set.

    Attributes:
        key: as the service spells it.
        label: for people, in English; to be translated.
        low, high: what it can be.
        usual: what it is at first.
        unit: stands behind the number.
        step: from one value to the next.
    """

    key: str
    label: str
    low: float
    high: float
    usual: float
    unit: str
    step: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterKind:
    """A kind of filter.

    Attributes:
        type: as the service spells it.
        label: for people, in English; to be translated.
        help: what it does; likewise.
    """

    type: str
    label: str
    help: str
    fields: tuple[FilterField, ...]


def _release(low: float, high: float, usual: float) -> FilterField:
    return FilterField(
        key="releaseMs",
        label=str(QT_TRANSLATE_NOOP("FilterKind", "Release")),
        low=low,
        high=high,
        usual=usual,
        unit="ms",
        step=10,
    )


_ATTACK: Final = "attackMs"
NOISE_SUPPRESSION: Final = FilterKind(
    type="noise-suppression",
    label=str(QT_TRANSLATE_NOOP("FilterKind", "Noise suppression")),
    help=str(QT_TRANSLATE_NOOP("FilterKind", "Takes a steady noise out: fans, hum, hiss.")),
    fields=(
        FilterField(
            key="reductionDb",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Reduction")),
            low=3,
            high=40,
            usual=12,
            unit="dB",
        ),
        FilterField(
            key="floorDbfs",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Noise level")),
            low=-80,
            high=-20,
            usual=-50,
            unit="dB",
        ),
    ),
)
GATE: Final = FilterKind(
    type="gate",
    label=str(QT_TRANSLATE_NOOP("FilterKind", "Gate")),
    help=str(QT_TRANSLATE_NOOP("FilterKind", "Closes while nobody speaks.")),
    fields=(
        FilterField(
            key="thresholdDbfs",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Threshold")),
            low=-80,
            high=0,
            usual=-45,
            unit="dB",
        ),
        FilterField(
            key="reductionDb",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Reduction")),
            low=3,
            high=90,
            usual=40,
            unit="dB",
        ),
        FilterField(
            key=_ATTACK,
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Attack")),
            low=0.1,
            high=500,
            usual=5,
            unit="ms",
        ),
        _release(10, 5000, 200),
    ),
)
COMPRESSOR: Final = FilterKind(
    type="compressor",
    label=str(QT_TRANSLATE_NOOP("FilterKind", "Compressor")),
    help=str(QT_TRANSLATE_NOOP("FilterKind", "Makes loud and soft more alike.")),
    fields=(
        FilterField(
            key="thresholdDbfs",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Threshold")),
            low=-60,
            high=0,
            usual=-18,
            unit="dB",
        ),
        FilterField(
            key="ratio",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Ratio")),
            low=1,
            high=20,
            usual=3,
            unit=": 1",
            step=0.5,
        ),
        FilterField(
            key=_ATTACK,
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Attack")),
            low=0.1,
            high=500,
            usual=10,
            unit="ms",
        ),
        _release(10, 5000, 150),
        FilterField(
            key="makeupDb",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Make-up gain")),
            low=0,
            high=24,
            usual=0,
            unit="dB",
        ),
    ),
)
LIMITER: Final = FilterKind(
    type="limiter",
    label=str(QT_TRANSLATE_NOOP("FilterKind", "Limiter")),
    help=str(QT_TRANSLATE_NOOP("FilterKind", "Lets nothing be louder than a limit.")),
    fields=(
        FilterField(
            key="limitDbfs",
            label=str(QT_TRANSLATE_NOOP("FilterKind", "Limit")),
            low=-24,
            high=0,
            usual=-3,
            unit="dB",
            step=0.5,
        ),
        _release(10, 5000, 100),
    ),
)
FILTER_KINDS: Final = (NOISE_SUPPRESSION, GATE, COMPRESSOR, LIMITER)
"""In the order in which they are usually passed."""


def translated(words: str) -> str:
    """Return a label or a help of these in the window's language."""
    return QCoreApplication.translate("FilterKind", words)


def kind_of(words: Mapping[str, Any]) -> FilterKind | None:
    """Return the kind of a filter; None for one that this window does not know."""
    return next((each for each in FILTER_KINDS if each.type == words.get("type")), None)


def usual_filter(kind: FilterKind) -> dict[str, Any]:
    """Return a filter of a kind as it is at first, in the service's words."""
    return {"type": kind.type, **{field.key: field.usual for field in kind.fields}}
