"""The error family: every failure says whose fault it was and what to do about it.

Foreign exceptions (``OSError``, ``ssl.SSLError``, PyAV's) are translated into this family at the edge of the adapter
that met them, in one place each; nothing above an adapter catches a foreign exception.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Fault(StrEnum):
    """Whose fault a failure was; decides its wording, its log level and the exit code."""

    USER = "user"
    SYSTEM = "system"
    PEER = "peer"
    BUG = "bug"


class PowerStreamError(Exception):
    """Base of all our failures.

    Args:
        title: one sentence for people, without secrets: what happened.
        hint: one sentence: what to do now. Empty when there is nothing to do.
        detail: technical text for the log; never shown on its own.
    """

    fault: ClassVar[Fault] = Fault.BUG

    def __init__(self, title: str, *, hint: str = "", detail: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".rstrip()


class UserError(PowerStreamError):
    """The user asked for something that cannot be: a wrong key, a missing file, an unknown scheme."""

    fault = Fault.USER


class SystemFault(PowerStreamError):  # noqa: N818 - names the event, like UserError and PeerError its party
    """This machine failed: a full disk, a device that vanished, a port in use."""

    fault = Fault.SYSTEM


class PeerError(PowerStreamError):
    """The other side refused or misbehaved.

    Args:
        code: a short machine-readable word for the kind of failure.
    """

    fault = Fault.PEER

    def __init__(self, title: str, *, code: str = "peer", hint: str = "", detail: str = "") -> None:
        super().__init__(title, hint=hint, detail=detail)
        self.code = code


class BugError(PowerStreamError):
    """We broke a rule of our own; worth a report."""

    fault = Fault.BUG
