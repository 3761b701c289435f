"""The results of the matrix: what goes from the process that played a row to the one that prints the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self

from tests.faults.common_rule import LATE_STATUS_MS, MEMORY_GROWTH_MIB, Onlooker
from tests.faults.matrix import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonRule:
    """What the others, the display and the memory had to do with a fault.

    Attributes:
        lost: pictures that onlookers lost, all together.
        gap_ms: the longest gap any of them saw.
        status_late_ms: by how much the latest status line was late.
        memory_mib: how much the relay's memory grew after the fault.
        complaints: everything that is against the rule; empty if it was kept.
    """

    lost: int
    gap_ms: float
    status_late_ms: float
    memory_mib: float
    complaints: Sequence[str]

    @classmethod
    def of(
        cls,
        onlookers: Sequence[Onlooker],
        *,
        status_late_ms: float,
        memory_mib: float,
        complaints: Sequence[str],
    ) -> Self:
        """Judge what was measured; ``complaints`` are the relay's own."""
        found = [onlooker.complaint for onlooker in onlookers if onlooker.complaint]
        if status_late_ms > LATE_STATUS_MS:
            found.append(f"a status line came {status_late_ms:.0f} ms late")
        if memory_mib > MEMORY_GROWTH_MIB:
            found.append(f"memory grew by {memory_mib:.0f} MiB")
        return cls(
            lost=sum(onlooker.lost for onlooker in onlookers),
            gap_ms=max((onlooker.gap_ms for onlooker in onlookers), default=0.0),
            status_late_ms=status_late_ms,
            memory_mib=memory_mib,
            complaints=[*found, *complaints],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row, played.

    Attributes:
        id: which.
        measured: the figure, in words; the reason if it was skipped.
        kept: whether it is what was promised.
        common: the common rule; None where it does not apply.
        skipped: whether this machine did not permit it.
    """

    id: str
    measured: str
    kept: bool
    common: CommonRule | None = None
    skipped: bool = False

    @classmethod
    def of(cls, row_id: str, verdict: Verdict, common: CommonRule | None) -> Self:
        """Join a row's own verdict and the common rule of its broadcast."""
        return cls(id=row_id, measured=verdict.measured, kept=verdict.kept, common=common)

    @classmethod
    def skip(cls, row_id: str, reason: str) -> Self:
        """Say why a row was not played."""
        return cls(id=row_id, measured=f"not possible here: {reason}", kept=False, skipped=True)

    @property
    def passed(self) -> bool:
        """Whether promise and common rule were kept."""
        return self.kept and not self.skipped and (self.common is None or not self.common.complaints)


def to_json(results: Sequence[Result]) -> str:
    """Write results for another process."""
    return json.dumps([asdict(result) for result in results])


def from_json(text: str) -> list[Result]:
    """Read what ``to_json`` wrote."""
    return [
        Result(**{**fields, "common": CommonRule(**fields["common"]) if fields["common"] else None})
        for fields in json.loads(text)
    ]
