"""What a token allows, and who has shown one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a caller may do; each includes those before it."""

    READ = "read"
    """Look at everything that the window shows; keys are not among it."""
    CONTROL = "control"
    """Drive the broadcast and change what is kept."""
    ADMIN = "admin"
    """Let other devices in, and put them out."""

    def includes(self, needed: Scope) -> bool:
        """Return whether whoever has this may do what ``needed`` allows."""
        order = tuple(Scope)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody whose token was found good.

    Attributes:
        device: what its owner called it.
        token_id: which token it was.
        scope: what it allows.
    """

    device: str
    token_id: str
    scope: Scope
