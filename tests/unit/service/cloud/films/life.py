"""The life of a computer's program: what it does is counted, and at any of these things it may be killed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class KilledError(BaseException):
    """The process was killed; nothing that it began goes on."""


class Kind(StrEnum):
    """What was done."""

    FILE = "file"
    DATA = "data"
    OBJECT = "object"
    SERVER = "server"


def nothing(_done: Kind) -> None:
    """Looks at nothing."""


@dataclass
class Life:
    """From a start to an end.

    Attributes:
        look: called behind everything it does: what must never be is looked for then.
        killed_at: at which operation it is killed, and whether that was done before.
    """

    look: Callable[[Kind], None] = nothing
    killed_at: tuple[int, bool] | None = None
    operations: int = field(default=0, init=False)
    is_over: bool = field(default=False, init=False)

    def begin(self) -> None:
        """Something is about to be done."""
        if self.is_over:
            raise KilledError
        self.operations += 1
        if self.killed_at == (self.operations, False):
            self.is_over = True
            raise KilledError

    def end(self, done: Kind) -> None:
        """It was done."""
        self.look(done)
        if self.killed_at == (self.operations, True):
            self.is_over = True
            raise KilledError
