"""Findings: what a look at keys, limits and servers brought up before anybody goes live."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """This cannot work."""
    WARNING = "warning"
    """This will probably go wrong; the user may know better."""
    NOTE = "note"
    """Worth knowing; nothing has to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding in words for people. It never holds a key or a part of one.

    Attributes:
        severity: how much it weighs.
        code: a stable word for scripts and tests, such as "key-shape".
        sentence: what was found.
        remedy: what to do now.
        destination: the name of the destination it is about; None if it is about all of them.
    """

    severity: Severity
    code: str
    sentence: str
    remedy: str
    destination: str | None = None
