"""What the doctor looks at and what it says of it. Frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Level(StrEnum):
    """How much something weighs."""

    OK = "ok"
    WARNING = "warning"
    """A broadcast works, but something a user may want does not."""
    PROBLEM = "problem"
    """A broadcast will fail, or lose something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One sentence on one thing.

    Attributes:
        level: how much it weighs.
        sentence: what was found.
        remedy: what to do; empty when there is nothing.
    """

    level: Level = Level.OK
    sentence: str
    remedy: str = ""


Look: TypeAlias = Callable[[], tuple[Verdict, ...]]
"""Looks at something, on a thread of its own; may block, and may never return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to look at.

    Attributes:
        area: what it is about, in a word or two.
        look: does it.
        limit_s: how long that may take.
        when_silent: how much it weighs when there is no answer by then.
        silent_remedy: what to do then.
    """

    area: str
    look: Look
    limit_s: float
    when_silent: Level = Level.PROBLEM
    silent_remedy: str = "Close other programs and try again; restart the computer if it stays so."


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A check that was made.

    Attributes:
        area: as the check's.
        verdicts: at least one.
        took_ms: until there was an answer, or none was waited for any more.
    """

    area: str
    verdicts: tuple[Verdict, ...]
    took_ms: int

    @property
    def level(self) -> Level:
        """Of the weightiest verdict."""
        levels = {verdict.level for verdict in self.verdicts}
        return next(level for level in (Level.PROBLEM, Level.WARNING, Level.OK) if level in levels)
