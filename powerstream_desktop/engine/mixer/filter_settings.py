"""What the user says of a channel's filters: one frozen value per kind, checked when it is made. Nothing here filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.errors import UserError

MAX_FILTERS: Final = 8
"""On one channel."""


def check_range(value: float, low: float, high: float, what: str, unit: str) -> None:
    """Refuse a number outside its range, and what is no number.

    Raises:
        UserError: the title names the range.
    """
    if not low <= value <= high:
        raise UserError(f"The {what} can be {low:g} to {high:g} {unit}, not {value:g}.".replace(" ,", ","))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseSuppressionSettings:
    """Takes a steady noise (fans, hum, hiss) out.

    Attributes:
        reduction_db: by how much at most, 3 to 40.
        floor_dbfs: how loud the noise is, -80 to -20.
    """

    type: Literal["noise-suppression"] = "noise-suppression"
    reduction_db: float = 12.0
    floor_dbfs: float = -50.0

    def __post_init__(self) -> None:
        check_range(self.reduction_db, 3, 40, "noise reduction", "dB")
        check_range(self.floor_dbfs, -80, -20, "noise floor", "dBFS")


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSettings:
    """Closes while nobody speaks.

    Attributes:
        threshold_dbfs: what is softer is not meant to be heard, -80 to 0.
        reduction_db: how far it closes, 3 to 90.
        attack_ms: time to open, 0.1 to 500.
        release_ms: time to close, 10 to 5,000.
    """

    type: Literal["gate"] = "gate"
    threshold_dbfs: float = -45.0
    reduction_db: float = 40.0
    attack_ms: float = 5.0
    release_ms: float = 200.0

    def __post_init__(self) -> None:
        check_range(self.threshold_dbfs, -80, 0, "gate's threshold", "dBFS")
        check_range(self.reduction_db, 3, 90, "gate's reduction", "dB")
        check_range(self.attack_ms, 0.1, 500, "gate's attack", "ms")
        check_range(self.release_ms, 10, 5000, "gate's release", "ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompressorSettings:
    """Makes loud and soft more alike.

    Attributes:
        threshold_dbfs: what is louder is made softer, -60 to 0.
        ratio: so many dB more come out as one, 1 to 20.
        attack_ms: 0.1 to 500.
        release_ms: 10 to 5,000.
        makeup_db: added to all, 0 to 24.
    """

    type: Literal["compressor"] = "compressor"
    threshold_dbfs: float = -18.0
    ratio: float = 3.0
    attack_ms: float = 10.0
    release_ms: float = 150.0
    makeup_db: float = 0.0

    def __post_init__(self) -> None:
        check_range(self.threshold_dbfs, -60, 0, "compressor's threshold", "dBFS")
        check_range(self.ratio, 1, 20, "compressor's ratio", "to 1")
        check_range(self.attack_ms, 0.1, 500, "compressor's attack", "ms")
        check_range(self.release_ms, 10, 5000, "compressor's release", "ms")
        check_range(self.makeup_db, 0, 24, "compressor's make-up gain", "dB")


@dataclass(frozen=True, slots=True, kw_only=True)
class LimiterSettings:
    """Lets no sample be louder than a limit.

    Attributes:
        limit_dbfs: -24 to 0.
        release_ms: 10 to 5,000.
    """

    type: Literal["limiter"] = "limiter"
    limit_dbfs: float = -3.0
    release_ms: float = 100.0

    def __post_init__(self) -> None:
        check_range(self.limit_dbfs, -24, 0, "limiter's limit", "dBFS")
        check_range(self.release_ms, 10, 5000, "limiter's release", "ms")


FilterSettings: TypeAlias = NoiseSuppressionSettings | GateSettings | CompressorSettings | LimiterSettings
