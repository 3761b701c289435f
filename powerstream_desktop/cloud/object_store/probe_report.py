"""What the set-up test found: one line a step, for the page of settings and ``powerstream doctor``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from powerstream_desktop.cloud.object_store.store_troubles import TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import StoreCapabilities


class ProbeStep(StrEnum):
    """What is tried, in this order."""

    WRITE = "write"
    READ = "read"
    LIST = "list"
    PARTS = "parts"
    LINK = "link"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeFinding:
    """How one step went.

    Attributes:
        step: which.
        trouble: why it failed; None if it went well or was not tried because one before it failed.
        was_tried: False if one before it failed.
        sentence: what happened, for people; empty if it went well.
        remedy: what to do about it.
    """

    step: ProbeStep
    was_tried: bool = True
    trouble: TroubleCode | None = None
    sentence: str = ""
    remedy: str = ""

    @property
    def is_ok(self) -> bool:
        """It was tried and went well."""
        return self.was_tried and self.trouble is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAdvice:
    """Something that works but could be better."""

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReport:
    """How a store did.

    Attributes:
        findings: of each step, in order.
        capabilities: what it can; None if a step that matters failed.
        advice: what could be better.
        clock_offset_s: how far its clock is ahead of this computer's.
    """

    findings: tuple[ProbeFinding, ...]
    capabilities: StoreCapabilities | None
    advice: tuple[ProbeAdvice, ...] = ()
    clock_offset_s: float = 0.0

    @property
    def is_ok(self) -> bool:
        """Whether replays can be kept there: all but links went well."""
        return self.capabilities is not None
